"""/catalogue/"""

from __future__ import annotations

import re

import pytest
from django.test import Client

from foresail.catalogue import CATALOGUE
from tests.web.conftest import MARCH
from tests.web.reading import Tables, rows

pytestmark = pytest.mark.usefixtures("project")


def test_it_lists_every_kpi_with_what_it_lacks(client: Client) -> None:
    page = client.get("/catalogue/")
    lines = {row[0]: row[1:] for row in rows(page)}
    meaning, unit, here = lines["Win rate"]
    assert (unit, here) == ("share", "answered")
    assert meaning == CATALOGUE.kpis["win_rate"].meaning
    assert lines["Quota attainment"][2].startswith("not answered needs quota")
    assert lines["Revenue"][1] == "EUR"


def test_a_search_finds_by_name_and_meaning_in_a_part_of_its_own(client: Client) -> None:
    page = client.get("/catalogue/?q=win+RATE", headers={"HX-Request": "true"})
    names = [row[0] for row in rows(page) if row[0] != "KPI"]
    assert "Win rate" in names
    assert "Outbound calls" not in names
    assert 'id="kpis"' in page.content.decode()
    assert page.headers["HX-Push-Url"] == "/catalogue/?q=win+RATE"


def test_what_is_not_found_is_said_and_escaped(client: Client) -> None:
    body = client.get("/catalogue/?q=<b>nothing").content.decode()
    assert "No KPI is called or explained by “&lt;b&gt;nothing”" in body


def test_a_name_leads_to_its_definition_with_where_it_is_used(client: Client) -> None:
    client.post("/views/new/", {"name": "Mondays", "page": f"/scoreboard/?{MARCH}&kpi=win_rate"})
    row = next(row for row in Tables(client.get("/catalogue/")).rows if row[0].text == "Win rate")
    body = client.get(row[0].links[0]).content.decode()
    assert "<h1>Win rate</h1>" in body
    assert re.search(r"In the view <a [^>]+>Mondays</a>", body)
    assert re.search(r"In the formula of <a [^>]+>", body)
    assert "kpi=win_rate" in body
