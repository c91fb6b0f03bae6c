"""What is done about leads: touches, machine mails, calls that come back, first meetings."""

from __future__ import annotations

import numpy as np

from foresail.demo import activities as act
from foresail.demo.activities import Block
from foresail.demo.arrays import (
    DAY,
    NEVER,
    NOTHING,
    Flags,
    Floats,
    Ints,
    Random,
    chance,
    choose,
    expand,
    happens,
    ints,
)
from foresail.demo.chase import UNDECIDED
from foresail.demo.clock import work_seconds
from foresail.demo.story import Story

HOUR_EFFECT = np.zeros(24)
HOUR_EFFECT[[8, 10, 11, 16, 17]] = 0.3
HOUR_EFFECT[[9, 14]] = 0.1
HOUR_EFFECT[[12, 13]] = -0.4
PLAN_DAYS = 21


def touches(random: Random, story: Story, part: Ints) -> Block:
    """The contacts of some leads, up to the last that took place and the next that is planned."""
    leads, chase, people, clock = story.leads, story.chase, story.people, story.clock
    place, k = expand(chase.touches[part])
    lead = part[place]
    rep, is_last = leads.rep[lead], k == chase.touches[lead] - 1
    ends = is_last & (chase.ends[lead] != UNDECIDED)
    at = _moments(random, story, lead, k, is_last)
    before = np.append(NEVER, at[:-1])
    planned = (at > clock.horizon) & (k > 0) & (before <= clock.horizon)
    planned &= at < clock.horizon + PLAN_DAYS * DAY
    keep = (at <= clock.horizon) | planned
    place, k, lead, rep, ends = place[keep], k[keep], lead[keep], rep[keep], ends[keep]
    at, before, planned = at[keep], before[keep], planned[keep]

    kind = _kinds(random, people.skill.social[rep], ends, leads.is_inbound[lead] & (k == 0))
    logit = story.causes.connect + people.skill.connect[rep] + HOUR_EFFECT[at % DAY // 3600]
    logit = logit + 0.08 * (story.companies.contact_level[leads.contact[lead]] - 2)
    logit += 0.35 * leads.is_inbound[lead]
    answered = happens(random, chance(logit)) | ends
    mail = choose(random, len(k), (0.9, 0.025, 0.075)) + act.DELIVERED
    mail = np.where(ends, act.REPLIED, mail)
    outcome = np.select(
        [planned, kind == act.CALL, kind == act.EMAIL],
        [NOTHING, act.call_outcomes(random, answered), mail],
        NOTHING,
    )
    seconds = act.call_seconds(random, outcome)
    seconds = np.where(ends, np.maximum(seconds, random.integers(150, 900, len(k))), seconds)
    timed = (kind == act.CALL) & ~planned
    return act.block(
        len(k),
        kind=kind,
        direction=act.OUTBOUND,
        at=at,
        booked=np.where(planned, before, NEVER),
        seconds=np.where(timed, seconds, NOTHING),
        completed=(~planned).astype(np.int64),
        rep=rep,
        lead=lead,
        contact=leads.contact[lead],
        account=leads.account[lead],
        outcome=outcome,
        conversation=np.where(ends & (kind == act.CALL), 1, NOTHING),
    )


def _moments(random: Random, story: Story, lead: Ints, k: Ints, is_last: Flags) -> Ints:
    """The moments of touches, in the rep's own working days, the fixed ones where they belong."""
    chase, n = story.chase, len(lead)
    jitter = np.where((k == 0) | is_last, 0.0, random.random(n) * 0.6)
    rank = chase.first_rank[lead] + ints(k * chase.pace[lead] + jitter)
    at = story.people.day_at(story.leads.rep[lead], rank) * DAY + work_seconds(random, n)
    at = np.maximum(at, chase.first_touch[lead] + k * 420)
    left = chase.touches[lead] - 1 - k
    at = np.minimum(at, np.maximum(chase.ended, chase.first_touch)[lead] - left * 420)
    at = np.where(k == 0, chase.first_touch[lead], np.where(is_last, chase.ended[lead], at))
    order = np.lexsort((at, lead))
    return np.asarray(at[order])


def _kinds(random: Random, social: Floats, ends: Flags, answers: Flags) -> Ints:
    u = random.random(len(social))
    call = np.where(answers, 0.74, 0.62)
    kind = np.select(
        [ends & (u < 0.88), ends, u < call, u < 0.985 - social, u < 0.985],
        [act.CALL, act.EMAIL, act.CALL, act.EMAIL, act.SOCIAL],
        act.LETTER,
    )
    return kind.astype(np.int64)


def machine_mails(random: Random, story: Story, part: Ints) -> Block:
    """Confirmations to those who asked, sequences to those who were found."""
    leads, chase, clock = story.leads, story.chase, story.clock
    steps = np.where(leads.is_inbound[part], 1, random.poisson(1.6, len(part)))
    place, k = expand(steps)
    lead = part[place]
    started = np.where(chase.touches[lead] > 0, chase.first_touch[lead], np.iinfo(np.int64).max)
    step = started // DAY * DAY + (2 + 4 * k) * DAY + 7 * 3600 + random.integers(0, 1800, len(k))
    at = np.where(leads.is_inbound[lead], leads.created[lead] + 25, step)
    keep = (at <= clock.horizon) & (at > 0)
    lead, at = lead[keep], at[keep]
    return act.block(
        len(lead),
        kind=act.EMAIL,
        direction=act.OUTBOUND,
        at=at,
        completed=1,
        rep=leads.rep[lead],
        lead=lead,
        contact=leads.contact[lead],
        account=leads.account[lead],
        outcome=act.DELIVERED + choose(random, len(lead), (0.95, 0.04, 0.01)),
        automated=1,
    )


def calls_back(random: Random, story: Story, done: Block) -> Block:
    """Prospects who call back after a voicemail; one in four finds nobody."""
    asked = (done["outcome"] == act.VOICEMAIL) & (random.random(len(done["kind"])) < 0.06)
    rows = np.flatnonzero(asked)
    later = done["at"][rows] + ints(random.exponential(6 * 3600, len(rows))) + 600
    return incoming(random, story, done, rows, story.clock.snap(later), np.zeros(len(rows)))


def incoming(
    random: Random, story: Story, done: Block, rows: Ints, at: Ints, number: Ints | Floats
) -> Block:
    """Inbound calls by the people of earlier activities."""
    keep = at <= story.clock.horizon
    rows, at, n = rows[keep], at[keep], int(keep.sum())
    outcome = np.array([act.CONNECTED, act.NO_ANSWER, act.BUSY])[
        choose(random, n, (0.75, 0.2, 0.05))
    ]
    same = ("rep", "lead", "contact", "account")
    deal = done["deal"][rows]
    closed = np.where(deal < 0, NEVER, story.deals.closed[deal])
    return act.block(
        n,
        kind=act.CALL,
        direction=act.INBOUND,
        at=at,
        seconds=act.call_seconds(random, outcome),
        completed=1,
        outcome=outcome,
        number=np.asarray(number)[keep].astype(np.int64),
        deal=np.where((closed != NEVER) & (at > closed), NOTHING, deal),
        **{name: done[name][rows] for name in same},
    )


def first_meetings(random: Random, story: Story) -> Block:
    """The meetings between prospects and closers, moved ones with their successors."""
    meetings, leads, clock = story.meetings, story.leads, story.clock
    booked = (meetings.at != NEVER) & (meetings.booked <= clock.horizon)
    row, column = np.nonzero(booked)
    lead, how = meetings.lead[row], meetings.how[row, column]
    before = np.append(NOTHING, how[:-1])
    is_next = (column > 0) & (before == 3)
    half_hours = np.array([1800, 1800, 2700, 3600])[choose(random, len(row), (3, 2, 2, 1))]
    return act.block(
        len(row),
        kind=act.MEETING,
        direction=act.OUTBOUND,
        at=meetings.at[row, column],
        booked=meetings.booked[row, column],
        seconds=np.where(how == 0, half_hours + random.integers(-300, 600, len(row)), NOTHING),
        completed=(how == 0).astype(np.int64),
        rep=meetings.closer[row],
        lead=lead,
        contact=leads.contact[lead],
        account=leads.account[lead],
        outcome=np.where(how < 0, NOTHING, act.HELD + how),
        conversation=np.where((how == 0) & (random.random(len(row)) < 0.9), 1, NOTHING),
        moved_by=meetings.by_rep[row, column],
        moved_from=np.where(is_next, np.arange(len(row)) - 1, NOTHING),
    )
