"""Customers: those who came, those who left, and those who are there."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.oracle import deals, leads
from tests.oracle.calendar import first_instant, months_of
from tests.oracle.links import account, lead_of_deal, origin
from tests.oracle.memory import once
from tests.oracle.people import credit
from tests.oracle.records import Lead, Moment
from tests.oracle.spells import Spell, own_deals, spells, today
from tests.oracle.view import Kpi, Line, View, clock, count, counted, divided


@once
def earliest_lead(view: View, company: str) -> Lead | None:
    """The lead that an account was first known by; a lead without a date is none."""
    found = [
        (made.at, lead.lead_id, lead)
        for lead in leads.leads(view)
        if (made := leads.made_at(lead, view.world)) is not None
        and (theirs := leads.company_of(lead, view.world)) is not None
        and theirs.account_id == company
    ]
    return min(found, default=(None, None, None), key=lambda each: each[:2])[2]


def described(company: str | None, day: dt.date | None, view: View) -> dict[str, Any]:
    """The dimensions of a customer: of its account, its first lead, and its owner on a day."""
    world = view.world
    if company in (own := own_deals(view)):
        deal, close = own[company]
        owner = deals.owner_at(deal, deals.seen_at(close, view), world)
        return {**origin(world, lead_of_deal(world, deal), None), **credit(world, owner, day)}
    row = account(world, company)
    found = earliest_lead(view, row.account_id) if row else None
    return {
        **origin(world, found, row),
        "segment": row.segment if row else None,
        **credit(world, row.owner_id if row else None, day),
    }


def of_day(day: dt.date | None, view: View) -> Moment | None:
    """A day as a moment."""
    return None if day is None else Moment(first_instant(day, view.world.settings), is_date=True)


def _event(spell: Spell, day: dt.date | None, view: View) -> Line:
    weekday = {"weekday": clock(of_day(day, view), view.world)["weekday"]}
    return Line(1, {**described(spell.account, day, view), **weekday})


def begun(view: View) -> list[Spell]:
    """The spells that began in the window."""
    return [spell for spell in spells(view) if view.covers(of_day(spell.first, view))]


def new_customers(view: View) -> list[Line]:
    """First spells."""
    return [_event(each, each.first, view) for each in begun(view) if each.number == 1]


def returned_customers(view: View) -> list[Line]:
    """Later ones."""
    return [_event(each, each.first, view) for each in begun(view) if each.number > 1]


def lost_customers(view: View) -> list[Line]:
    """Spells that ended in the window, by the reason of the row that ended last."""
    lines = []
    for spell in spells(view):
        if spell.last is not None and view.covers(of_day(spell.last, view)):
            line = _event(spell, spell.last, view)
            lines.append(Line(1, {**line.slice, "end_reason": _reason(spell)}))
    return lines


def _reason(spell: Spell) -> str | None:
    """Of several rows that ended last that with the highest mrr, then the lowest id."""
    rows = [
        row
        for row in spell.rows
        if row.started_on and row.ended_on and max(row.started_on, row.ended_on) == spell.last
    ]
    best = min(rows, key=lambda row: (row.mrr is None, -(row.mrr or 0), row.subscription_id))
    return best.end_reason


def standing(view: View) -> list[Spell]:
    """The spells that serve on the day of E; one of unknown beginning in the period `all` only."""
    return [
        each
        for each in spells(view)
        if each.serves(view.stands_on) or (each.first is None and view.window.is_all)
    ]


def active_customers(view: View) -> list[Line]:
    """Customers in service at E."""
    return [
        Line(each.account, described(each.account, view.stands_on, view)) for each in standing(view)
    ]


def base(view: View) -> list[Spell]:
    """The customers in service on the first day whose spell began before it."""
    start = view.window.start
    return [
        each for each in spells(view) if each.serves(start) and each.first and each.first < start
    ]


def is_lost(spell: Spell, view: View) -> bool:
    """Whether a spell of the base ended in the window, as visible at T."""
    return spell.last is not None and spell.last < min(view.window.end, today(view))


def months(view: View) -> Fraction:
    """The months of the window up to E."""
    return months_of(view.days_so_far())


def stayers(view: View) -> list[Line]:
    """The base: whether each was lost, and in how many months."""
    took = months(view)
    return [
        Line((is_lost(each, view), took), described(each.account, view.window.start, view))
        for each in base(view)
    ]


def churn(lines: list[Line]) -> Fraction | None:
    """The share of the base that was lost."""
    lost: Fraction | None = divided(sum(line.value[0] for line in lines), count(lines))
    return lost


def churn_by(lines: list[Line], wanted: int) -> Any:
    """The churn of so many months, if it goes on as it did."""
    share = churn(lines)
    if share is None:
        return None
    return 1 - float(1 - share) ** float(wanted / lines[0].value[1])


KPIS: dict[str, Kpi] = {
    "new_customers": counted(new_customers),
    "returned_customers": counted(returned_customers),
    "lost_customers": counted(lost_customers),
    "active_customers": counted(active_customers),
    "churn_rate": Kpi(churn, (stayers,)),
    "annual_churn_rate": Kpi(lambda lines: churn_by(lines, 12), (stayers,)),
}
