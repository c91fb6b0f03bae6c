"""Key accounts: which they are, and how much of the work goes to them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.activity import (
    described as described_as_activity,
)
from tests.oracle.activity import (
    identity,
    is_attempt,
    is_completed,
    is_meeting_held,
    is_visible,
)
from tests.oracle.calendar import Window, add_months, day_of, first_instant
from tests.oracle.closings import close_amount, closes
from tests.oracle.customers import described, months
from tests.oracle.lengths import A_DAY, age
from tests.oracle.lifetime import seconds, spoken
from tests.oracle.links import account_of_activity, account_of_deal
from tests.oracle.market import account_of_revenue
from tests.oracle.memory import once
from tests.oracle.records import Activity
from tests.oracle.spells import today
from tests.oracle.view import Kpi, Line, View, distinct, divided, total

A_YEAR = 12


@once
def earned(view: View, month: dt.date) -> dict[str, Fraction]:
    """What each account brought in the twelve months before a month."""
    world = view.world
    found: dict[str, Fraction] = defaultdict(Fraction)
    since = add_months(month, -A_YEAR)
    if world.revenue:
        for row in world.revenue:
            amount = deals.home(row.amount, row.currency, row.day, world)
            theirs = account_of_revenue(row.account_id, row.opportunity_id, view)
            is_meant = since <= row.day < month and row.day <= today(view)
            if theirs is not None and is_meant and amount is not None:
                found[theirs.account_id] += amount
        return dict(found)
    then = replace(
        view, as_of=first_instant(month, world.settings), window=Window(since, month, since)
    )
    for deal, close in closes(then, "won"):
        amount = close_amount(deal, close, then)
        theirs = account_of_deal(world, deal)
        if theirs is not None and amount is not None and deal in deals.visible(view):
            found[theirs.account_id] += amount
    return dict(found)


@once
def key_accounts(view: View, month: dt.date) -> frozenset[str]:
    """The accounts that are key in a month."""
    if month > today(view):
        return frozenset()
    above = {company: value for company, value in earned(view, month).items() if value > 0}
    if not above:
        return frozenset()
    least = percentile(sorted(above.values()), view.world.settings.key_account_percentile)
    return frozenset(company for company, value in above.items() if value >= least)


def percentile(values: list[Fraction], wanted: int) -> Fraction:
    """The value below which so many percent lie, interpolated linearly."""
    place = Fraction(wanted, 100) * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def month_of(view: View) -> dt.date:
    """The month in which the window begins; of `all` the first with revenue behind it."""
    if not view.window.is_all:
        return view.window.start.replace(day=1)
    days = [row.day for row in view.world.revenue if row.day <= today(view)]
    if not view.world.revenue:
        wins = closes(view, "won")
        days = [day_of(close, view.world.settings) for _, close in wins if close is not None]
    return add_months(min(days, default=dt.date(9000, 1, 1)).replace(day=1), 1)


def keys(view: View) -> frozenset[str]:
    """The key accounts of the window."""
    return key_accounts(view, month_of(view))


def interactions(view: View) -> list[Line]:
    """Human activities with key accounts that took place, in either direction."""
    world, lines = view.world, []
    for each in world.activity:
        company = account_of_activity(world, each)
        if company is None or company.account_id not in keys(view):
            continue
        if took_place(each, view) and view.covers(each.occurred_at):
            day = day_of(each.occurred_at, world.settings) if each.occurred_at else None
            lines.append(Line(identity(each, world), described(company.account_id, day, view)))
    return lines


def took_place(activity: Activity, view: View) -> bool:
    """Whether a person did it; a meeting was held, and no dialler abandoned a call."""
    if activity.is_automated or not is_visible(activity, view):
        return False
    if activity.kind == "meeting":
        return is_meeting_held(activity, view)
    return is_completed(activity, view) and activity.outcome != "abandoned"


def account_months(view: View) -> list[Line]:
    """The key accounts of the window, each for its months up to E."""
    month = month_of(view)
    return [Line(months(view), described(each, month, view)) for each in keys(view)]


def time_spent(view: View) -> list[Line]:
    """Calls and meetings: how long each took, whether with a key account, whether assumed."""
    lines = []
    for each in spoken(view):
        company = account_of_activity(view.world, each)
        is_key = company is not None and company.account_id in keys(view)
        is_assumed = each.kind == "meeting" and each.duration_seconds is None
        what = described_as_activity(each, each.occurred_at, view.world)
        lines.append(Line((seconds(each) or 0, is_key, is_assumed), what))
    return lines


def covered(view: View) -> list[Line]:
    """The accounts that are key in E's month: whether there was an attempt lately."""
    world, at = view.world, view.stands_at
    lately = world.settings.key_account_touch_days * A_DAY
    touched = {
        company.account_id
        for each in world.activity
        if is_attempt(each, view)
        and each.occurred_at is not None
        and each.occurred_at.at <= at
        and age(each.occurred_at, at, world.settings) <= lately
        and (company := account_of_activity(world, each)) is not None
    }
    month = view.stands_on.replace(day=1)
    return [
        Line(each in touched, described(each, view.stands_on, view))
        for each in key_accounts(view, month)
    ]


def _per_month(done: list[Line], accounts: list[Line]) -> Any:
    return divided(distinct(done), total(accounts))


def _share_of_time(lines: list[Line]) -> Any:
    for_key = sum(took for took, is_key, _ in (line.value for line in lines) if is_key)
    return divided(for_key, sum(line.value[0] for line in lines))


def _assumed(lines: list[Line]) -> int:
    return sum(line.value[2] for line in lines)


def _covered(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), len(lines))


KPIS: dict[str, Kpi] = {
    "key_account_touches": Kpi(_per_month, (interactions, account_months)),
    "key_account_time_share": Kpi(_share_of_time, (time_spent,)),
    "key_account_time_share.assumed": Kpi(_assumed, (time_spent,)),
    "key_account_coverage": Kpi(_covered, (covered,)),
}
