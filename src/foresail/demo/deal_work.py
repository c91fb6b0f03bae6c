"""What is done about deals and customers."""

from __future__ import annotations

import numpy as np

from foresail.demo import activities as act
from foresail.demo.activities import Block
from foresail.demo.arrays import (
    DAY,
    NEVER,
    NOTHING,
    Flags,
    Ints,
    Random,
    choose,
    expand,
    happens,
    ints,
)
from foresail.demo.clock import work_seconds
from foresail.demo.deals import TYPE_RENEWAL
from foresail.demo.deals_files import told_deals
from foresail.demo.seeds import owner_on
from foresail.demo.story import Story

KIND_WEIGHTS = (0.31, 0.43, 0.13, 0.05, 0.02, 0.06)
ZOMBIE_DAYS = 20


def deal_activities(random: Random, story: Story, part: Ints) -> Block:
    """The work on some deals by each of their owners, from opening to end."""
    deals, clock = story.deals, story.clock
    closed = deals.closed[part]
    end = np.where(closed == NEVER, clock.horizon, closed)
    end = np.where(
        deals.is_zombie[part], np.minimum(end, deals.created[part] + ZOMBIE_DAYS * DAY), end
    )
    changed = deals.owner_changed[part]
    first_end = np.where(changed == NEVER, end, np.minimum(changed, end))
    heirs = np.flatnonzero((changed != NEVER) & (changed < end))
    deal = np.concatenate([part, part[heirs]])
    rep = np.concatenate([deals.owner[part], deals.new_owner[part[heirs]]])
    since = np.concatenate([deals.created[part], changed[heirs]])
    until = np.concatenate([first_end, end[heirs]])
    return _spells(random, story, deal, rep, since, until)


def _spells(random: Random, story: Story, deal: Ints, rep: Ints, since: Ints, until: Ints) -> Block:
    deals, people = story.deals, story.people
    first, last = people.rank_at(rep, since), people.rank_at(rep, until)
    effort = story.causes.deal_care * np.where(deals.kind[deal] == TYPE_RENEWAL, 0.25, 1.0)
    effort = effort * np.exp(story.causes.effort_spread * deals.effort[deal])
    spell, _ = expand(random.poisson(effort * (last - first + 0.4).clip(0)))
    n = len(spell)
    rank = first[spell] + ints(random.random(n) * (last - first + 1)[spell])
    at = people.day_at(rep[spell], rank) * DAY + work_seconds(random, n)
    at = np.maximum(at, since[spell] + 900 + random.integers(0, 3600, n))
    keep = (at < until[spell]) & (at <= story.clock.horizon)
    spell, at = spell[keep], at[keep]
    contact = _contacts(random, story, deals.account[deal[spell]], deals.contact[deal[spell]])
    rows = _work(random, story, rep[spell], at, deals.account[deal[spell]], contact)
    rows["deal"] = deal[spell]
    early = np.maximum(since[spell], rows["booked"])
    rows["booked"] = np.where(rows["booked"] == NEVER, NEVER, np.minimum(early, at - 600))
    return _with_successors(random, story, rows)


def care(random: Random, story: Story) -> Block:
    """The work on customers, by whoever looks after them; large ones get more of it."""
    clock, companies, deals = story.clock, story.companies, story.deals
    won = np.flatnonzero(deals.is_won & (deals.closed != NEVER))
    since = np.full(companies.n, np.iinfo(np.int64).max)
    np.minimum.at(since, deals.account[won], deals.closed[won] // DAY)
    since[companies.n_prospects :] = clock.start_day
    account = np.flatnonzero(since <= clock.until_day)
    start = np.maximum(since[account], clock.start_day)
    weight = np.array([0.6, 1.0, 1.9])[companies.segment[account]]
    months = (clock.until_day - start + 1) / 30.4
    weight = weight * np.exp(story.causes.attention_spread * companies.attention[account])
    place, _ = expand(random.poisson(story.causes.customer_care * weight * months))
    day = start[place] + ints(random.random(len(place)) * (clock.until_day - start + 1)[place])
    rep = owner_on(random, story.people, story.carer[account[place]], day)
    found = story.people.day_at(rep, story.people.rank_at(rep, day * DAY))
    at = found * DAY + work_seconds(random, len(place))
    keep = at <= clock.horizon
    account, rep, at = account[place][keep], rep[keep], at[keep]
    contact = companies.someone(random, account)
    return _with_successors(random, story, _work(random, story, rep, at, account, contact))


def _contacts(random: Random, story: Story, account: Ints, usual: Ints) -> Ints:
    """Mostly the usual contact, now and then somebody else of the company."""
    return np.where(
        random.random(len(usual)) < 0.8, usual, story.companies.someone(random, account)
    )


def _work(random: Random, story: Story, rep: Ints, at: Ints, account: Ints, contact: Ints) -> Block:
    n, skill = len(at), story.people.skill
    kind = choose(random, n, KIND_WEIGHTS)
    kind = np.where((kind == act.EMAIL) & happens(random, skill.social[rep]), act.SOCIAL, kind)
    two_way = (kind == act.CALL) | (kind == act.EMAIL)
    inbound = two_way & (random.random(n) < 0.2)
    answered = happens(random, np.clip(0.33 + 0.1 * skill.connect[rep], 0.2, 0.8))
    calls = np.where(
        inbound,
        np.where(random.random(n) < 0.8, act.CONNECTED, act.NO_ANSWER),
        act.call_outcomes(random, answered),
    )
    mails = np.where(inbound, NOTHING, act.DELIVERED + choose(random, n, (0.72, 0.01, 0.27)))
    how = act.HELD + choose(random, n, (0.84, 0.05, 0.06, 0.05))
    is_meeting = kind == act.MEETING
    outcome = np.select(
        [kind == act.CALL, kind == act.EMAIL, is_meeting], [calls, mails, how], NOTHING
    )
    seconds = np.where(kind == act.CALL, act.call_seconds(random, outcome), NOTHING)
    talk = 1800 * (1 + choose(random, n, (0.5, 0.35, 0.15)))
    is_moved = outcome == act.MOVED
    return act.block(
        n,
        kind=kind,
        direction=inbound.astype(np.int64),
        at=np.where(is_meeting, at - at % 900, at),
        booked=np.where(is_meeting, at - random.integers(4 * 3600, 9 * DAY, n), NEVER),
        seconds=np.where(outcome == act.HELD, talk, seconds),
        completed=(~is_meeting | (outcome == act.HELD)).astype(np.int64),
        rep=rep,
        contact=contact,
        account=account,
        outcome=outcome,
        conversation=np.where((outcome == act.HELD) & (random.random(n) < 0.9), 1, NOTHING),
        moved_by=np.where(is_moved, random.random(n) < story.causes.moved_by_rep, NOTHING),
        number=np.where(inbound & (kind == act.CALL), 0, NOTHING),
    )


def _with_successors(random: Random, story: Story, rows: Block) -> Block:
    """Add the meeting to which each moved one was put off, unless its deal is over by then."""
    moved = np.flatnonzero(rows["outcome"] == act.MOVED)
    n = len(moved)
    asked = rows["at"][moved] + random.integers(1, 8, n) * DAY
    at = story.people.next_moment(random, rows["rep"][moved], asked)
    closed = np.where(rows["deal"][moved] < 0, NEVER, story.deals.closed[rows["deal"][moved]])
    fits = (closed == NEVER) | (at < closed)
    fits &= at < story.clock.horizon + 30 * DAY
    moved, at, n = moved[fits], at[fits], int(fits.sum())
    by_rep = rows["moved_by"][moved] == 1
    kept = np.where(
        by_rep, story.causes.kept_if_moved_by_rep, story.causes.kept_if_moved_by_prospect
    )
    done = at <= story.clock.horizon
    how = np.where(happens(random, kept), act.HELD, act.NO_SHOW + (random.random(n) < 0.5))
    outcome = np.where(done, how, NOTHING)
    held = outcome == act.HELD
    same = ("rep", "contact", "account", "deal")
    successors = act.block(
        n,
        kind=act.MEETING,
        direction=act.OUTBOUND,
        at=at,
        booked=rows["at"][moved] - 1800,
        seconds=np.where(held, 1800, NOTHING),
        completed=held.astype(np.int64),
        outcome=outcome,
        conversation=np.where(held, 1, NOTHING),
        **{name: rows[name][moved] for name in same},
    )
    joined = act.join([rows, successors])
    joined["moved_from"][len(rows["kind"]) :] = moved
    return joined


def plans(random: Random, story: Story) -> Block:
    """The next steps of open deals: meetings and calls that lie ahead."""
    deals, clock = story.deals, story.clock
    open_deals = told_deals(story) & (deals.closed == NEVER) & ~deals.is_zombie
    rows = np.flatnonzero(open_deals & (random.random(deals.n) < 0.6))
    n = len(rows)
    rep = deals.owner_at(np.full(deals.n, clock.horizon))[rows]
    asked = clock.horizon + 1 + ints(random.exponential(5, n).clip(0, 25) * DAY)
    at = story.people.next_moment(random, rep, clock.snap(asked))
    ago = ints(random.exponential(3 * DAY, n)) + 3600
    booked = np.maximum(deals.created[rows] + 60, clock.horizon - ago)
    kind = np.where(random.random(n) < 0.6, act.MEETING, act.CALL)
    planned = act.block(
        n,
        kind=kind,
        direction=act.OUTBOUND,
        at=at,
        booked=np.minimum(booked, clock.horizon),
        completed=0,
        rep=rep,
        contact=deals.contact[rows],
        account=deals.account[rows],
        deal=rows,
    )
    return act.select(planned, _soon(story, at))


def _soon(story: Story, at: Ints) -> Flags:
    return (at > story.clock.horizon) & (at < story.clock.horizon + 60 * DAY)
