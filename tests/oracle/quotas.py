"""Quotas day by day, on the level that a question asks for."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.oracle.calendar import DAY
from tests.oracle.deals import home
from tests.oracle.people import credit, is_there, placed
from tests.oracle.records import Quota, Rep, World
from tests.oracle.view import Line, View, everybody


def level(view: View) -> str:
    """Whose quotas answer: the company's, the teams', or the reps'."""
    if not view.dimensions - {"weekday"}:
        return "company"
    return "team" if view.dimensions <= {"team", "weekday"} else "rep"


def last_day(row: Quota, world: World) -> dt.date | None:
    """The last day of a quota; empty: until the owner's next one starts."""
    if row.ends_on is not None:
        return row.ends_on
    following = [
        each.starts_on
        for each in world.quota
        if (each.owner_kind, each.owner_id, each.kpi) == (row.owner_kind, row.owner_id, row.kpi)
        and each.starts_on > row.starts_on
    ]
    return min(following) - DAY if following else None


def _row_days(owner_kind: str, view: View) -> list[tuple[Quota, dt.date, Fraction | None]]:
    """Each quota row and day of the window that it covers, with the day's part of the amount."""
    found = []
    for row in view.world.quota:
        last = last_day(row, view.world)
        if row.owner_kind != owner_kind or row.kpi != "revenue" or last is None:
            continue
        amount = home(row.amount, row.currency, row.starts_on, view.world)
        part = None if amount is None else amount / ((last - row.starts_on).days + 1)
        found += [(row, day, part) for day in view.window.days() if row.starts_on <= day <= last]
    return found


def _of_day(day: dt.date) -> dict[str, Any]:
    return {"day": day, "weekday": day.strftime("%A").lower()}


def quota_days(view: View, whose: str) -> list[Line]:
    """The quota of a level: its own rows, else the sum of the level below, never both."""
    world = view.world
    if whose == "rep":
        reps = {rep.rep_id: rep for rep in everybody(world)}
        return [
            Line(part, {**credit(world, row.owner_id, day), **_of_day(day)})
            for row, day, part in _row_days("rep", view)
            if (last := reps[row.owner_id].left_on) is None or day <= last
        ]
    if whose == "team":
        own = [
            Line(part, {"team": row.owner_id, **_of_day(day)})
            for row, day, part in _row_days("team", view)
        ]
        covered = {(line.slice["team"], line.slice["day"]) for line in own}
        below = quota_days(view, "rep")
        return own + [
            line for line in below if (line.slice["team"], line.slice["day"]) not in covered
        ]
    own = [Line(part, _of_day(day)) for _, day, part in _row_days("company", view)]
    days = {line.slice["day"] for line in own}
    return own + [line for line in quota_days(view, "team") if line.slice["day"] not in days]


def carries_quota(world: World, rep: Rep, day: dt.date) -> bool:
    """Quota-carrying by the role history; without any flag, every rep with a quota that day."""
    if has_flags(world):
        return bool(placed(world, rep.rep_id, day, "is_quota_carrying"))
    return has_quota(world, rep.rep_id, day)


def has_quota(world: World, rep_id: str, day: dt.date) -> bool:
    """Whether a revenue quota of the rep covers a day."""
    return any(
        row.owner_kind == "rep"
        and row.owner_id == rep_id
        and row.kpi == "revenue"
        and row.starts_on <= day
        and ((last := last_day(row, world)) is None or day <= last)
        for row in world.quota
    )


def _may_carry(rep_id: str, view: View) -> bool:
    """Flagged on a day of the window while employed; without flags, by quota; else everybody."""
    world = view.world
    if not has_flags(world):
        return not any(row.owner_kind == "rep" for row in world.quota)
    rep = next(each for each in everybody(world) if each.rep_id == rep_id)
    return any(is_there(rep, day) and carries_quota(world, rep, day) for day in view.window.days())


def has_flags(world: World) -> bool:
    """Whether it is said of anybody that he carries a quota or not."""
    flags = [row.is_quota_carrying for row in world.rep]
    flags += [row.is_quota_carrying for row in world.rep_assignment]
    return any(flag is not None for flag in flags)


def is_carried(line: Line, view: View) -> bool:
    """Whether the booking's rep carries a quota in the window.

    On the level of a team or the company, their own quota is carried by all of their reps that
    are flagged as carrying one, where any are.
    """
    rep, whose = line.slice["rep"], level(view)
    if rep is None:
        return False
    if any(each.slice["rep"] == rep for each in quota_days(view, "rep")):
        return True
    if not _may_carry(rep, view):
        return False
    teams = {row.owner_id for row, _, _ in _row_days("team", view)}
    if whose != "rep" and line.slice["team"] in teams:
        return True
    return whose == "company" and bool(_row_days("company", view))


__all__ = ["carries_quota", "is_carried", "level", "quota_days"]
