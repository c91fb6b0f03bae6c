"""Subscriptions as they run: an entry for each stretch at one price, cut where it changes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from foresail.demo.arrays import (
    NEVER,
    NOTHING,
    Flags,
    Floats,
    Ints,
    Random,
    chance,
    choose_by_row,
    happens,
    ints,
)
from foresail.demo.causes import Causes
from foresail.demo.clock import Clock, as_date, day_number
from foresail.demo.prospects import Companies

SETTLED = 180
"""Days for which a price stays before a rise on 1 January can touch it."""

UNHAPPY = -0.5
REASON_WEIGHTS = (
    (0.24, 0.26, 0.38, 0.05, 0.07),
    (0.33, 0.22, 0.12, 0.2, 0.13),
)
"""Why customers leave: those who are dissatisfied, and the others."""


@dataclass(frozen=True)
class Subscriptions:
    """One entry per subscription at one price."""

    account: Ints
    contact: Ints
    product: Ints
    started: Ints
    ended: Ints
    reason: Ints
    yearly: Floats
    deal: Ints
    anniversary: Ints

    @property
    def n(self) -> int:
        """How many entries there are."""
        return len(self.account)

    def rows(self, chosen: Ints | Flags) -> Subscriptions:
        """Some of the entries."""
        return Subscriptions(
            **{field.name: getattr(self, field.name)[chosen] for field in fields(self)}
        )

    def runs_on(self, day: int) -> Flags:
        """Which entries are in force on a day."""
        return np.asarray((self.started <= day) & ((self.ended == NEVER) | (self.ended >= day)))


def joined(parts: list[Subscriptions]) -> Subscriptions:
    """Several groups of entries as one."""
    return Subscriptions(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Subscriptions)
        }
    )


def lived(
    random: Random, clock: Clock, causes: Causes, companies: Companies, found: Subscriptions
) -> Subscriptions:
    """Terms as they were lived: some ended early, some with other prices on the way."""
    return _with_changes(
        random, clock, causes, companies, _leave_early(random, clock, causes, companies, found)
    )


def reasons(random: Random, companies: Companies, account: Ints) -> Ints:
    """Why each of these accounts leaves."""
    mood = (companies.satisfaction[account] >= UNHAPPY).astype(np.int64)
    return choose_by_row(random, np.array(REASON_WEIGHTS), mood)


def _leave_early(
    random: Random, clock: Clock, causes: Causes, companies: Companies, found: Subscriptions
) -> Subscriptions:
    """End some subscriptions in the middle of their term."""
    by_size = np.array([causes.small_on_leaving, 0.0, causes.large_on_leaving])
    tilt = causes.satisfaction_on_leaving * companies.satisfaction[found.account]
    hazard = causes.monthly_churn * np.exp(tilt + by_size[companies.segment[found.account]])
    since = np.maximum(found.started, clock.first)
    day = since + 30 + ints(random.exponential(30.4 / hazard))
    leaves = (day < found.anniversary) & (day <= clock.until_day)
    reason = reasons(random, companies, found.account)
    return replace(
        found,
        ended=np.where(leaves, day, found.ended),
        reason=np.where(leaves, reason, found.reason),
    )


def _with_changes(
    random: Random, clock: Clock, causes: Causes, companies: Companies, found: Subscriptions
) -> Subscriptions:
    """Cut entries where more or less is booked, and where prices rise."""
    rises = _januaries(clock)
    done, going = [found.rows(np.empty(0, dtype=np.int64))], found
    while going.n:
        base = np.maximum(going.started, clock.first)
        booked = base + 60 + ints(random.exponential(365 / causes.seat_changes_a_year, going.n))
        rise = rises[np.searchsorted(rises, going.started + SETTLED)]
        day = np.minimum(booked, rise)
        end = np.where(going.ended == NEVER, clock.until_day + 1, going.ended)
        changes = (day > base) & (day < np.minimum(end, going.anniversary))
        factor = _factors(random, causes, companies, going.account, booked < rise)
        first, later = going.rows(changes), day[changes]
        done += [
            going.rows(~changes),
            replace(first, ended=later - 1, reason=np.full(first.n, NOTHING)),
        ]
        price = np.maximum(120, np.round(first.yearly * factor[changes] / 12) * 12)
        going = replace(first, started=later, yearly=price)
    return joined(done)


def _januaries(clock: Clock) -> Ints:
    """Each 1 January that is simulated, and a day after everything."""
    years = range(as_date(clock.first).year, clock.until.year + 1)
    firsts = [day_number(clock.until.replace(year=year, month=1, day=1)) for year in years]
    return np.array([*(day for day in firsts if day > clock.first), np.iinfo(np.int64).max])


def _factors(
    random: Random, causes: Causes, companies: Companies, account: Ints, is_booked: Flags
) -> Floats:
    """By what each price changes: the list's rise, or more or fewer seats."""
    n = len(account)
    logit = 0.9 + causes.satisfaction_on_seats * companies.satisfaction[account]
    step = np.exp(random.normal(-1.6, 0.5, n)).clip(0.05, 0.8)
    seats = np.where(happens(random, chance(logit)), 1 + step, 1 - 0.8 * step)
    return np.where(is_booked, seats, 1 + causes.price_rise)
