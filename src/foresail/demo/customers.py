"""What happens after the win: subscriptions, their renewals and their ends."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from foresail.demo import names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Flags, Floats, Ints, Random, choose, ints
from foresail.demo.causes import Causes
from foresail.demo.clock import Clock
from foresail.demo.deals import TYPE_RENEWAL, Deals, play
from foresail.demo.people import People
from foresail.demo.prospects import Companies
from foresail.demo.seeds import AMOUNT_BY_SEGMENT, from_renewals

YEAR = 365
NOTICE = 75
TERM_WEIGHTS = (0.4, 0.35, 0.25)
"""Contracts over one, two and three years."""

REASON_WEIGHTS = (0.27, 0.25, 0.28, 0.12, 0.08)


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
        """How many subscriptions there are."""
        return len(self.account)


def run_subscriptions(
    random: Random,
    clock: Clock,
    causes: Causes,
    people: People,
    companies: Companies,
    carer: Ints,
    deals: Deals,
) -> tuple[Subscriptions, list[Deals]]:
    """The subscriptions of old and new customers, and the deals about their renewals."""
    found = _leave_early(
        random, clock, causes, _join([_old(random, clock, companies), _of_wins(random, deals, 0)])
    )
    generation, renewals = np.arange(found.n), list[Deals]()
    offset = deals.n
    while True:
        due = generation[
            (found.anniversary[generation] - NOTICE <= clock.until_day)
            & (found.ended[generation] == NEVER)
            & (found.started[generation] <= clock.until_day)
        ]
        if not len(due):
            return found, renewals
        run = play(
            random,
            clock,
            people,
            from_renewals(
                random,
                clock,
                causes,
                people,
                due,
                found.account[due],
                found.contact[due],
                carer[found.account[due]],
                found.product[due],
                found.yearly[due],
                found.anniversary[due],
            ),
        )
        is_told = run.created <= clock.horizon
        run = _keep(run, is_told)
        found = _end(random, clock, found, run)
        fresh = _leave_early(random, clock, causes, _of_wins(random, run, offset, found))
        generation = np.arange(found.n, found.n + fresh.n)
        found = _join([found, fresh])
        renewals.append(run)
        offset += run.n


def _join(parts: list[Subscriptions]) -> Subscriptions:
    return Subscriptions(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Subscriptions)
        }
    )


def _keep(deals: Deals, rows: Flags) -> Deals:
    return Deals(**{field.name: getattr(deals, field.name)[rows] for field in fields(Deals)})


def _old(random: Random, clock: Clock, companies: Companies) -> Subscriptions:
    """The subscriptions of the customers from before, one or two each."""
    account = np.repeat(
        np.arange(companies.n_prospects, companies.n),
        1 + (random.random(companies.n - companies.n_prospects) < 0.25),
    )
    n = len(account)
    anniversary = clock.first + 80 + random.integers(0, 2 * YEAR, n)
    product = random.integers(0, len(names.PRODUCTS), n)
    middle = np.array(AMOUNT_BY_SEGMENT)[companies.segment[account]]
    yearly = middle * np.array(names.PRODUCT_PRICES)[product] * np.exp(random.normal(0, 0.4, n))
    return Subscriptions(
        account=account,
        contact=companies.someone(random, account),
        product=product,
        started=anniversary - YEAR * random.integers(2, 7, n),
        ended=np.full(n, NEVER),
        reason=np.full(n, NOTHING),
        yearly=np.round(yearly / 50) * 50,
        deal=np.full(n, NOTHING),
        anniversary=anniversary,
    )


def _of_wins(
    random: Random, deals: Deals, offset: int, before: Subscriptions | None = None
) -> Subscriptions:
    """A subscription for each won deal; a renewed one goes on where the former ends."""
    won = np.flatnonzero(deals.is_won & (deals.closed != NEVER))
    n = len(won)
    terms = 1 + choose(random, n, TERM_WEIGHTS)
    started = deals.closed[won] // DAY + random.integers(3, 25, n)
    if before is not None:
        started = before.anniversary[deals.subscription[won]]
    return Subscriptions(
        account=deals.account[won],
        contact=deals.contact[won],
        product=deals.product[won],
        started=started,
        ended=np.full(n, NEVER),
        reason=np.full(n, NOTHING),
        yearly=deals.amount_at(np.iinfo(np.int64).max)[won],
        deal=won + offset,
        anniversary=started + YEAR * terms,
    )


def _leave_early(
    random: Random, clock: Clock, causes: Causes, found: Subscriptions
) -> Subscriptions:
    """End some subscriptions in the middle of their term."""
    since = np.maximum(found.started, clock.first)
    day = since + 30 + ints(random.exponential(30.4 / causes.monthly_churn, found.n))
    leaves = (day < found.anniversary) & (day <= clock.until_day)
    reason = choose(random, found.n, REASON_WEIGHTS)
    return replace(
        found,
        ended=np.where(leaves, day, found.ended),
        reason=np.where(leaves, reason, found.reason),
    )


def _end(random: Random, clock: Clock, found: Subscriptions, renewals: Deals) -> Subscriptions:
    """End the terms that were not renewed, and, without a reason, those that were."""
    ended, reason = found.ended.copy(), found.reason.copy()
    decided = (renewals.closed != NEVER) & (renewals.kind == TYPE_RENEWAL)
    last_day = found.anniversary[renewals.subscription] - 1
    decided &= last_day < clock.until_day
    which = renewals.subscription[decided]
    ended[which] = last_day[decided]
    drawn = choose(random, len(which), REASON_WEIGHTS)
    reason[which] = np.where(renewals.is_won[decided], NOTHING, drawn)
    return replace(found, ended=ended, reason=reason)
