"""Everything that was decided before the first row is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foresail.demo.arrays import NEVER, NOTHING, Flags, Ints, Random
from foresail.demo.causes import Causes
from foresail.demo.chase import Chase, Meetings, make_chase, make_meetings
from foresail.demo.clock import Clock
from foresail.demo.customers import run_subscriptions
from foresail.demo.deals import Deals, join, play
from foresail.demo.people import People, make_people
from foresail.demo.prospects import Companies, Leads, make_prospects
from foresail.demo.seeds import carers, from_customers, from_leads
from foresail.demo.subscriptions import Subscriptions

CURRENCIES = ("EUR", "GBP", "USD")


@dataclass(frozen=True)
class Story:
    """The whole course of events; what follows only writes it down."""

    clock: Clock
    causes: Causes
    people: People
    companies: Companies
    leads: Leads
    chase: Chase
    meetings: Meetings
    deals: Deals
    subscriptions: Subscriptions
    carer: Ints

    def currency(self, account: Ints) -> Ints:
        """The currency each account pays in: pounds in Britain, here and there dollars."""
        british = (self.companies.region == 1) & (self.companies.country == 0)
        dollars = (self.companies.region == 2) & (np.arange(self.companies.n) % 5 < 2)
        return np.select([british, dollars], [1, 2], 0)[account].astype(np.int64)

    def deal_of_lead(self) -> Ints:
        """The deal that came from each lead."""
        deal = np.full(self.leads.n, NOTHING)
        has_lead = np.flatnonzero(self.deals.lead >= 0)
        deal[self.deals.lead[has_lead]] = has_lead
        return deal

    def lead_is_told(self) -> Flags:
        """Whether a lead has anything to tell after the first day; older ones are left out."""
        deal = self.deal_of_lead()
        closed = np.where(deal < 0, NEVER, self.deals.closed[deal])
        still_open = (deal >= 0) & (closed == NEVER)
        start = self.clock.start_day * 86_400
        last = np.maximum(self.chase.ended, self.leads.created)
        return np.asarray((last >= start) | (closed >= start) | still_open)


def make_story(random: Random, clock: Clock, causes: Causes, reps: int) -> Story:
    """Let the organisation live through the whole stretch of time."""
    people = make_people(random, clock, causes, reps)
    companies, leads = make_prospects(random, clock, causes, people)
    chase = make_chase(random, clock, causes, people, leads)
    meetings = make_meetings(random, clock, causes, people, leads, chase)
    carer = carers(random, people, companies.region)
    seeds = from_leads(random, causes, people, companies, leads, chase, meetings)
    grown = from_customers(random, clock, people, companies, carer)
    deals = join([play(random, clock, people, seeds), play(random, clock, people, grown)])
    subscriptions, renewals = run_subscriptions(
        random, clock, causes, people, companies, carer, deals
    )
    return Story(
        clock=clock,
        causes=causes,
        people=people,
        companies=companies,
        leads=leads,
        chase=chase,
        meetings=meetings,
        deals=join([deals, *renewals]),
        subscriptions=subscriptions,
        carer=carer,
    )
