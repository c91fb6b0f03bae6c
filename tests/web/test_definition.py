"""/kpi/<kpi>/"""

import pytest
from django.test import Client

from tests.web.conftest import MARCH

pytestmark = pytest.mark.usefixtures("project")


def test_it_shows_meaning_formula_and_sql(client: Client) -> None:
    body = client.get(f"/kpi/win_rate/?{MARCH}").content.decode()
    assert "<h1>Win rate</h1>" in body
    assert "foresail ask win_rate" in body
    assert "SELECT" in body
    assert "How many opportunities become wins?" in body
    assert "1–31 Mar 2026" in body


def test_an_unknown_kpi_names_the_nearest(client: Client) -> None:
    page = client.get("/kpi/win_rte/")
    assert page.status_code == 400
    assert "Did you mean win_rate?" in page.content.decode()
