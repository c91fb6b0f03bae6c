"""The page Pipeline: whether the quarter is covered, what moved to the cent, what stands still."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from tests.web.conftest import HOSTILE, write_project
from tests.web.reading import Tables, rows

HEAD = (
    "opportunity_id,owner_id,name,created_at,closed_at,outcome,amount,expected_close_on,"
    "pipeline,stage\n"
)
OPEN = f"""\
big,ann,{HOSTILE},2026-01-05T09:00:00Z,,,1000.10,2026-03-31,new,Talk
new,bob,Neu,2026-03-09T09:00:00Z,,,500.05,2026-06-30,new,Offer
late,ann,Spät,2026-01-05T09:00:00Z,,,20.20,2026-03-01,new,Talk
won,bob,Gut,2026-01-05T09:00:00Z,2026-03-10T09:00:00Z,won,300.30,2026-03-10,new,Won
"""
TABLES = {
    "rep.csv": "rep_id,name,team,role\nann,Ann,North,ae\nbob,Bob,South,ae\n",
    "stage.csv": "pipeline,stage,position,kind\nnew,Offer,2,open\nnew,Talk,1,open\nnew,Won,3,won\n",
    "quota.csv": "owner_kind,kpi,starts_on,ends_on,amount\n"
    "company,revenue,2026-01-01,2026-03-31,1300.30\n",
}
LAST_YEAR = "".join(
    f"{number},bob,Alt,2025-02-01T09:00:00Z,2025-06-02T09:00:00Z,"
    f"{'won' if number % 4 == 0 else 'lost'},10,,new,Won\n"
    for number in range(400)
)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory = tmp_path_factory.mktemp("standing")
    write_project(directory, {**TABLES, "opportunity.csv": HEAD + OPEN + LAST_YEAR})
    found = Project.open(directory)
    assert isinstance(found, Project)
    yield found
    found.close()


@pytest.fixture
def held(standing: Project) -> Iterator[Project]:
    hold(standing)
    yield standing
    hold(None)


@pytest.fixture
def page(client: Client, held: Project) -> str:
    return unescape(client.get("/pipeline/").content.decode())


def test_the_first_sentence_says_whether_the_quarter_is_covered(page: str) -> None:
    # one deal in four is won, so it takes four times; nothing stood open on New Year's Day
    assert "Not covered: it usually takes 4.00 times the quota left (3.39 to 4.76)." in page
    assert "When 1 Jan – 31 Mar 2026 began, 0 EUR were due in it for 1,300 EUR still to win" in page


def test_a_running_quarter_is_covered_by_what_is_due_from_now_on(
    client: Client, held: Project
) -> None:
    running = client.get("/pipeline/?period=2026-Q1&as_of=2026-03-15")
    # 300.30 of 1,300.30 is won; the deal of 20.20 was due on the first, and the new one is in June
    assert (
        "1,000 EUR are due in 1 Jan – 31 Mar 2026 for 1,000 EUR still to win: "
        "1.00 times the quota left."
    ) in unescape(running.content.decode())


def test_the_waterfall_balances_to_the_cent_and_each_step_leads_to_its_deals(
    client: Client, held: Project
) -> None:
    page = client.get("/pipeline/?period=2026-03")
    steps = {
        row[0].text: row[1]
        for row in Tables(page).rows
        if len(row) == 2 and any("/moves/" in link for link in row[1].links)
    }
    sheet = client.get("/pipeline/?period=2026-03&format=csv&block=moves-chart").content.decode()
    lines = [line.split(",") for line in sheet.lstrip("\ufeff").split()[1:] if "," in line]
    values = [round(float(line[-1]) * 100) for line in lines[-4:]]
    # 1,320.60 open; 500.05 came, 300.30 was won; 1,520.35 is left
    assert values == [132060, 50005, -30030, 152035]
    assert sum(values[:-1]) == values[-1]
    assert set(steps) == {"Open at the beginning", "Created", "Won", "Open at the end"}
    deals = rows(client.get(steps["Won"].links[0]))
    assert [row[0] for row in deals[1:]] == ["Gut"]
    opening = unescape(client.get(steps["Open at the beginning"].links[0]).content.decode())
    assert "3 deals, 1,321 EUR" in opening


def test_a_day_to_stand_at_shows_what_stood_open_then(client: Client, held: Project) -> None:
    found = Tables(client.get("/pipeline/?period=2026-Q1&as_of=2026-03-05")).rows
    names = {row[0].text for row in found if row}
    assert {"Spät", "Gut"} <= names
    assert "Neu" not in names


def test_what_has_passed_and_what_is_quiet_is_listed(client: Client, held: Project) -> None:
    response = client.get("/pipeline/")
    body = response.content.decode()
    assert HOSTILE not in body
    late = body[body.index('id="late-table"') : body.index('id="pushed-table"')]
    assert "Spät" in late
    assert "Neu" not in late
    assert "All 1 overdue deals" in late


def test_without_deals_the_page_says_what_to_load(client: Client, empty_project: Project) -> None:
    assert "No data yet" in client.get("/pipeline/").content.decode()


def test_without_quotas_and_stages_it_says_so(client: Client, project: Project) -> None:
    body = unescape(client.get("/pipeline/?period=2026-03").content.decode())
    assert "Whether 1–31 Mar 2026 is covered is unknown." in body
    assert "quota" in body


def test_an_unknown_step_is_refused_in_words(client: Client, held: Project) -> None:
    response = client.get("/pipeline/moves/wonn/")
    assert response.status_code == 400
    assert "A waterfall has no step wonn. Did you mean won?" in response.content.decode()
