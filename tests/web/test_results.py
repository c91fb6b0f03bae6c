"""The page Results: its numbers, the work beside them, and the year before."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from foresail.web.sheets import charts
from tests.web.conftest import HOSTILE, MARCH
from tests.web.reading import Page, Tables, rows

pytestmark = pytest.mark.usefixtures("project")


def drawn(page: Page, chart: str) -> list[dict[str, object]]:
    found = re.search(rf'<script id="{chart}-spec"[^>]*>(.*?)</script>', page.content.decode())
    assert found
    values: list[dict[str, object]] = json.loads(found[1])["data"]["values"]
    return values


def test_each_result_stands_beside_the_work_of_the_same_months(client: Client) -> None:
    page = client.get(f"/results/?{MARCH}")
    # 1,750 were won in March, 90 in February; three calls were made, all in March
    revenue = [(row["period"], row["value"], row["of"]) for row in drawn(page, "revenue")]
    assert revenue[-2:] == [
        ("2026-02-01", 90.0, "These months"),
        ("2026-03-01", 1750.0, "These months"),
    ]
    calls = [(row["period"], row["value"]) for row in drawn(page, "outbound_calls")]
    assert calls[-2:] == [("2026-02-01", 0), ("2026-03-01", 3)]
    assert len(revenue) == 12


def test_the_year_before_begins_with_its_first_sale(client: Client) -> None:
    page = client.get("/results/?period=2027-03&as_of=2027-03-31")
    before = [row for row in drawn(page, "revenue") if row["of"] == "A year before"]
    assert [(row["period"], row["value"]) for row in before] == [
        ("2027-02-01", 90.0),
        ("2027-03-01", 1750.0),
    ]
    records = client.get(str(before[0]["url"]))
    assert [row[0] for row in rows(records)[1:]] == ["o6"]


def test_a_month_of_a_course_leads_to_its_records(client: Client) -> None:
    page = client.get(f"/results/?{MARCH}")
    february = [row[1] for row in Tables(page).rows if row[0].text == "2026-02"]
    assert [cell.text.split()[0] for cell in february] == ["90.00", "0", "0"]
    assert [row[0] for row in rows(client.get(february[0].links[0]))[1:]] == ["o6"]


def test_reps_are_given_with_their_work(client: Client) -> None:
    page = client.get(f"/results/selling/?{MARCH}")
    found = {row[0]: row[1:] for row in rows(page) if row[0] in ("Ann", "Bob", HOSTILE)}
    assert found["Ann"] == ["1,500", "66.7 % 2 of 3 · 21–94 %", "2", "0"]
    assert found["Bob"] == ["0", "0.0 % 0 of 1 · 0–79 %", "1", "1"]
    assert HOSTILE not in page.content.decode()


def test_what_is_not_loaded_is_named_and_no_tile_is_empty(client: Client) -> None:
    page = client.get(f"/results/costs/?{MARCH}").content.decode()
    assert "Cost per lead needs" in page
    assert "tile-name" not in page


def test_every_part_has_a_tab_and_keeps_the_question(client: Client) -> None:
    page = client.get(f"/results/people/?{MARCH}").content.decode()
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.DOTALL)
    assert tabs
    assert re.findall(r'href="([^"]+)"( aria-current="page")?', tabs[0]) == [
        ("/results/?period=2026-03", ""),
        ("/results/selling/?period=2026-03", ""),
        ("/results/costs/?period=2026-03", ""),
        ("/results/customers/?period=2026-03", ""),
        ("/results/people/?period=2026-03", ' aria-current="page"'),
    ]


def test_layers_of_a_chart_draw_the_rows_that_are_given() -> None:
    spec = charts.intervals(
        [{"rep": "Ann", "value": 1, "low": 0, "high": 2}], unit="count", x="rep"
    )
    assert spec["data"]["values"][0]["rep"] == "Ann"
    assert [("data" in layer) for layer in spec["layer"]] == [False, False]


def test_few_cases_do_not_stretch_the_scale_of_colours() -> None:
    cells = [(0.2, False), (0.4, False), (1.0, True), (None, False)]
    given = [{"x": "a", "y": "b", "value": value, "is_small": few} for value, few in cells]
    spec = charts.heat(given, unit="share", x="x", y="y")
    assert spec["encoding"]["color"]["scale"]["domain"] == [0.2, 0.4]
