"""Who sells: the place of a rep on a day, and the days that a rep was there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.oracle.calendar import DAY, is_working_day
from tests.oracle.records import Rep, RepAssignment, World

PLACE = ("team", "manager_id", "role", "seniority", "territory")


def place(world: World, rep_id: str | None, day: dt.date | None) -> Rep | RepAssignment | None:
    """The team, role and so on of a rep on a day, by the role history where there is one."""
    rows = sorted(
        (row for row in world.rep_assignment if row.rep_id == rep_id),
        key=lambda row: row.valid_from,
    )
    if not rows:
        return next((rep for rep in world.rep if rep.rep_id == rep_id), None)
    if day is None:
        return None
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        last = row.valid_to
        if last is None and following is not None:
            last = following.valid_from - DAY
        if row.valid_from <= day and (last is None or day <= last):
            return row
    return None


def credit(world: World, rep_id: str | None, day: dt.date | None) -> dict[str, str | None]:
    """The dimensions that a credited rep brings along, as of a day."""
    values = {name.removesuffix("_id"): placed(world, rep_id, day, name) for name in PLACE}
    return {"rep": rep_id, **values}


def placed(world: World, rep_id: str | None, day: dt.date | None, name: str) -> Any:
    """One value of a rep's place on a day.

    What a row of the history leaves empty is taken from the rep: no history, today's value.
    """
    at = place(world, rep_id, day) if rep_id else None
    if at is None or getattr(at, name) is not None:
        return getattr(at, name, None)
    return next((getattr(rep, name) for rep in world.rep if rep.rep_id == rep_id), None)


def is_there(rep: Rep, day: dt.date) -> bool:
    """Whether a rep is employed on a day; both ends count."""
    return (rep.hired_on is None or rep.hired_on <= day) and (
        rep.left_on is None or day <= rep.left_on
    )


def is_present(world: World, rep: Rep, day: dt.date) -> bool:
    """Whether a rep works on a day: a working day, employed, not away."""
    away = any(
        row.rep_id == rep.rep_id and row.starts_on <= day <= (row.ends_on or row.starts_on)
        for row in world.absence
    )
    return is_there(rep, day) and is_working_day(day, world.settings) and not away
