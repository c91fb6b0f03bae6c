"""How each lead goes: answered or not, contacted how often, qualified, met, accepted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foresail.demo.arrays import (
    DAY,
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
from foresail.demo.clock import Clock, work_seconds
from foresail.demo.people import People
from foresail.demo.prospects import Leads
from foresail.demo.skill import AE

UNDECIDED, QUALIFIED, REFUSED = range(3)
HELD, NO_SHOW, CANCELLED, MOVED = range(4)

NOTICE = 14
"""Days before the last one in which a leaving closer takes no new leads."""

ELSEWHERE = 0.12
"""How often a closer of another team helps out, relative to one of the own team."""


@dataclass(frozen=True)
class Chase:
    """The course of each lead up to its hand-over; moments that lie ahead are kept as planned."""

    assigned: Ints
    first_rank: Ints
    first_touch: Ints
    touches: Ints
    pace: Floats
    ends: Ints
    ended: Ints
    with_content: Flags


@dataclass(frozen=True)
class Meetings:
    """First meetings with a closer: at most three tries in a chain, one column for each."""

    lead: Ints
    closer: Ints
    booked: Ints
    at: Ints
    how: Ints
    by_rep: Ints
    held: Ints
    accepted: Flags


def make_chase(random: Random, clock: Clock, causes: Causes, people: People, leads: Leads) -> Chase:
    """Decide for each lead when it is first contacted, how often, and how that ends."""
    n, rep, skill, inbound = leads.n, leads.rep, people.skill, leads.is_inbound
    assigned = _assignment(random, leads)
    minutes = skill.minutes_to_answer[rep] * np.exp(random.normal(-0.35, 1.35, n))
    wait = np.where(inbound, minutes * 60, random.exponential(1.2 * DAY, n) + 600)
    first_touch = people.next_moment(random, rep, assigned + ints(wait))
    ignored = chance(-3.1 + 0.5 * np.log2(skill.minutes_to_answer[rep] / 38)) * inbound
    first_touch = np.where(happens(random, ignored), NEVER, first_touch)

    hours = np.where(inbound, (first_touch - leads.created) / 3600, 0.0).clip(0.05, 500)
    with_content = happens(random, np.minimum(0.9, 1.6 * skill.links[rep]))
    logit = np.where(inbound, causes.qualify_inbound, causes.qualify_outbound) + leads.fit
    logit += (
        skill.qualify[rep]
        + causes.connect_effect * skill.connect[rep]
        + causes.content_effect * with_content
    )
    logit += np.where(inbound, causes.speed_effect * np.log2(np.maximum(hours, 0.25) / 0.25), 0)
    needed = np.where(inbound, random.geometric(0.3, n), 1 + random.negative_binomial(2, 0.32, n))
    refused_at = random.geometric(np.where(inbound, 0.055, 0.045))
    stamina = np.where(inbound, causes.touches_inbound, causes.touches_outbound)
    willing = 1 + random.poisson(
        np.maximum(0.1, stamina * skill.persistence[rep] - 1) * random.gamma(2.2, 1 / 2.2, n)
    )
    qualifies = happens(random, chance(logit)) & (needed <= willing)
    refuses = ~qualifies & (refused_at <= willing)
    touches = np.where(qualifies, needed, np.where(refuses, refused_at, willing))
    touches = np.where(first_touch == NEVER, 0, touches)

    pace = 1.0 + random.exponential(np.where(inbound, 0.7, 1.1))
    first_rank = people.rank_at(rep, np.where(first_touch == NEVER, leads.created, first_touch))
    last_day = people.day_at(rep, first_rank + ints((touches - 1) * pace))
    ended = np.where(touches == 1, first_touch, last_day * DAY + work_seconds(random, n))
    ends = np.where(qualifies, QUALIFIED, np.where(refuses, REFUSED, UNDECIDED))
    ends = np.where((touches == 0) | (ended > clock.horizon), UNDECIDED, ends)
    return Chase(assigned, first_rank, first_touch, touches, pace, ends, ended, with_content)


def _assignment(random: Random, leads: Leads) -> Ints:
    """When each lead is given to its rep: own finds at once, requests after some minutes."""
    slow = random.random(leads.n) < 0.06
    minutes = np.exp(random.normal(1.2, 1.0, leads.n)) * np.where(slow, 60, 1)
    return leads.created + np.where(leads.is_inbound, ints(minutes * 60), 30)


def make_meetings(
    random: Random, clock: Clock, causes: Causes, people: People, leads: Leads, chase: Chase
) -> Meetings:
    """The first meetings of all qualified leads."""
    lead = np.flatnonzero(chase.ends == QUALIFIED)
    n, booked = len(lead), chase.ended[lead] + 300
    closer = _closers(random, people, leads.rep[lead], booked)
    keeps = people.skill.keeps_meetings[leads.rep[lead]]
    shows = np.exp(-keeps)

    at = np.full((n, 3), NEVER)
    bookings, how, by_rep = at.copy(), np.full((n, 3), NOTHING), np.full((n, 3), NOTHING)
    limit = clock.horizon + 60 * DAY
    alive, moved_by = np.ones(n, dtype=bool), np.full(n, NOTHING)
    moment = booked
    for column in range(3):
        slot = _slot(random, people, closer, moment)
        alive &= slot < limit
        at[:, column] = np.where(alive, slot, NEVER)
        bookings[:, column] = np.where(alive, moment, NEVER)
        result = _result(random, causes, shows, moved_by, is_last=column == 2)
        how[:, column] = np.where(alive & (at[:, column] <= clock.horizon), result, NOTHING)
        moved_by = np.where(result == MOVED, random.random(n) < causes.moved_by_rep, NOTHING)
        by_rep[:, column] = np.where(how[:, column] == MOVED, moved_by, NOTHING)
        tries_again = (result == MOVED) | ((result == NO_SHOW) & (random.random(n) < 0.55))
        alive &= tries_again & (how[:, column] >= 0)
        at_now = np.where(alive, at[:, column], booked)
        moment = at_now - np.where(result == MOVED, 3 * 3600, -2 * 3600)
    held = np.where(how == HELD, at, NEVER).max(axis=1)
    judgement = (
        causes.accepted + 0.5 * people.skill.qualify[leads.rep[lead]] + 0.4 * leads.fit[lead]
    )
    accepted = (held != NEVER) & happens(random, chance(judgement))
    return Meetings(lead, closer, bookings, at, how, by_rep, held, accepted)


def _closers(random: Random, people: People, opener: Ints, moment: Ints) -> Ints:
    """Who takes over: the opener, if a closer, else a closer, mostly of the same team."""
    closes = people.role == AE if (people.role == AE).any() else people.role >= 0
    day = np.clip(moment // DAY + NOTICE - people.first, 0, people.employed.shape[1] - 1)
    team = people.team_at(opener, moment // DAY)
    found = opener.copy()
    for code in range(len(people.teams)):
        rows = np.flatnonzero((team == code) & ~closes[opener])
        wanted = closes * np.where(people.team == code, 1.0, ELSEWHERE)
        weights = (people.employed * wanted[:, None]).T
        found[rows] = choose_by_row(random, weights, day[rows])
    return found


def _slot(random: Random, people: People, closer: Ints, booked: Ints) -> Ints:
    """A half hour in the closer's calendar, one to nine working days later."""
    rank = people.rank_at(closer, booked + DAY) + random.binomial(8, 0.28, len(closer))
    half_hours = ints(random.random(len(closer)) * 15)
    return people.day_at(closer, rank) * DAY + 9 * 3600 + half_hours * 1800


def _result(
    random: Random, causes: Causes, shows: Floats, moved_by: Ints, *, is_last: bool
) -> Ints:
    """How a meeting goes, given who moved the one before it."""
    n = len(shows)
    absent, moved = causes.no_show * shows, np.full(n, 0.0 if is_last else causes.moved)
    cancelled = np.full(n, 0.05)
    kept = np.where(moved_by == 1, causes.kept_if_moved_by_rep, causes.kept_if_moved_by_prospect)
    lost = np.where(moved_by == NOTHING, 0.0, 1 - kept)
    cancelled = np.where(moved_by == NOTHING, cancelled, lost * 0.45)
    absent = np.where(moved_by == NOTHING, absent, lost * 0.55)
    moved = np.where(moved_by == NOTHING, moved, 0.0)
    u = random.random(n)
    edges = np.cumsum([absent, cancelled, moved], axis=0)
    return np.select(
        [u < edges[0], u < edges[1], u < edges[2]], [NO_SHOW, CANCELLED, MOVED], HELD
    ).astype(np.int64)
