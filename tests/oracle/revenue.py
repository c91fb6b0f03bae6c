"""The theme revenue: bookings, what was earned, and quotas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.calendar import (
    DAY,
    MICROSECOND,
    Window,
    add_months,
    first_instant,
    is_working_day,
)
from tests.oracle.closings import close_amount, closes
from tests.oracle.links import account, first_account, lead_of_deal, opportunity, origin
from tests.oracle.people import credit, is_there
from tests.oracle.quotas import carries_quota, is_carried, level, quota_days
from tests.oracle.records import Moment, Opportunity, Revenue, World
from tests.oracle.view import Kpi, Line, View, count, divided, everybody, ratio, summed, total


def credits(
    deal: Opportunity, owner: str | None, world: World
) -> list[tuple[str | None, Fraction]]:
    """Who gets which part of a deal: by revenue splits, else all to the owner."""
    splits = [
        (row.rep_id, Fraction(row.share))
        for row in world.opportunity_split
        if row.opportunity_id == deal.opportunity_id and row.kind == "revenue"
    ]
    return [*splits] or [(owner, Fraction(1))]


def bookings(view: View) -> list[Line]:
    """The amounts won, each part credited to its rep."""
    lines = []
    for deal, close in closes(view, "won"):
        amount = close_amount(deal, close, view)
        at = deals.seen_at(close, view)
        for rep, share in credits(deal, deals.owner_at(deal, at, view.world), view.world):
            part = None if amount is None else amount * share
            lines.append(Line(part, deals.described(deal, rep, close, None, view)))
    return lines


def earned(
    view: View, worth: Callable[[Revenue], Fraction | None], is_costed: bool = False
) -> list[Line]:
    """Recognised revenue by its day, each part credited to its rep."""
    world, lines = view.world, []
    for row in world.revenue:
        moment = Moment(first_instant(row.day, world.settings), True)
        if not view.covers(moment) or (is_costed and row.cost is None):
            continue
        value = worth(row)
        deal = opportunity(world, row.opportunity_id)
        for rep, share in _earners(row, deal, view):
            found = lead_of_deal(world, deal) if deal else None
            company = first_account(world, row.account_id, deal.account_id if deal else None, found)
            slice_ = {
                **credit(world, rep, row.day),
                **origin(world, found, company),
                "weekday": row.day.strftime("%A").lower(),
                "pipeline": deal.pipeline if deal else None,
                "product": deal.product if deal else None,
                "deal_type": deal.deal_type if deal else None,
            }
            lines.append(Line(None if value is None else value * share, slice_))
    return lines


def _earners(
    row: Revenue, deal: Opportunity | None, view: View
) -> list[tuple[str | None, Fraction]]:
    """As its deal is credited; without a deal to the account's owner."""
    if deal is None:
        company = account(view.world, row.account_id)
        return [(company.owner_id if company else None, Fraction(1))]
    close = deals.close_at(deal, view.as_of, view.world)
    at = deals.seen_at(close[1] if close else None, view)
    return credits(deal, deals.owner_at(deal, at, view.world), view.world)


def recognised(view: View) -> list[Line]:
    """Revenue as it was earned, at the rate of its day."""
    world = view.world
    return earned(view, lambda row: deals.home(row.amount, row.currency, row.day, world))


def recognised_with_cost(view: View) -> list[Line]:
    """The revenue whose cost is known."""
    world = view.world
    return earned(view, lambda row: deals.home(row.amount, row.currency, row.day, world), True)


def profits(view: View) -> list[Line]:
    """Revenue less its cost; unknown where the cost is."""

    def profit(row: Revenue) -> Fraction | None:
        amount = deals.home(row.amount, row.currency, row.day, view.world)
        cost = deals.home(row.cost, row.currency, row.day, view.world)
        return None if amount is None or cost is None else amount - cost

    return earned(view, profit)


def carrying_days(view: View) -> list[Line]:
    """Days up to E on which a rep carried a quota, as parts of the window's days so far."""
    world = view.world
    share = Fraction(1, max(1, len(list(view.days_so_far()))))
    return [
        Line(share, {**credit(world, rep.rep_id, day), "weekday": day.strftime("%A").lower()})
        for day in view.days_so_far()
        for rep in everybody(world)
        if is_there(rep, day) and carries_quota(world, rep, day)
    ]


def bookings_before(view: View) -> list[Line]:
    """The bookings of the period before: the unit before, or as many days directly before.

    Of an unfinished unit, as many first working days of the unit before as are over at T; of an
    unfinished free range as many first days.
    """
    window = view.window
    if window.is_all:
        return []
    if window.unit is None:
        length = window.end - window.start
        start, end = window.start - length, window.start
        if view.is_running:
            end = start + DAY * sum(day_is_over(day, view) for day in window.days())
        before = replace(window, start=start, end=end)
        return bookings(replace(view, window=before))
    start = _unit_before(window)
    end = window.start
    if view.is_running:
        end = _after_working_days(start, end, working_days_over(view), view)
    return bookings(replace(view, window=replace(window, start=start, end=end)))


def day_is_over(day: dt.date, view: View) -> bool:
    """Whether a day has passed at T; at its last instant it has."""
    return view.as_of >= first_instant(day + DAY, view.world.settings) - MICROSECOND


def _unit_before(window: Window) -> dt.date:
    assert window.unit
    if window.unit in ("day", "week"):
        return window.start - (DAY if window.unit == "day" else 7 * DAY)
    months = {"month": 1, "quarter": 3, "year": 12}[window.unit]
    return add_months(window.start, -months)


def _after_working_days(start: dt.date, end: dt.date, number: int, view: View) -> dt.date:
    day = start
    while number > 0 and day < end:
        number -= is_working_day(day, view.world.settings)
        day += DAY
    return day


def working_days_over(view: View) -> int:
    """The window's working days that are over at T."""
    settings = view.world.settings
    return sum(
        is_working_day(day, settings)
        and first_instant(day + DAY, settings) - MICROSECOND <= view.as_of
        for day in view.window.days()
    )


def carried_bookings(view: View) -> list[Line]:
    """The bookings of reps who carry a quota in the window, on the question's level."""
    return [line for line in bookings(view) if is_carried(line, view)]


def quota(view: View) -> list[Line]:
    """The quota of the whole window, day by day."""
    return quota_days(view, level(view))


def quota_by_now(view: View) -> list[Line]:
    """The quota x the share of the window's working days that are over; all of a finished one's."""
    days = [is_working_day(day, view.world.settings) for day in view.window.days()]
    share = Fraction(working_days_over(view), sum(days)) if any(days) else None
    if share is None and not view.is_running:
        share = Fraction(1)
    return [
        Line(None if share is None or line.value is None else line.value * share, line.slice)
        for line in quota(view)
    ]


def reps_of_the_whole_window(view: View) -> list[Line]:
    """The reps who carry a known quota on each day of the window: 1 when they reached it."""
    lines, world = [], view.world
    by_rep = replace(view, dimensions=frozenset({"rep"}))
    won, due = carried_bookings(by_rep), quota(by_rep)
    for rep in everybody(world):
        mine = [line for line in due if line.slice["rep"] == rep.rep_id]
        days = {line.slice["day"] for line in mine}
        carried = all(is_there(rep, day) and carries_quota(world, rep, day) for day in days)
        sold = total([line for line in won if line.slice["rep"] == rep.rep_id])
        asked = total(mine)
        if carried and days == set(view.window.days()) and asked:
            reached = sold is not None and sold >= asked
            lines.append(Line(reached, credit(world, rep.rep_id, view.stands_on)))
    return lines


def _outset(view: View) -> View:
    """The view of coverage: as of now in a running window, else as of its first instant."""
    if view.is_running:
        return view
    return replace(view, as_of=view.starts_at)


def open_and_due(view: View) -> list[Line]:
    """Open value with an expected close from the outset to the window's end."""
    at, world = _outset(view).as_of, view.world
    day = deals.local(at, view)
    return [
        Line(deals.amount_at(deal, at, day, world), deals.described_at(deal, at, view))
        for deal in deals.open_at(view, at)
        if (due := deals.due_at(deal, at, world)) is not None and day <= due < view.window.end
    ]


def booked_before(view: View) -> list[Line]:
    """The credited bookings of the window up to the outset."""
    return carried_bookings(_outset(view))


def _coverage(standing: list[Line], due: list[Line], booked: list[Line]) -> Any:
    if not due or total(due) is None or total(booked) is None:
        return None
    left = total(due) - total(booked)
    return divided(total(standing), left) if left > 0 else None


def _growth(now: list[Line], before: list[Line]) -> Any:
    part = divided(total(now), total(before))
    return None if part is None else part - 1


def _at_quota(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), count(lines))


KPIS: dict[str, Kpi] = {
    "revenue": summed(bookings),
    "recognised_revenue": summed(recognised),
    "gross_profit": summed(profits),
    "gross_margin": ratio(profits, recognised_with_cost, total),
    "revenue_per_rep": ratio(bookings, carrying_days, total),
    "revenue_growth": Kpi(_growth, (bookings, bookings_before)),
    "quota_attainment": ratio(carried_bookings, quota, total),
    "quota_pace": ratio(carried_bookings, quota_by_now, total),
    "reps_at_quota": Kpi(_at_quota, (reps_of_the_whole_window,)),
    "pipeline_coverage": Kpi(_coverage, (open_and_due, quota, booked_before)),
}
