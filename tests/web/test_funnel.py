"""The page Funnel: what leaks by stage, against the rest, with the way to exactly those deals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from tests.web.conftest import HOSTILE, write_project
from tests.web.reading import Tables, rows

REPS = f"""\
rep_id,name,team,role,hired_on
ann,Ann,North,ae,2025-01-01
bob,{HOSTILE},South,ae,2025-01-01
"""
STAGES = f"""\
pipeline,stage,position,kind
new,Talk,1,open
new,{HOSTILE},2,open
new,Won,3,won
"""


def deals() -> tuple[str, str]:
    """Ann loses 18 of 20 in the first stage, Bob 2 of 20; each loss is worth 100."""
    opportunity = [
        "opportunity_id,owner_id,pipeline,created_at,closed_at,outcome,amount,lost_reason"
    ]
    history = ["opportunity_id,stage,entered_at"]
    for rep, lost in (("ann", 18), ("bob", 2)):
        for number in range(20):
            deal = f"{rep}-{number}"
            is_lost = number < lost
            end = ("2026-03-20T09:00:00Z", "lost", 100, HOSTILE if number % 2 else "")
            closed, outcome, amount, reason = end if is_lost else ("", "", 50, "")
            opportunity.append(
                f"{deal},{rep},new,2026-03-02T09:00:00Z,{closed},{outcome},{amount},{reason}"
            )
            history.append(f"{deal},Talk,2026-03-02T09:00:00Z")
            if not is_lost:
                history.append(f"{deal},{HOSTILE},2026-03-09T09:00:00Z")
    return "\n".join(opportunity) + "\n", "\n".join(history) + "\n"


@pytest.fixture(scope="module")
def leaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory = tmp_path_factory.mktemp("leaking")
    opportunity, history = deals()
    tables = {
        "rep.csv": REPS,
        "stage.csv": STAGES,
        "opportunity.csv": opportunity,
        "opportunity_stage.csv": history,
    }
    write_project(directory, tables)
    found = Project.open(directory)
    assert isinstance(found, Project)
    yield found
    found.close()


@pytest.fixture
def held(leaking: Project) -> Iterator[Project]:
    hold(leaking)
    yield leaking
    hold(None)


def test_one_rep_is_held_against_the_rest(client: Client, held: Project) -> None:
    page = client.get("/funnel/?period=2026-03&rep=ann")
    body = unescape(page.content.decode()).replace("\u202f", " ")
    # Bob loses 2 of 20: of Ann's 20 deals 2 were to be expected, 16 less than she lost
    assert (
        "Most is lost at Talk: 18 of 20 deals went no further (90.0 %, expected 3–30 %), "
        "16 more than expected, about 1,600 EUR" in body
    )
    (leak,) = [row for row in Tables(page).rows if [cell.text for cell in row[:1]] == ["Talk"]][:1]
    assert "18 of 20" in leak[1].text
    records = client.get(leak[1].links[0])
    assert len(rows(records)) == 1 + 18
    assert all("ann" in row[0] for row in rows(records)[1:])
    assert HOSTILE not in page.content.decode()


def test_stages_stand_in_their_order_and_each_count_leads_to_its_deals(
    client: Client, held: Project
) -> None:
    page = client.get("/funnel/?period=2026-03")
    found = Tables(page).rows
    heads = [cell.text.split("\n")[0].strip() for cell in found[0]]
    assert heads[0] == "Stage"
    entered = [row for row in found if row and len(row) == 10 and row[0].text in ("Talk", HOSTILE)]
    assert [(row[0].text, row[1].text.strip()) for row in entered] == [
        ("Talk", "40"),
        (HOSTILE, "20"),
    ]
    lost = entered[0][3]
    assert lost.text.strip() == "20"
    assert len(rows(client.get(lost.links[0]))) == 1 + 20


def test_nothing_before_means_nothing_is_expected(client: Client, held: Project) -> None:
    body = client.get("/funnel/?period=2026-03").content.decode()
    assert "No stage of everybody loses more than the year before lets expect" in body


def test_a_reason_that_nobody_gave_is_said_to_be_none(client: Client, held: Project) -> None:
    found = {row[0].text: row for row in Tables(client.get("/funnel/?period=2026-03")).rows if row}
    assert found["No reason given"][1].text.strip() == "10"
    assert found[HOSTILE][1].text.strip() == "10"
    records = client.get(found["No reason given"][1].links[0])
    assert len(rows(records)) == 1 + 10


def test_without_a_history_the_page_says_what_to_load(client: Client, project: Project) -> None:
    body = unescape(client.get("/funnel/?period=2026-03").content.decode())
    assert re.search(r"Load opportunity_stage.*: for opportunity_stage a row for each deal", body)
    assert "Load lead, and lead_stage" in body
    # Ann and Bob lost one deal each in March, and nobody said why
    found = {row[0].text: row for row in Tables(client.get("/funnel/?period=2026-03")).rows if row}
    assert found["No reason given"][1].text.strip() == "2"


def test_the_sheets_hold_what_the_page_shows(client: Client, held: Project) -> None:
    text = client.get(
        "/funnel/?period=2026-03&rep=ann&format=csv&block=leaks-table"
    ).content.decode()
    lines = text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("Stage,Went no further,Expected,Deals beyond")
    assert lines[1].startswith("Talk,0.9,0.1,16.0,1600")
