"""Stretches of service: who is a customer, from which day to which."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tests.oracle import deals
from tests.oracle.calendar import DAY, day_of, local_day
from tests.oracle.links import account_of_deal, root
from tests.oracle.memory import once
from tests.oracle.records import Moment, Opportunity, Subscription
from tests.oracle.view import View


@dataclass(frozen=True)
class Spell:
    """Service of an account without a gap, as known at T; `last` is None while it goes on.

    `first` is unknown of a customer by a win without a date.
    """

    account: str
    number: int
    first: dt.date | None
    last: dt.date | None
    rows: tuple[Subscription, ...] = ()

    def serves(self, day: dt.date) -> bool:
        """Whether it covers a day."""
        begun = self.first is not None and self.first <= day
        return begun and (self.last is None or day <= self.last)


def last_day(row: Subscription, view: View) -> dt.date | None:
    """The last day of a subscription; None: it is not known to have ended by T."""
    if row.ended_on is None or row.started_on is None:
        return None
    last = max(row.started_on, row.ended_on)
    return last if last < today(view) else None


def today(view: View) -> dt.date:
    """The organisation's date at T."""
    return local_day(view.as_of, view.world.settings)


@once
def subscriptions(view: View) -> dict[str, list[Subscription]]:
    """The subscriptions of each account that began by T, in their order."""
    found = defaultdict(list)
    for row in view.world.subscription:
        company = root(view.world, "account", row.account_id)
        if company is not None and row.started_on is not None and row.started_on <= today(view):
            found[company].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.started_on, row.subscription_id))
    return dict(found)


@once
def spells(view: View) -> list[Spell]:
    """The spells of all accounts: by subscriptions, where any are loaded, else by wins."""
    if not view.world.subscription:
        return _by_wins(view)
    return [
        spell
        for company, rows in subscriptions(view).items()
        for spell in _chained(company, rows, view)
    ]


def _chained(company: str, rows: list[Subscription], view: View) -> list[Spell]:
    """A row that starts on the day after another ended, or before, carries on."""
    found: list[Spell] = []
    for row in rows:
        assert row.started_on is not None
        last = last_day(row, view)
        before = found[-1] if found else None
        if before and (before.last is None or row.started_on <= before.last + DAY):
            ends = None if before.last is None or last is None else max(before.last, last)
            both = (*before.rows, row)
            found[-1] = Spell(company, before.number, before.first, ends, both)
        else:
            found.append(Spell(company, len(found) + 1, row.started_on, last, (row,)))
    return found


def _by_wins(view: View) -> list[Spell]:
    """An account is a customer from the day of its first win in force on, without an end.

    A deal without an account is a customer of its own.
    """
    won = defaultdict(list)
    for deal, at in _wins(view):
        won[company_of(deal, view) or own_name(deal)].append(at)
    first = {
        company: min((each for each in closes if each is not None), default=None)
        for company, closes in won.items()
    }
    return [
        Spell(company, 1, day_of(at, view.world.settings) if at else None, None)
        for company, at in first.items()
    ]


def _wins(view: View) -> list[tuple[Opportunity, Moment | None]]:
    """The deals whose win is in force at T, with its moment."""
    found = [(deal, deals.close_at(deal, view.as_of, view.world)) for deal in deals.visible(view)]
    return [(deal, close[1]) for deal, close in found if close is not None and close[0] == "won"]


def company_of(deal: Opportunity, view: View) -> str | None:
    """The account of a deal, described by a row or not."""
    company = account_of_deal(view.world, deal)
    return company.account_id if company else root(view.world, "account", deal.account_id)


def own_name(deal: Opportunity) -> str:
    """The customer that a deal without an account is."""
    return f"deal {deal.opportunity_id}"


@once
def own_deals(view: View) -> dict[str, tuple[Opportunity, Moment | None]]:
    """The wins without an account, by the customer that each of them is."""
    return {own_name(deal): (deal, at) for deal, at in _wins(view) if not company_of(deal, view)}
