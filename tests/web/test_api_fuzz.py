"""Whatever is sent to the API, it answers as its description says, and never breaks."""

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings

from foresail.project import Project
from foresail.web.api.description import schema
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from tests.web.test_api import token_of

pytestmark = pytest.mark.django_db

OF_NAMES = schemathesis.checks.positive_data_acceptance
"""Which KPIs, dimensions and periods there are depends on the data, and is in no schema."""
PATHS = (
    "/api/kpis",
    "/api/kpis/{kpi}",
    "/api/ask",
    "/api/records",
    "/api/explain",
    "/api/loads",
    "/api/quarantine",
    "/api/health",
)


@pytest.fixture(scope="module")
def described() -> Any:
    found = schemathesis.openapi.from_dict(schema())
    found.app = WSGIHandler()
    return found


@pytest.fixture
def secret() -> str:
    person = Person.objects.create_user("ana@example.org", "long enough 7", role=Role.ANALYST)
    return token_of(person)


def test_every_operation_is_tried() -> None:
    assert set(schema()["paths"]) == {*PATHS, "/api/upload"}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_as_described(
    described: Any, project: Project, secret: str, path: str
) -> None:
    (operation,) = described[path].values()
    headers = {"Authorization": f"Bearer {secret}"}

    @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers_as_described(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, headers=headers, excluded_checks=[OF_NAMES])

    answers_as_described()
