"""How soon new reps sell as much as the others do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foresail.project import Project
from tests.catalogue import drawn, value
from tests.world import by, world

DAY = 86_400
REP = drawn("""
    rep_id | name | team  | role | hired_on
    ann    | Ann  | north | ae   | 2024-01-01
    bob    | Bob  | north | ae   |
    cid    | Cid  | south | ae   | 2025-08-31
    dora   | Dora | south | sdr  | 2025-08-01
""")
WINS = drawn("""
    opportunity_id | owner_id | outcome | closed_at  | amount
    a1             | ann      | won     | 2025-11-01 | 1000
    a2             | ann      | won     | 2025-12-15 | 700
    b1             | bob      | won     | 2025-11-15 | 600
    b2             | bob      | won     | 2026-01-10 | 900
    c0             | cid      | won     | 2025-08-29 | 5000
    c1             | cid      | won     | 2025-11-20 | 500
    c2             | cid      | won     | 2026-01-31 | 400
    c3             | cid      | won     | 2026-02-27 | 400
    d1             | dora     | won     | 2025-11-20 | 9000
""")


def ramp(project: Project, as_of: str, period: str = "2025-08", **question: Any) -> tuple[Any, Any]:
    """The days to ramp, and of how many reps."""
    (row,) = project.ask("ramp_time", period=period, as_of=as_of, **question).rows
    days = row["ramp_time"]
    return (None if days is None else days / DAY), row["ramp_time.n"]


def test_a_rep_is_ramped_when_three_months_reach_the_median_of_the_tenured(tmp_path: Path) -> None:
    project = world(tmp_path, rep=REP, opportunity=WINS)
    # cid's months end on 30 Nov (from 30 Aug: c0 is too early; 500 against 800), on 31 Dec (500
    # against 1,150), on 31 Jan (500, the win of that day is not before it, against 1,600) and on
    # 28 Feb (400 + 400 against 700 and 900): 181 days after the hiring
    assert ramp(project, "2026-03-31") == (pytest.approx(181), 1)
    assert ramp(project, "2026-02-28T00:00") == (pytest.approx(181), 1)
    # until then watched up to 31 January, the last whole month
    assert ramp(project, "2026-02-27") == (None, 1)
    (row,) = project.records("ramp_time", period="2025-08", as_of="2026-02-27").rows
    assert (row["rep_id"], row["value"], row["is_censored"]) == ("cid", 153 * DAY, True)
    # before the third month there is nothing to compare
    assert ramp(project, "2025-11-29") == (None, 0)
    assert ramp(project, "2025-11-30") == (None, 1)


def test_reps_without_tenured_colleagues_are_left_out(tmp_path: Path) -> None:
    # dora is the only sdr; once eve has been one for a year, and sold, there is a measure
    eve = {"rep_id": "eve", "name": "Eve", "role": "sdr", "hired_on": "2024-12-01"}
    win = {"opportunity_id": "e1", "owner_id": "eve", "outcome": "won", "closed_at": "2025-11-30"}
    project = world(tmp_path / "alone", rep=REP, opportunity=WINS)
    assert value(project, "ramp_time", period="2025-08", where={"rep": ["dora"]}) is None
    assert ramp(project, "2026-03-31", where={"rep": ["dora"]}) == (None, 0)
    project = world(
        tmp_path / "two", rep=[*REP, eve], opportunity=[*WINS, {**win, "amount": "100"}]
    )
    # on 1 November eve was there for 335 days, on 1 December for 365; dora's fourth month
    assert ramp(project, "2026-03-31", where={"rep": ["dora"]}) == (pytest.approx(122), 1)
    assert ramp(project, "2025-11-30", where={"rep": ["dora"]}) == (None, 0)


def test_colleagues_who_sold_nothing_are_no_measure(tmp_path: Path) -> None:
    own = [win for win in WINS if win["owner_id"] == "cid"]
    project = world(tmp_path, rep=REP, opportunity=own)
    assert ramp(project, "2026-03-31") == (None, 0)


def test_a_win_counts_if_it_was_in_force_at_that_instant(tmp_path: Path) -> None:
    others = [win for win in WINS if win["opportunity_id"] != "c3"]
    late = {"opportunity_id": "c3", "owner_id": "cid", "outcome": "won", "closed_at": "2026-02-27"}
    gone = {**late, "amount": "400", "deleted_at": "2026-02-27T20:00:00Z"}
    project = world(tmp_path / "before", rep=REP, opportunity=[*others, gone])
    assert ramp(project, "2026-03-27") == (None, 1)
    # deleted later, it counts until then
    gone["deleted_at"] = "2026-03-10T20:00:00Z"
    project = world(tmp_path / "after", rep=REP, opportunity=[*others, gone])
    assert ramp(project, "2026-03-10T19:59") == (pytest.approx(181), 1)
    assert ramp(project, "2026-03-27") == (None, 1)
    # and so do those of colleagues: without b2 the median of February is 350
    theirs = [
        dict(win, deleted_at="2026-03-15T08:00:00Z") if win["opportunity_id"] == "b2" else win
        for win in others
    ]
    project = world(tmp_path / "theirs", rep=REP, opportunity=theirs)
    assert ramp(project, "2026-03-14") == (None, 1)
    assert ramp(project, "2026-03-16") == (pytest.approx(181), 1)


def test_who_leaves_is_watched_until_the_last_day(tmp_path: Path) -> None:
    rep = [dict(each, left_on="2026-01-15") if each["rep_id"] == "cid" else each for each in REP]
    project = world(tmp_path, rep=rep, opportunity=WINS)
    for as_of, days in (("2026-01-15", 122), ("2026-01-16", 137), ("2026-03-31", 137)):
        (row,) = project.records("ramp_time", period="2025-08", as_of=as_of).rows
        assert (row["value"], row["is_censored"]) == (days * DAY, True), as_of


def test_ramp_time_belongs_to_the_position_at_the_hiring(tmp_path: Path) -> None:
    assignment = drawn("""
        rep_id | valid_from | team  | role
        cid    | 2025-08-31 | south | sdr
        cid    | 2025-11-30 | north | ae
    """)
    project = world(tmp_path, rep=REP, rep_assignment=assignment, opportunity=WINS)
    # at each instant against the role of that instant: from the third month on an ae
    answer = project.ask("ramp_time", by=("team", "role"), period="2025-08")
    found = [(row["team"], row["role"], row["ramp_time"]) for row in answer.rows]
    assert found == [("south", "sdr", pytest.approx(181 * DAY))]
    answer = project.ask("ramp_time", by="rep", period="2025-08")
    assert by(answer, "rep", "ramp_time")["Cid"] == pytest.approx(181 * DAY)
