"""Stretches of service: who is a customer, from which day to which."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tests.oracle import deals
from tests.oracle.calendar import DAY, day_of, local_day
from tests.oracle.links import account_of_deal, root
from tests.oracle.memory import once
from tests.oracle.records import Subscription
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
    """An account is a customer from the day of its first win in force on, without an end."""
    won = defaultdict(list)
    for deal in deals.visible(view):
        close = deals.close_at(deal, view.as_of, view.world)
        company = account_of_deal(view.world, deal)
        if close is not None and close[0] == "won" and company is not None:
            won[company.account_id].append(close[1])
    first = {
        company: min((each for each in closes if each is not None), default=None)
        for company, closes in won.items()
    }
    return [
        Spell(company, 1, day_of(at, view.world.settings) if at else None, None)
        for company, at in first.items()
    ]
