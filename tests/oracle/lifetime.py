"""What a customer is worth, and what serving it costs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.oracle import costs, revenue
from tests.oracle.activity import is_completed, is_meeting_held, is_visible
from tests.oracle.calendar import DAY, day_of, working_seconds
from tests.oracle.customers import (
    active_customers,
    churn_by,
    described,
    new_customers,
    stayers,
)
from tests.oracle.links import account_of_activity
from tests.oracle.people import is_present
from tests.oracle.records import Activity
from tests.oracle.spells import spells, today
from tests.oracle.view import Kpi, Line, View, everybody, exact, total

YEAR = 365
HALF_AN_HOUR = 1800
FOUR_WEEKS = 28


def reaches_back(view: View) -> bool:
    """Whether the first day of revenue or service lies at least a year before E."""
    days = [row.day for row in view.world.revenue if row.day <= today(view)]
    days += [spell.first for spell in spells(view) if spell.first is not None]
    return bool(days) and (view.stands_on - min(days)).days >= YEAR


def profits(view: View) -> list[Line]:
    """Gross profit of the window."""
    return revenue.profits(view)


def profits_ever(view: View) -> list[Line]:
    """Gross profit of any day up to E."""
    return revenue.profits(_up_to_now(view))


def customers_ever(view: View) -> list[Line]:
    """The accounts that were customers at any time up to E."""
    found = {
        spell.account: spell
        for spell in spells(view)
        if (spell.first is None and view.window.is_all)
        or (spell.first is not None and spell.first <= view.stands_on)
    }
    return [Line(1, described(company, view.stands_on, view)) for company in found]


def _up_to_now(view: View) -> View:
    first = dt.date(1990, 1, 1)
    window = replace(view.window, start=first, end=view.stands_on + DAY, is_all=False, unit=None)
    return replace(view, window=window)


def base_if_known(view: View) -> list[Line]:
    """The base of churn, where the data reach back far enough."""
    return stayers(view) if reaches_back(view) else []


def lifetime_value(margin: list[Line], there: list[Line], stay: list[Line]) -> Any:
    """Margin per customer per month by monthly churn."""
    monthly, earned = (churn_by(stay, 1) if stay else None), total(margin)
    if not monthly or not there or earned is None:
        return None
    return float(earned) / float(stay[0].value[1]) / len(there) / monthly


def _to_cost(
    margin: list[Line], there: list[Line], stay: list[Line], spent: list[Line], new: list[Line]
) -> Any:
    value, cost = lifetime_value(margin, there, stay), costs.per_case(spent, new)
    return None if value is None or not cost else value / float(cost)


def seconds(activity: Activity) -> Any:
    """How long it took; a meeting without a length half an hour, a call without one nothing."""
    if activity.duration_seconds is None:
        return HALF_AN_HOUR if activity.kind == "meeting" else None
    return exact(activity.duration_seconds)


def spoken(view: View) -> list[Activity]:
    """Human calls that took place and meetings held in the window, in either direction."""
    return [
        each
        for each in view.world.activity
        if is_visible(each, view)
        and not each.is_automated
        and view.covers(each.occurred_at)
        and (is_meeting_held(each, view) or is_call_made(each, view))
    ]


def is_call_made(activity: Activity, view: View) -> bool:
    """A call that took place, and that no dialler abandoned."""
    is_made = is_completed(activity, view) and activity.outcome != "abandoned"
    return activity.kind == "call" and is_made


def costs_to_serve(view: View) -> list[Line]:
    """The time for customers in service on the day, at what an hour cost then."""
    lines = []
    for each in spoken(view):
        company = account_of_activity(view.world, each)
        took = seconds(each)
        if company is None or each.occurred_at is None or took is None:
            continue
        day = day_of(each.occurred_at, view.world.settings)
        if any(spell.account == company.account_id and spell.serves(day) for spell in spells(view)):
            price = second_costs(day, view)
            what = described(company.account_id, day, view)
            lines.append(Line(None if price is None else took * price, what))
    return lines


def second_costs(day: dt.date, view: View) -> Fraction | None:
    """Sales salaries of the 28 days up to a day, by the working seconds of reps in them."""
    days = [day - number * DAY for number in range(FOUR_WEEKS)]
    world = view.world
    spent = [
        costs.part_of_day(row, each, view)
        for row in world.cost
        if row.category == "sales_salaries"
        for each in costs.days_of(row.starts_on, row.ends_on)
        if each in days
    ]
    known = [each for each in spent if each is not None]
    worked = sum(
        working_seconds(each, world.settings)
        for each in days
        for rep in everybody(world)
        if is_present(world, rep, each)
    )
    return Fraction(sum(known)) / worked if known and worked else None


def _less(margin: list[Line], serving: list[Line]) -> Any:
    earned, spent = total(margin), total(serving)
    return None if earned is None or spent is None else earned - spent


KPIS: dict[str, Kpi] = {
    "customer_lifetime_value": Kpi(lifetime_value, (profits, active_customers, base_if_known)),
    "customer_lifetime_value.to_date": Kpi(costs.per_case, (profits_ever, customers_ever)),
    "clv_to_cac": Kpi(
        _to_cost,
        (profits, active_customers, base_if_known, costs.marketing_cost, new_customers),
    ),
    "customer_profit": Kpi(_less, (profits, costs_to_serve)),
}
