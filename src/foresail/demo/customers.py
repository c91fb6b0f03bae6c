"""What happens after the win: subscriptions, their renewals, their ends, and who comes back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from foresail.demo import names
from foresail.demo.arrays import DAY, NEVER, NOTHING, Ints, Random, choose
from foresail.demo.causes import Causes
from foresail.demo.clock import Clock
from foresail.demo.deals import TYPE_RENEWAL, Deals, play
from foresail.demo.people import People
from foresail.demo.prospects import Companies
from foresail.demo.seeds import AMOUNT_BY_SEGMENT, from_lost, from_renewals
from foresail.demo.subscriptions import Subscriptions, joined, lived, reasons

YEAR = 365
NOTICE = 75
TERM_WEIGHTS = (0.4, 0.35, 0.25)
"""Contracts over one, two and three years."""


def run_subscriptions(
    random: Random,
    clock: Clock,
    causes: Causes,
    people: People,
    companies: Companies,
    carer: Ints,
    deals: Deals,
) -> tuple[Subscriptions, list[Deals]]:
    """The subscriptions of old and new customers, and the deals about renewing and returning."""
    signed = joined([_old(random, clock, companies), _of_wins(random, deals, 0)])
    found = lived(random, clock, causes, companies, signed)
    generation, later, offset = np.arange(found.n), list[Deals](), deals.n
    while len(due := _due(clock, found, generation)):
        seeds = from_renewals(random, clock, causes, people, companies, found, due, carer)
        run = _told(clock, play(random, clock, people, seeds))
        found = _end(random, clock, companies, found, run)
        fresh = lived(random, clock, causes, companies, _of_wins(random, run, offset, found))
        generation = np.arange(found.n, found.n + fresh.n)
        found = joined([found, fresh])
        later.append(run)
        offset += run.n
    seeds = from_lost(random, clock, causes, people, companies, found, carer)
    run = _told(clock, play(random, clock, people, seeds))
    fresh = lived(random, clock, causes, companies, _of_wins(random, run, offset))
    return joined([found, fresh]), [*later, run]


def _due(clock: Clock, found: Subscriptions, generation: Ints) -> Ints:
    """The entries of a generation whose renewal is to be talked about."""
    is_due = (
        (found.anniversary[generation] - NOTICE <= clock.until_day)
        & (found.ended[generation] == NEVER)
        & (found.started[generation] <= clock.until_day)
    )
    return np.asarray(generation[is_due])


def _told(clock: Clock, run: Deals) -> Deals:
    return run.rows(run.created <= clock.horizon)


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


def _end(
    random: Random, clock: Clock, companies: Companies, found: Subscriptions, renewals: Deals
) -> Subscriptions:
    """End the terms that were not renewed, and, without a reason, those that were."""
    ended, reason = found.ended.copy(), found.reason.copy()
    decided = (renewals.closed != NEVER) & (renewals.kind == TYPE_RENEWAL)
    last_day = found.anniversary[renewals.subscription] - 1
    decided &= last_day < clock.until_day
    which = renewals.subscription[decided]
    ended[which] = last_day[decided]
    drawn = reasons(random, companies, found.account[which])
    reason[which] = np.where(renewals.is_won[decided], NOTHING, drawn)
    return replace(found, ended=ended, reason=reason)
