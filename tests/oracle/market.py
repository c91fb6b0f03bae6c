"""What we sell by what the market sells."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.oracle import deals
from tests.oracle.closings import close_amount, closes
from tests.oracle.costs import days_of
from tests.oracle.links import account, account_of_deal, opportunity
from tests.oracle.memory import once
from tests.oracle.records import Account
from tests.oracle.view import Kpi, Line, Part, View, ratio, total

Sales = dict[tuple[str, dt.date], Fraction]


@once
def market_days(view: View, column: str) -> Sales:
    """The known sales of the market, or of its largest rival, by segment and day."""
    found: Sales = {}
    for row in view.world.market:
        days = days_of(row.starts_on, row.ends_on)
        for day in days:
            amount = deals.home(getattr(row, column), row.currency, day, view.world)
            if amount is not None:
                key = (row.segment or "", day)
                found[key] = found.get(key, Fraction(0)) + amount / len(days)
    return found


def is_by_segment(view: View) -> bool:
    """Whether the question is about segments."""
    return "segment" in view.dimensions


def in_view(day: dt.date, view: View) -> bool:
    """Whether a day is in the window, up to E."""
    is_begun = view.window.is_all or day >= view.window.start
    return is_begun and day <= view.stands_on


def market(column: str) -> Part:
    """A segment's own rows; of the whole those without a segment, else the sum of the segments.

    A sum of segments has no largest rival.
    """

    def part(view: View) -> list[Line]:
        of_days = market_days(view, column)
        lines = []
        for (segment, day), amount in of_days.items():
            if is_by_segment(view):
                is_meant = segment != ""
            else:
                is_sum = column == "market_sales" and ("", day) not in of_days
                is_meant = segment == "" or is_sum
            if is_meant and in_view(day, view):
                lines.append(Line(amount, {"segment": segment} if is_by_segment(view) else {}))
        return lines

    return part


def own(column: str) -> Part:
    """Our own sales on the days that are known of the market, or of its largest rival."""

    def part(view: View) -> list[Line]:
        of_days = market_days(view, column)
        days = {day for segment, day in of_days if segment == "" or column == "market_sales"}
        lines = []
        for day, amount, company in sold(view):
            segment = (company.segment if company else None) or ""
            if is_by_segment(view):
                if segment and (segment, day) in of_days:
                    lines.append(Line(amount, {"segment": segment}))
            elif day in days:
                lines.append(Line(amount))
        return lines

    return part


def sold(view: View) -> list[tuple[dt.date, Any, Account | None]]:
    """Recognised revenue where any is loaded, else what was won: its day, amount and account."""
    world = view.world
    if not world.revenue:
        return [
            (
                deals.local(close.at, view),
                close_amount(deal, close, view),
                account_of_deal(world, deal),
            )
            for deal, close in closes(view, "won")
            if close is not None
        ]
    return [
        (row.day, deals.home(row.amount, row.currency, row.day, world), earner)
        for row in world.revenue
        if in_view(row.day, view)
        for earner in (account_of_revenue(row.account_id, row.opportunity_id, view),)
    ]


def account_of_revenue(account_id: str | None, deal_id: str | None, view: View) -> Account | None:
    """The account that revenue names, else that of its deal."""
    world = view.world
    deal = opportunity(world, deal_id)
    if account_id is not None or deal is None:
        return account(world, account_id)
    return account_of_deal(world, deal)


KPIS: dict[str, Kpi] = {
    "market_share": ratio(own("market_sales"), market("market_sales"), total),
    "relative_market_share": ratio(
        own("largest_rival_sales"), market("largest_rival_sales"), total
    ),
}
