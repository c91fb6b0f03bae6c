"""/explore/"""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import HOSTILE, MARCH
from tests.web.reading import Tables, rows

pytestmark = pytest.mark.usefixtures("project")
YEAR = "period=2026"


def specs(page: Any) -> dict[str, Any]:
    found = re.findall(
        r'<script id="([\w-]+)-spec" type="application/json">(.*?)</script>', page.content.decode()
    )
    return {name: json.loads(text) for name, text in found}


def test_a_kpi_by_two_dimensions_as_a_heat_map_and_a_table(client: Client) -> None:
    page = client.get(f"/explore/?{MARCH}&kpi=deals_lost&split=team&beside=product")
    assert rows(page)[-4:] == [
        ["Team", "Product", "Deals lost count"],
        ["All", "All", "2"],
        ["North", "Loom", "1"],
        ["South & West", "Loom", "1"],
    ]
    (spec,) = specs(page).values()
    assert spec["mark"]["type"] == "rect"
    assert [row["value"] for row in spec["data"]["values"]] == [1, 1]


def test_over_time_it_draws_lines_and_a_mark_leads_to_its_records(client: Client) -> None:
    page = client.get(f"/explore/?{YEAR}&kpi=revenue&split=rep&grain=month&where=team:North")
    (spec,) = specs(page).values()
    assert spec["mark"]["type"] == "line"
    drawn = {row["period"]: row for row in spec["data"]["values"]}
    assert drawn["2026-02-01"]["value"] == 90
    assert drawn["2026-03-01"]["value"] == 1500
    body = client.get(drawn["2026-02-01"]["url"]).content.decode()
    assert "Barn" in body
    assert "Mill" not in body


def test_the_first_rows_are_those_with_the_most(client: Client) -> None:
    page = client.get(f"/explore/?{MARCH}&kpi=revenue&split=rep&limit=5&chart=none")
    assert [row[0] for row in rows(page)] == ["Rep", "All", "Ann", HOSTILE, "Bob"]
    assert specs(page) == {}
    link = next(url for url in Tables(page).rows[0][0].links if "order" in url)
    page = client.get(html.unescape(link))
    assert [row[0] for row in rows(page)] == ["Rep", "All", HOSTILE, "Ann", "Bob"]


def test_a_dimension_that_a_kpi_lacks_is_said_with_links_that_mend_it(client: Client) -> None:
    page = client.get(f"/explore/?{MARCH}&kpi=deals_won&kpi=outbound_calls&split=product")
    body = html.unescape(page.content.decode())
    assert page.status_code == 200
    assert "Outbound calls cannot be split by product. It can be split by: rep, team" in body
    mended = re.search(r'href="([^"]+)">Without Outbound calls<', body)
    assert mended
    page = client.get(mended[1])
    assert [row[0] for row in rows(page)[-3:]] == ["All", "Loom", "(none)"]
    other = re.search(r'href="([^"]+)">By team<', body)
    assert other
    assert rows(client.get(other[1]))[-4:][0][0] == "All"


def test_what_cannot_be_drawn_says_what_it_needs(client: Client) -> None:
    page = client.get(f"/explore/?{MARCH}&kpi=deals_won&split=team&chart=lines")
    assert "Lines need a course" in page.content.decode()
    assert rows(page)[1] == ["All", "3"]


def test_names_are_never_markup(client: Client) -> None:
    body = client.get(f"/explore/?{MARCH}&kpi=revenue&split=rep").content.decode()
    assert HOSTILE not in body


def test_the_whole_question_stays_in_the_address(client: Client) -> None:
    address = f"/explore/?{MARCH}&kpi=revenue&split=rep&beside=product&grain=month&chart=heat"
    page = client.get(f"{address}&limit=all", headers={"HX-Request": "true"})
    kept = page.headers["HX-Push-Url"]
    for each in ("period=2026-03", "split=rep", "beside=product", "grain=month", "chart=heat"):
        assert each in kept


def test_a_long_table_begins_with_its_first_rows_and_is_shown_whole_on_demand(
    client: Client,
) -> None:
    asked = f"{YEAR}&kpi=revenue&grain=day&split=none&chart=none&order=period"
    page = client.get(f"/explore/?{asked}")
    # A head, the sum, 50 of the year's 365 days.
    assert len(rows(page)) == 52
    text = page.content.decode()
    assert "The first 50 of <b>365</b> rows." in text
    (link,) = re.findall(r'id="explore-table-rest" href="([^"]+)"', text)
    whole = client.get(html.unescape(link))
    assert len(rows(whole)) == 367
    assert rows(whole)[:52] == rows(page)
    assert "All 365 rows." in whole.content.decode()
    (back,) = re.findall(r'id="explore-table-rest" href="([^"]+)"', whole.content.decode())
    assert rows(client.get(html.unescape(back))) == rows(page)
    file = client.get(f"/explore/?{asked}&format=csv&block=explore-table").content.decode()
    assert len(file.splitlines()) == 367
