"""The API: the same numbers as the pages, strict requests, problems in plain words."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person, Token
from foresail.web.people.rights import Role
from tests.web.conftest import TABLES, write_project

pytestmark = pytest.mark.django_db

Call = Callable[..., Any]


def token_of(person: Person, *grants: str, days: float = 1) -> str:
    from django.utils import timezone

    now = timezone.now()
    _, secret = Token.make(
        person=person,
        name="test",
        grants=sorted(grants or ["everything"]),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return secret


@pytest.fixture
def analyst() -> Person:
    return Person.objects.create_user("ana@example.org", "long enough 7", role=Role.ANALYST)


@pytest.fixture
def call(project: Project, analyst: Person) -> Call:
    return caller(token_of(analyst))


def caller(secret: str) -> Call:
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    def send(path: str, **body: Any) -> tuple[int, Any]:
        response = (
            client.post(path, json.dumps(body), content_type="application/json")
            if body
            else client.get(path)
        )
        return response.status_code, response.json()

    return send


MARCH = {"period": "2026-03"}


def test_a_question_gives_the_numbers_of_the_pages(call: Call) -> None:
    status, answer = call("/api/ask", kpis=["win_rate"], by=["rep"], totals=True, **MARCH)
    assert status == 200
    rows = {row["rep_id"]: row for row in answer["rows"]}
    assert rows["0017"]["win_rate.numerator"] == 2
    assert rows["0017"]["win_rate.denominator"] == 3
    assert rows["bob"]["win_rate"] == 0
    assert answer["totals"]["win_rate"] == pytest.approx(0.6)
    assert answer["as_of"] == "2026-03-31T21:59:59.999999Z"
    assert answer["period"] == {"start": "2026-03-01", "end": "2026-04-01"}
    assert (answer["total_rows"], answer["next_offset"]) == (3, None)


def test_rows_come_a_page_at_a_time(call: Call) -> None:
    question = {"kpis": ["win_rate"], "by": ["rep"], "limit": 2, **MARCH}
    _, first = call("/api/ask", **question)
    _, second = call("/api/ask", **question, offset=first["next_offset"])
    assert [len(first["rows"]), first["next_offset"]] == [2, 2]
    assert [len(second["rows"]), second["next_offset"]] == [1, None]


def test_the_records_are_those_of_the_number(call: Call) -> None:
    _, found = call("/api/records", kpi="win_rate", part="numerator", **MARCH)
    assert {row["opportunity_id"] for row in found["rows"]} == {"o1", "o3", "o5"}
    assert found["parts"] == ["numerator", "denominator"]


def test_a_number_is_explained(call: Call) -> None:
    status, found = call("/api/explain", kpi="win_rate", **MARCH)
    assert status == 200
    assert found["kpi"]["id"] == "win_rate"
    assert found["sql"].lstrip("-").strip()


def test_the_catalogue_says_what_is_lacking(call: Call) -> None:
    _, found = call("/api/kpis")
    known = {each["id"]: each for each in found["kpis"]}
    assert known["win_rate"]["is_answerable"]
    assert not known["lead_flow"]["is_answerable"]
    assert "lead" in known["lead_flow"]["missing"]
    assert call("/api/kpis/win_rate")[1] == known["win_rate"]


def test_loads_and_health_are_told(call: Call) -> None:
    _, found = call("/api/loads")
    assert found["loads"][0]["accepted"] == 14
    _, health = call("/api/health")
    assert {each["table"]: each["rows"] for each in health["tables"]}["opportunity"] == 7
    assert call("/api/quarantine")[1] == {"rows": [], "next_offset": None}


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/api/ask", {"kpis": ["win_rat"]}, 400, "win_rate"),
        ("/api/ask", {"kpis": []}, 422, "kpis"),
        ("/api/ask", {"kpis": ["win_rate"], "colour": 1}, 422, "colour"),
        ("/api/ask", {"kpis": ["win_rate"], "limit": "7"}, 422, "limit"),
        ("/api/ask", {"kpis": ["win_rate"], "period": "soon"}, 400, "soon"),
        ("/api/records", {"kpi": "win_rate", "part": "half"}, 400, "half"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_in_plain_words(
    call: Call, path: str, body: dict[str, Any], status: int, said: str
) -> None:
    found, problem = call(path, **body)
    assert found == status == problem["status"]
    assert said in problem["detail"]
    assert problem["instance"] == path


def test_without_a_token_nothing_is_told(project: Project) -> None:
    response = Client().get("/api/kpis")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response["Content-Type"] == "application/problem+json"
    body = json.dumps({"kpis": ["win_rate"]})
    assert Client().post("/api/ask", body, content_type="application/json").status_code == 401


def test_a_token_that_is_over_lets_nobody_in(project: Project, analyst: Person) -> None:
    secret = token_of(analyst)
    Token.objects.update(expires_at="2020-01-01T00:00Z")
    assert caller(secret)("/api/kpis")[0] == 401


def test_a_token_does_no_more_than_it_grants(project: Project, analyst: Person) -> None:
    call = caller(token_of(analyst, "numbers"))
    assert call("/api/kpis")[0] == 200
    assert call("/api/records", kpi="win_rate")[0] == 403
    assert call("/api/loads")[0] == 403


def test_a_session_cannot_be_misused_from_another_site(project: Project, analyst: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst)
    body = json.dumps({"kpis": ["win_rate"]})
    assert client.post("/api/ask", body, content_type="application/json").status_code == 403
    assert client.get("/api/kpis").status_code == 200


def test_the_description_names_every_operation(project: Project, analyst: Person) -> None:
    client = Client()
    client.force_login(analyst)
    schema = client.get("/api/openapi.json").json()
    assert set(schema["paths"]) == {
        "/api/kpis",
        "/api/kpis/{kpi}",
        "/api/ask",
        "/api/records",
        "/api/explain",
        "/api/loads",
        "/api/quarantine",
        "/api/health",
        "/api/upload",
    }
    page = client.get("/api/").content.decode()
    assert all(path in page for path in schema["paths"])


def test_files_are_loaded_by_a_program(tmp_path: Path, analyst: Person) -> None:
    write_project(tmp_path, TABLES)
    with Project.open(tmp_path) as found:
        assert isinstance(found, Project)
        hold(found)
        client = Client(headers={"Authorization": f"Bearer {token_of(analyst)}"})
        rows = b"""opportunity_id,owner_id,created_at,outcome,amount,currency
n1,bob,2026-03-02,won,x,EUR
n2,bob,2026-03-03,,12,EUR
"""

        def send(name: str, query: str = "") -> tuple[int, Any]:
            file = SimpleUploadedFile(name, rows)
            response = client.post(f"/api/upload{query}", {"files": file})
            return response.status_code, response.json()

        status, tried = send("opportunity.csv", "?dry_run=true")
        assert status == 200, tried
        assert (status, tried["load_id"], tried["tables"][0]["accepted"]) == (200, None, 1)
        status, report = send("opportunity.csv")
        assert status == 200
        table = report["tables"][0]
        assert (table["read"], table["accepted"], table["quarantined"]) == (2, 1, 1)
        assert client.get("/api/quarantine").json()["rows"][0]["table"] == "opportunity"
        status, problem = send("deals.csv")
        assert (status, "mapping=NAME" in problem["detail"]) == (400, True)
        status, problem = send("deals.csv", "?mapping=none")
        assert (status, "No mapping none" in problem["detail"]) == (400, True)
        hold(None)
