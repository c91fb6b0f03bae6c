"""Meetings that are moved, and meetings of several colleagues, in a random world."""

from __future__ import annotations

from typing import Any

from tests.oracle.worlds.activities import add, aimed_at
from tests.oracle.worlds.making import REPS, Making, Row

AN_HOUR = 3600
A_DAY = 24 * AN_HOUR


def chains(make: Making) -> None:
    """Meetings that were moved once or twice; a calendar may delete the entries it replaces."""
    for number in range(make.one((0, 1, 2))):
        lead = make.parent("lead")
        links = aimed_at(make, lead) if lead else {}
        booked = make.at(make.day(), 8)
        start = make.after(booked, make.one((2 * A_DAY, 10 * A_DAY, 25 * A_DAY)))
        row = _meeting(make, f"chain{number}", start, booked_at=booked, **links)
        for place in range(make.one((1, 2))):
            row = _moved(make, row, f"chain{number}{place}", links)


def _meeting(make: Making, key: str, start: str, **values: Any) -> Row:
    direction = make.one(("outbound", "outbound", "inbound"))
    return add(make, key, "meeting", direction=direction, occurred_at=start, **values)


def _moved(make: Making, before: Row, key: str, links: Row) -> Row:
    """A later meeting in the place of one, which then no longer says that it took place."""
    start = before["occurred_at"]
    booked = make.after(start, make.one((-AN_HOUR, -A_DAY, -A_DAY, AN_HOUR)))
    since = make.one((start, booked))
    later = make.after(since, make.one((3 * A_DAY, 30 * A_DAY, 30 * A_DAY + 1, 35 * A_DAY)))
    before.pop("outcome", None)
    before.pop("is_completed", None)
    outcome = make.one(("moved", "moved", "cancelled", None))
    before.update({"outcome": outcome} if outcome else {})
    if make.chance(3):
        before["deleted_at"] = make.after(booked, 60)
    return _meeting(
        make,
        key,
        later,
        booked_at=make.maybe((booked,), 4),
        moved_from_id=before["activity_id"],
        **links,
    )


def from_calls(make: Making) -> None:
    """Calls that a person took, and the meetings that were booked in the days after."""
    for number in range(make.one((0, 1, 2))):
        lead = make.parent("lead")
        if lead is None:
            return
        links, rep = aimed_at(make, lead), make.one(REPS[:2])
        called = make.at(make.day())
        call = {"outcome": make.one(("connected", "no_answer")), "direction": "outbound"}
        add(make, f"dial{number}", "call", occurred_at=called, rep_id=rep, **call, **links)
        booked = make.after(called, make.one((AN_HOUR, 6 * A_DAY, 7 * A_DAY, 7 * A_DAY + 1)))
        start = make.after(booked, make.one((A_DAY, 5 * A_DAY)))
        key = f"dialled{number}"
        _meeting(make, key, start, booked_at=booked, **{"rep_id": rep, **links})


def before_sql(make: Making) -> None:
    """Meetings with leads around the time at which they became sql."""
    for number, row in enumerate(make.rows.get("lead_stage", [])):
        if row["stage"] == "sql" and make.chance():
            start = make.after(row["reached_at"], -make.one((A_DAY, 10 * A_DAY, 40 * A_DAY, -60)))
            _meeting(make, f"sql{number}", start, outcome="held", lead_id=row["lead_id"])


def colleagues(make: Making) -> None:
    """Meetings that several reps had with the same person at the same time."""
    meetings = [
        row
        for row in make.rows.get("activity", [])
        if row["kind"] == "meeting" and "occurred_at" in row and "booked_at" not in row
    ]
    for row in meetings:
        if "moved_from_id" not in row and make.chance(4):
            for rep in REPS[: make.one((1, 2))]:
                key = f"{row['activity_id']}{rep}"
                make.add("activity", **{**row, "activity_id": key, "rep_id": rep})
