"""Worked examples of staff: who is there, who leaves, and how soon somebody new sells."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.small import DAY, as_of, by, deal, ever, in_month, march, value
from tests.oracle.view import View

REPS = [
    {"rep_id": "ann", "team": "north"},
    {"rep_id": "bob", "team": "north", "hired_on": "2026-03-01"},
    {
        "rep_id": "cid",
        "team": "south",
        "hired_on": "2025-03-31",
        "left_on": "2026-03-31",
        "leave_kind": "voluntary",
    },
    {"rep_id": "eve", "team": "south", "hired_on": "2026-01-01", "left_on": "2026-03-10"},
]
SEATS = [
    {"position_id": "p1", "team": "north", "opened_on": "2026-03-02", "filled_on": "2026-03-12"},
    {"position_id": "p2", "team": "north", "opened_on": "2026-03-02", "filled_on": "2026-04-20"},
    {"position_id": "p3", "team": "south", "role": "ae", "opened_on": "2026-03-11"},
    # Filled before it was opened.
    {"position_id": "p4", "team": "south", "opened_on": "2026-03-11", "filled_on": "2026-03-10"},
]


@lru_cache
def staff() -> View:
    """Four reps in March, as of the first of April."""
    return march("2026-04-01", rep=REPS, position=SEATS)


def test_a_rep_is_there_to_the_end_of_the_last_day() -> None:
    assert by("active_reps", staff(), "team") == {"north": 2, "south": 1}
    assert value("active_reps", in_month(as_of(staff(), "2026-04-30"), 4)) == 2


def test_turnover_is_leavers_by_mean_headcount() -> None:
    headcount = Fraction(31 + 31 + 31 + 10, 31)
    assert value("rep_turnover", staff()) == 2 / headcount
    assert value("rep_turnover.voluntary", staff()) == 1
    # Who leaves today is there yet.
    assert value("rep_turnover", as_of(staff(), "2026-03-31")) == 1 / headcount
    assert value("rep_turnover", as_of(staff(), "2026-03-10T09:00")) == 0


def test_retention_is_of_those_who_were_there_before() -> None:
    # Ann, cid and eve; bob began on the first day itself.
    assert value("rep_retention", staff()) == Fraction(1, 3)
    assert value("rep_retention", as_of(staff(), "2026-03-31")) == Fraction(2, 3)
    assert by("rep_retention", staff(), "team") == {"north": 1, "south": 0}


def test_tenure_is_of_those_in_the_job() -> None:
    assert value("avg_tenure", staff()) == (30 + 365) * DAY / 2
    # Eve left after 68 days; bob has been watched for 30, cid, whose last day it is, for 365.
    assert value("avg_tenure.stay", staff()) == 68 * DAY
    assert value("avg_tenure.stay", in_month(staff(), 2)) is None


def test_open_vacancies_are_watched_up_to_now() -> None:
    # On the first of April: 10 days; 30 and 21 days so far.
    assert value("time_to_fill", staff(), team="north") == 10 * DAY
    assert value("time_to_fill", staff()) is None
    assert value("time_to_fill", as_of(staff(), "2026-04-20")) == 49 * DAY
    assert value("time_to_fill", staff(), role="ae") is None


def won(key: str, rep: str, day: str, amount: int, **more: Any) -> Any:
    """A deal that was won on a day."""
    closed = {"closed_at": day, "outcome": "won", "amount": amount}
    return deal(key, **{**closed, "owner_id": rep, "created_at": "2025-01-01", **more})


NEW = [
    {"rep_id": "ann", "role": "ae", "hired_on": "2024-02-29"},
    {"rep_id": "bob", "role": "ae"},
    {"rep_id": "dan", "role": "sdr"},
    {"rep_id": "fay", "role": "ae", "hired_on": "2025-08-31"},
    {"rep_id": "gus", "role": "am", "hired_on": "2025-08-31"},
]
# Whole months of fay's: 30 November is the third, 31 December the fourth, 31 January the fifth.
WON = [
    won("a1", "ann", "2025-10-01", 100),
    won("b1", "bob", "2025-11-29", 300),
    won("f1", "fay", "2025-11-30", 150),
    won("f2", "fay", "2026-01-15", 60),
    won("a2", "ann", "2026-01-10", 100),
]


def test_a_rep_has_ramped_when_three_months_are_as_good_as_colleagues() -> None:
    view = ever(march("2026-03-31", rep=NEW, opportunity=WON))
    # November: nothing against 200. December (30 September on): 150 against 200. January (31
    # October on): 210 against 100 and 300.
    assert value("ramp_time", view, rep="fay") == 153 * DAY
    # Of gus's role there is nobody else.
    assert value("ramp_time", view, rep="gus") is None


def test_a_rep_who_leaves_is_watched_up_to_then() -> None:
    rows = [*NEW[:3], {**NEW[3], "left_on": "2026-01-15"}]
    view = ever(march("2026-03-31", rep=rows, opportunity=WON))
    assert value("ramp_time", view, rep="fay") is None


def test_a_win_that_was_cancelled_since_was_in_force_then() -> None:
    stages = [
        {"stage": "won", "kind": "won", "position": 2},
        {"stage": "meet", "kind": "open", "position": 1},
    ]
    again = {**deal("f1", owner_id="fay", amount=500, created_at="2025-01-01"), "stage": "meet"}
    history = [
        {"opportunity_id": "f1", "stage": "won", "entered_at": "2025-11-15T12:00:00Z"},
        {"opportunity_id": "f1", "stage": "meet", "entered_at": "2026-02-15T12:00:00Z"},
    ]
    rows: dict[str, Any] = {
        "stage": stages,
        "opportunity": [*WON[:2], again],
        "opportunity_stage": history,
    }
    view = ever(march("2026-03-31", rep=NEW, **rows))
    assert value("ramp_time", view, rep="fay") == 91 * DAY
