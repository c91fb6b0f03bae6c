"""Worked examples of leads that were touched once and given up."""

from __future__ import annotations

from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import at, done, lead, march_of, reached


def given_up(*activities: Any, as_of: str = "2026-03-31", days: int = 3, **tables: Any) -> Any:
    """The share of leads touched once, at noon of Monday the 2nd, and then given up."""
    rows = [done("call", "2 12:00"), *activities]
    decided = Settings(given_up_working_days=days)
    return march_of(
        "single_touch_rate", [lead("ivy")], rows, as_of=as_of, settings=decided, **tables
    )


def test_leads_are_given_up_after_whole_working_days() -> None:
    # Tuesday, Wednesday and Thursday are over with the last instant of the 5th.
    assert given_up(as_of="2026-03-05T23:59") is None
    assert given_up(as_of="2026-03-05") == 1
    assert given_up(as_of="2026-03-08", days=5) is None
    assert given_up(as_of="2026-03-09", days=5) == 1


def test_a_second_touch_is_no_giving_up() -> None:
    assert given_up(done("call", "20 9:00")) == 0


def test_who_came_to_us_lately_is_not_given_up() -> None:
    assert given_up(done("email", "27 9:00", direction="inbound")) == 0
    assert given_up(done("email", "27 9:00", direction="inbound", is_automated=True)) == 1
    assert given_up(done("email", "26 9:00", direction="inbound")) == 1


def test_who_has_something_planned_is_not_given_up() -> None:
    planned = {**done("call", "1"), "occurred_at": "2026-04-08T09:00:00Z"}
    assert given_up({**planned, "booked_at": at("20 9:00")}) == 0
    assert given_up({**planned, "booked_at": "2026-04-01T09:00:00Z"}) == 1
    assert given_up({**planned, "booked_at": at("20 9:00"), "direction": "inbound"}) == 1


def test_what_came_of_a_lead_is_no_giving_up() -> None:
    assert given_up(lead_stage=reached("ivy", sql="20 9:00")) == 0
    assert given_up(lead_stage=reached("ivy", disqualified="20 9:00")) == 0
    assert given_up(lead_stage=reached("ivy", mql="20 9:00")) == 1
    deal = {"opportunity_id": "oak", "lead_id": "ivy", "created_at": at("20 9:00")}
    assert given_up(opportunity=[deal]) == 0
