"""How long new reps take to sell as much as those who have been there for a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.calendar import DAY, Window, first_instant, months_after
from tests.oracle.closings import close_amount, closes
from tests.oracle.customers import of_day
from tests.oracle.efforts import clock_of_day
from tests.oracle.memory import once
from tests.oracle.people import credit, is_there, placed
from tests.oracle.records import Rep
from tests.oracle.revenue import credits
from tests.oracle.spells import today
from tests.oracle.staff import days_between, has_left, median_of_cases
from tests.oracle.view import Kpi, Line, View, median, total

A_YEAR = 365 * DAY
SOON = 3


@dataclass(frozen=True)
class Start:
    """A rep's beginning: after how long it was done, or for how long it was watched."""

    took: int
    is_done: bool


def ramps(view: View) -> list[Line]:
    """Reps hired in the window who can be held against colleagues of their role."""
    lines = []
    for rep in view.world.rep:
        if rep.hired_on is None or not view.covers(of_day(rep.hired_on, view)):
            continue
        found = start_of(view, rep)
        if found is not None:
            what = {**credit(view.world, rep.rep_id, rep.hired_on), **clock_of_day(rep.hired_on)}
            lines.append(Line((found.took, found.is_done), what))
    return lines


@once
def start_of(view: View, rep: Rep) -> Start | None:
    """The first whole month from the third on that ends a quarter as good as colleagues' is."""
    assert rep.hired_on is not None
    can_be_held = False
    for day, since in quarters(rep, view):
        theirs = median_of_colleagues(view, rep, since, day)
        if theirs is not None and theirs > 0:
            can_be_held = True
            if sold(view, rep.rep_id, since, day) >= theirs:
                return Start(days_between(rep.hired_on, day), is_done=True)
    if not can_be_held:
        return None
    return Start(days_between(rep.hired_on, watched_until(rep, view)), is_done=False)


def quarters(rep: Rep, view: View) -> Iterator[tuple[dt.date, dt.date]]:
    """Each day on which a whole month from hiring is over, from the third on, and where the
    three months before it began; up to T, or until the rep leaves.
    """
    assert rep.hired_on is not None
    number = SOON
    while (day := months_after(rep.hired_on, number)) <= today(view) and is_there(rep, day):
        yield day, months_after(rep.hired_on, number - SOON)
        number += 1


def watched_until(rep: Rep, view: View) -> dt.date:
    """The last whole month before T, or the leaving."""
    assert rep.hired_on is not None
    if has_left(rep, view):
        assert rep.left_on is not None
        return rep.left_on
    number = 0
    while months_after(rep.hired_on, number + 1) <= today(view):
        number += 1
    return months_after(rep.hired_on, number)


def median_of_colleagues(view: View, rep: Rep, since: dt.date, day: dt.date) -> Any:
    """The median of what colleagues of that day's role sold who have been there for a year."""
    world = view.world
    role = placed(world, rep.rep_id, day, "role")
    return median(
        [
            Line(sold(view, each.rep_id, since, day))
            for each in world.rep
            if each is not rep
            and is_there(each, day)
            and (each.hired_on is None or each.hired_on <= day - A_YEAR)
            and placed(world, each.rep_id, day, "role") == role
        ]
    )


@once
def sold(view: View, rep_id: str, since: dt.date, day: dt.date) -> Any:
    """A rep's credit for deals won in some days and in force at the instant after them."""
    then = replace(
        view,
        as_of=first_instant(day, view.world.settings),
        window=Window(since, day, since),
    )
    there = {deal.opportunity_id for deal in deals.visible(view)}
    parts = []
    for deal, close in closes(then, "won"):
        if deal.opportunity_id not in there:
            continue
        amount = close_amount(deal, close, then)
        owner = deals.owner_at(deal, deals.seen_at(close, then), view.world)
        parts += [
            Line(None if amount is None else amount * share)
            for rep, share in credits(deal, owner, view.world)
            if rep == rep_id
        ]
    return total(parts) or Fraction(0)


KPIS: dict[str, Kpi] = {"ramp_time": Kpi(median_of_cases, (ramps,))}
