"""Where deals come from: accepted leads, growing customers, and renewals."""

from __future__ import annotations

import numpy as np

from foresail.demo import names
from foresail.demo.arrays import (
    DAY,
    NEVER,
    NOTHING,
    Floats,
    Ints,
    Random,
    choose,
    choose_by_row,
    ints,
)
from foresail.demo.causes import Causes
from foresail.demo.chase import Chase, Meetings
from foresail.demo.clock import Clock, work_seconds
from foresail.demo.deals import TYPE_EXPANSION, TYPE_NEW, TYPE_RENEWAL, Seeds
from foresail.demo.people import People
from foresail.demo.prospects import Companies, Leads
from foresail.demo.skill import AE, AM
from foresail.demo.subscriptions import Subscriptions

AMOUNT_BY_SEGMENT = (3_400, 8_900, 24_000)
CYCLE_BY_SEGMENT = (24, 42, 76)
EXPANSIONS_A_YEAR = 0.7
PRODUCT_WEIGHTS = (0.34, 0.3, 0.22, 0.14)
FOREVER = np.iinfo(np.int64).max


def from_leads(
    random: Random,
    causes: Causes,
    people: People,
    companies: Companies,
    leads: Leads,
    chase: Chase,
    meetings: Meetings,
) -> Seeds:
    """New business: a deal for each lead that a closer accepted."""
    rows = np.flatnonzero(meetings.accepted)
    lead, owner = meetings.lead[rows], meetings.closer[rows]
    n, account = len(lead), leads.account[lead]
    hours = ((chase.first_touch[lead] - leads.created[lead]) / 3600).clip(0.25, 500)
    speed = np.where(leads.is_inbound[lead], np.log2(hours / 0.25), 4.0)
    segment = companies.segment[account]
    logit = causes.win + people.skill.win[owner] + 0.35 * leads.fit[lead]
    logit += causes.win_speed_effect * (speed - 4.0) + np.array([0.15, 0.0, -0.2])[segment]
    effort = random.normal(0, 1, n)
    logit += causes.win_contact_effect * effort
    return Seeds(
        created=meetings.held[rows] + 1800 + random.integers(0, 5400, n),
        account=account,
        contact=leads.contact[lead],
        lead=lead,
        owner=owner,
        opener=leads.rep[lead],
        kind=np.full(n, TYPE_NEW),
        product=(product := choose(random, n, PRODUCT_WEIGHTS)),
        subscription=np.full(n, NOTHING),
        amount=_amounts(random, segment, product),
        cycle_days=_cycles(random, segment),
        effort=effort,
        logit=logit,
    )


def from_customers(
    random: Random, clock: Clock, people: People, companies: Companies, carer: Ints
) -> Seeds:
    """Expansions of the old customers; key accounts grow more often."""
    old = np.arange(companies.n_prospects, companies.n)
    years = (clock.until_day - clock.first) / 365
    size = 0.5 + 0.6 * companies.segment[old]
    account = np.repeat(old, random.poisson(EXPANSIONS_A_YEAR * years * size))
    n = len(account)
    day = clock.first + random.integers(0, clock.until_day - clock.first + 1, n)
    created = clock.snap(day * DAY + work_seconds(random, n))
    account, created = account[created <= clock.horizon], created[created <= clock.horizon]
    n, owner = len(account), owner_on(random, people, carer[account], created // DAY)
    segment = companies.segment[account]
    product = choose(random, n, (0.2, 0.3, 0.35, 0.15))
    return Seeds(
        created=created,
        account=account,
        contact=companies.someone(random, account),
        lead=np.full(n, NOTHING),
        owner=owner,
        opener=owner,
        kind=np.full(n, TYPE_EXPANSION),
        product=product,
        subscription=np.full(n, NOTHING),
        amount=_amounts(random, segment, product) * 0.5,
        cycle_days=_cycles(random, segment) * 0.7,
        effort=random.normal(0, 1, n),
        logit=-0.1 + people.skill.win[owner],
    )


def from_renewals(
    random: Random,
    clock: Clock,
    causes: Causes,
    people: People,
    companies: Companies,
    found: Subscriptions,
    due: Ints,
    carer: Ints,
) -> Seeds:
    """A deal for each subscription whose term ends, opened about two months before."""
    n, account = len(due), found.account[due]
    lead_time = random.integers(45, 75, n)
    created = clock.snap((found.anniversary[due] - lead_time) * DAY + work_seconds(random, n))
    owner = owner_on(random, people, carer[account], created // DAY)
    logit = causes.renewed + 0.4 * people.skill.win[owner]
    logit += causes.satisfaction_on_renewal * companies.satisfaction[account]
    logit += causes.attention_on_renewal * companies.attention[account]
    return Seeds(
        created=created,
        account=account,
        contact=found.contact[due],
        lead=np.full(n, NOTHING),
        owner=owner,
        opener=owner,
        kind=np.full(n, TYPE_RENEWAL),
        product=found.product[due],
        subscription=due,
        amount=np.round(found.yearly[due] * np.exp(random.normal(0.02, 0.09, n)) / 50) * 50,
        cycle_days=lead_time - random.uniform(3, 30, n),
        effort=random.normal(0, 1, n),
        logit=logit,
    )


def from_lost(
    random: Random,
    clock: Clock,
    causes: Causes,
    people: People,
    companies: Companies,
    found: Subscriptions,
    carer: Ints,
) -> Seeds:
    """A new deal for some of the customers that left, months later."""
    last = np.full(companies.n, NEVER)
    np.maximum.at(last, found.account, np.where(found.ended == NEVER, FOREVER, found.ended))
    gone = (last != NEVER) & (last < clock.until_day)
    account = np.flatnonzero(gone & (random.random(companies.n) < causes.comes_back))
    day = last[account] + 60 + ints(random.exponential(90, len(account)))
    account, day = account[day <= clock.until_day], day[day <= clock.until_day]
    n, segment = len(account), companies.segment[account]
    product = choose(random, n, PRODUCT_WEIGHTS)
    owner = owner_on(random, people, carer[account], day)
    return Seeds(
        created=clock.snap(day * DAY + work_seconds(random, n)),
        account=account,
        contact=companies.someone(random, account),
        lead=np.full(n, NOTHING),
        owner=owner,
        opener=owner,
        kind=np.full(n, TYPE_NEW),
        product=product,
        subscription=np.full(n, NOTHING),
        amount=_amounts(random, segment, product),
        cycle_days=_cycles(random, segment) * 0.7,
        effort=random.normal(0, 1, n),
        logit=-0.2 + people.skill.win[owner] + 0.3 * companies.satisfaction[account],
    )


def carers(random: Random, people: People, region: Ints) -> Ints:
    """Who looks after each account once it is a customer: an account manager, else a closer."""
    for role in (AM, AE, 0):
        able = (people.role == role) & (people.left == NEVER)
        if able.any():
            break
    n_regions = len(names.REGIONS)
    weights = np.array([able & (people.region == code) for code in range(n_regions)], dtype=float)
    weights[weights.sum(axis=1) == 0] = able
    return choose_by_row(random, weights, region)


def owner_on(random: Random, people: People, wanted: Ints, day: Ints) -> Ints:
    """The wanted rep, or, before the hiring or after the leaving, somebody who is there."""
    index = np.clip(day - people.first, 0, people.employed.shape[1] - 1)
    closes = people.role >= AE if (people.role >= AE).any() else people.role >= 0
    weights = (people.employed & closes[:, None]).T.astype(np.float64)
    return np.where(people.employed[wanted, index], wanted, choose_by_row(random, weights, index))


def _amounts(random: Random, segment: Ints, product: Ints) -> Floats:
    """Yearly amounts, log-normal, in steps of 50."""
    middle = np.array(AMOUNT_BY_SEGMENT)[segment] * np.array(names.PRODUCT_PRICES)[product]
    drawn = middle * np.exp(random.normal(0, 0.42, len(middle)))
    return np.asarray(np.maximum(600, np.round(drawn / 50) * 50))


def _cycles(random: Random, segment: Ints) -> Floats:
    middle = np.array(CYCLE_BY_SEGMENT)[segment]
    return np.asarray(middle * np.exp(random.normal(0, 0.5, len(middle)))).clip(2, 300)
