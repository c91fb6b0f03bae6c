"""Whom the reps sell to: leads as they come in, their companies and people."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from foresail.demo import files, names
from foresail.demo.arrays import (
    DAY,
    NOTHING,
    Flags,
    Floats,
    Ints,
    Random,
    choose,
    choose_by_row,
    happens,
    ints,
)
from foresail.demo.causes import Causes
from foresail.demo.clock import Clock, request_seconds, work_seconds
from foresail.demo.people import People
from foresail.demo.skill import AE

CUSTOMERS_PER_REP = 28
LEADS_PER_ACCOUNT = 1.7
SIZE_EDGES = (150, 1000)


@dataclass(frozen=True)
class Companies:
    """Accounts and their contacts; the last accounts were customers before the story begins."""

    region: Ints
    country: Ints
    trade: Ints
    employees: Ints
    segment: Ints
    n_prospects: int
    first_contact: Ints
    contact_account: Ints
    contact_level: Ints
    contact_knowledge: Ints
    names: pa.Array
    satisfaction: Floats
    """How content each company is, or would be, as a customer: the average is 0, the spread 1."""
    attention: Floats
    """How much more than usual is done for each customer: the average is 0, the spread 1."""

    @property
    def n(self) -> int:
        """How many accounts there are."""
        return len(self.region)

    def someone(self, random: Random, account: Ints) -> Ints:
        """A contact of each account."""
        count = np.diff(np.append(self.first_contact, len(self.contact_account)))[account]
        return self.first_contact[account] + ints(random.random(len(account)) * count)


@dataclass(frozen=True)
class Leads:
    """Requests and prospects, in the order of their creation."""

    created: Ints
    rep: Ints
    source: Ints
    account: Ints
    contact: Ints
    fit: Floats

    @property
    def n(self) -> int:
        """How many leads there are."""
        return len(self.created)

    @property
    def is_inbound(self) -> Flags:
        """Whether the prospect came to the company."""
        return self.source < names.INBOUND_SOURCES


def make_prospects(
    random: Random, clock: Clock, causes: Causes, people: People
) -> tuple[Companies, Leads]:
    """The leads of the whole stretch of time, and the companies they belong to."""
    created, rep, source = _arrivals(random, clock, causes, people)
    region = people.team_at(rep, created // DAY) % len(names.REGIONS)
    companies = make_companies(random, people, region)
    account = _accounts_for(random, companies, region)
    contact = companies.someone(random, account)
    fit = random.normal(0, 0.8, len(created))
    fit += np.array(names.SOURCE_EFFECTS)[source] - 0.12 * (companies.contact_level[contact] - 2)
    return companies, Leads(created, rep, source, account, contact, fit)


def _arrivals(
    random: Random, clock: Clock, causes: Causes, people: People
) -> tuple[Ints, Ints, Ints]:
    """Moment, rep and source of each lead: found by the reps, or sent by prospects."""
    share = np.where(people.openers, 1.0, np.where(people.role == AE, causes.closers_open, 0.02))
    live = clock.days <= clock.until_day
    rate = people.productivity * (share * people.skill.diligence)[:, None] * live
    counts = random.poisson(rate * causes.outbound_leads_per_day)
    rep, day = (
        np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1)
    )
    found = (clock.first + day) * DAY + work_seconds(random, len(day))

    head_count = np.maximum((people.employed * share[:, None]).sum(axis=0), 0.0)
    requests = random.poisson(head_count * clock.season() * causes.inbound_leads_per_day * live)
    asked_day = np.repeat(np.arange(clock.n_days), requests)
    takers = np.where(people.openers, 1.0, 0.0)
    asked_rep = choose_by_row(random, (people.employed * takers[:, None]).T, asked_day)
    asked = (clock.first + asked_day) * DAY + request_seconds(random, len(asked_day))

    inbound, outbound = names.SOURCE_WEIGHTS
    source = np.concatenate(
        [
            names.INBOUND_SOURCES + choose(random, len(found), outbound),
            choose(random, len(asked), inbound),
        ]
    )
    created = np.concatenate([found, asked])
    order = np.argsort(created, kind="stable")
    return created[order], np.concatenate([rep, asked_rep])[order], source[order]


def make_companies(random: Random, people: People, lead_region: Ints) -> Companies:
    """Prospects for the leads of each region, then the customers from before."""
    per_region = np.bincount(lead_region, minlength=len(names.REGIONS))
    prospects = np.where(per_region > 0, 20 + ints(per_region / LEADS_PER_ACCOUNT), 0)
    n_old = people.n * CUSTOMERS_PER_REP
    old = choose(random, n_old, np.bincount(people.region, minlength=len(names.REGIONS)) + 0.0)
    region = np.concatenate([np.repeat(np.arange(len(names.REGIONS)), prospects), old])
    n = len(region)
    employees = ints(np.exp(random.normal(5.1, 1.35, n))).clip(4, 60_000)
    weights = np.zeros((len(names.REGIONS), 4))
    for index, row in enumerate(names.COUNTRY_WEIGHTS):
        weights[index, : len(row)] = row
    country = choose_by_row(random, weights, region)
    trade = random.integers(0, len(names.INDUSTRY_OF_TRADE), n)
    contacts = 1 + random.poisson(0.8 + 0.5 * np.searchsorted(SIZE_EDGES, employees))
    contact_account = np.repeat(np.arange(n), contacts)
    level = choose(random, len(contact_account), (0.1, 0.13, 0.24, 0.35, 0.18))
    return Companies(
        region=region,
        country=country,
        trade=trade,
        employees=employees,
        segment=np.searchsorted(SIZE_EDGES, employees).astype(np.int64),
        n_prospects=n - n_old,
        first_contact=np.cumsum(contacts) - contacts,
        contact_account=contact_account,
        contact_level=level,
        contact_knowledge=_knowledge(random, level),
        names=_company_names(random.spawn(1)[0], region, country, trade),
        satisfaction=random.normal(0, 1, n),
        attention=random.normal(0, 1, n),
    )


def _knowledge(random: Random, level: Ints) -> Ints:
    """Whether each contact decides: 1 yes, 0 no, -1 not known."""
    decides = happens(random, np.array([0.95, 0.85, 0.65, 0.35, 0.05])[level])
    return np.where(random.random(len(level)) < 0.25, NOTHING, decides.astype(np.int64))


def _accounts_for(random: Random, companies: Companies, region: Ints) -> Ints:
    size = np.bincount(companies.region[: companies.n_prospects], minlength=len(names.REGIONS))
    start = np.cumsum(size) - size
    return start[region] + ints(random.random(len(region)) ** 1.15 * size[region])


def _company_names(random: Random, region: Ints, country: Ints, trade: Ints) -> pa.Array:
    """Names such as "Rheintal Verpackung Ulm GmbH" and "Keller & Roth Handel AG".

    No two of one trade and region are alike until all are used up. They are drawn apart from
    everything else: other names change no figure.
    """
    n_trades = len(names.INDUSTRY_OF_TRADE)
    heads, tails, first = _ways_to_be_called()
    number = _number_within(region * n_trades + trade)
    chosen = np.zeros(len(region), np.int64)
    for index in range(len(names.REGIONS)):
        size = first[index + 1] - first[index]
        orders = np.array([random.permutation(size) for _ in range(n_trades)])
        there = region == index
        chosen[there] = first[index] + orders[trade[there], number[there] % size]
    forms = [
        form
        for countries in names.COUNTRIES
        for name in (*countries, *countries[:1] * (4 - len(countries)))
        for form in names.LEGAL_FORMS[name]
    ]
    form = (region * 4 + country) * 3 + choose(random, len(region), (0.7, 0.12, 0.18))
    trades = pa.array(" ".join(names.TRADES).split())
    return pc.binary_join_element_wise(
        files.pick(heads, chosen),
        files.pick(trades, region * n_trades + trade),
        files.pick(tails, chosen),
        files.pick(forms, form),
        " ",
        null_handling="skip",
    )


def _ways_to_be_called() -> tuple[pa.Array, pa.Array, list[int]]:
    """What may stand before and behind a company's trade, and where each region's begin."""
    heads: list[str] = []
    tails: list[str | None] = []
    first = [0]
    for stems, cities, last in zip(names.STEMS, names.CITIES, names.LAST, strict=True):
        own = [(stem, city) for stem in stems.split() for city in (None, *cities.split())]
        own += [(f"{one} & {other}", None) for one, other in permutations(last.split(), 2)]
        heads += [head for head, _ in own]
        tails += [tail for _, tail in own]
        first.append(len(heads))
    return pa.array(heads), pa.array(tails, pa.string()), first


def _number_within(group: Ints) -> Ints:
    """The place of each element among those of its group, from 0."""
    order = np.argsort(group, kind="stable")
    in_order = group[order]
    starts = np.flatnonzero(np.r_[True, in_order[1:] != in_order[:-1]])
    lengths = np.diff(np.r_[starts, len(group)])
    places = np.empty(len(group), np.int64)
    places[order] = np.arange(len(group)) - np.repeat(starts, lengths)
    return places
