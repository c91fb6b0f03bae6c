"""Opportunities: how each moves through its pipeline, what changes on the way, how it ends."""

from __future__ import annotations

from dataclasses import dataclass, fields

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
from foresail.demo.clock import Clock
from foresail.demo.people import People
from foresail.demo.skill import AE

NEW, EXPANSION = range(2)
PIPELINES = ("New business", "Expansion")
STAGES = (
    ("Discovery", "Evaluation", "Proposal", "Negotiation", "Won", "Lost"),
    ("Identified", "Scoping", "Offer", "Contract", "Won", "Lost"),
)
PROBABILITIES = ((0.1, 0.25, 0.45, 0.7, 1.0, 0.0), (0.2, 0.4, 0.6, 0.85, 1.0, 0.0))
WON, LOST = 4, 5

PATH = (0, 1, 2, 1, 2, LOST, 2, 3, NOTHING)
"""The stages of the slots of a path; returns and re-openings use the middle ones."""

TYPE_NEW, TYPE_EXPANSION, TYPE_RENEWAL = range(3)
LEAK_WEIGHTS = (0.19, 0.32, 0.33, 0.16)
MOVE_GAP = 660


@dataclass(frozen=True)
class Seeds:
    """Deals as they are opened."""

    created: Ints
    account: Ints
    contact: Ints
    lead: Ints
    owner: Ints
    opener: Ints
    kind: Ints
    product: Ints
    subscription: Ints
    amount: Floats
    cycle_days: Floats
    effort: Floats
    logit: Floats


@dataclass(frozen=True)
class Deals(Seeds):
    """Deals with their course as far as it is known; `entered` has a column per slot of `PATH`."""

    entered: Ints
    stage: Ints
    closed: Ints
    is_won: Flags
    is_zombie: Flags
    new_owner: Ints
    owner_changed: Ints
    expected: Ints
    expected_moved: Ints
    quoted: Floats
    final: Floats

    @property
    def n(self) -> int:
        """How many deals there are."""
        return len(self.created)

    @property
    def pipeline(self) -> Ints:
        """The pipeline each deal runs through."""
        return np.where(self.kind == TYPE_NEW, NEW, EXPANSION)

    def rows(self, chosen: Flags) -> Deals:
        """Some of the deals."""
        return Deals(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def owner_at(self, moment: Ints) -> Ints:
        """The owner of each deal at a moment."""
        changed = (self.owner_changed != NEVER) & (moment >= self.owner_changed)
        return np.where(changed, self.new_owner, self.owner)

    def amount_at(self, horizon: int) -> Floats:
        """What each deal is worth as last written down."""
        quoted = np.where(_by(self.entered[:, 2], horizon), self.quoted, self.amount)
        return np.where(_by(self.entered[:, 7], horizon), self.final, quoted)


def join(parts: list[Deals]) -> Deals:
    """Several runs of deals as one."""
    return Deals(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Deals)
        }
    )


def play(random: Random, clock: Clock, people: People, seeds: Seeds) -> Deals:
    """Let the deals run up to the end of the last day."""
    n = len(seeds.created)
    is_won = happens(random, chance(seeds.logit))
    is_zombie = ~is_won & (random.random(n) < 0.09) & (seeds.kind != TYPE_RENEWAL)
    cycle = np.where(is_zombie, 400.0, seeds.cycle_days * np.where(is_won, 1.0, 0.85))
    used = _path(random, people, seeds, is_won)
    entered = _moments(random, clock, seeds.created, cycle, used)
    closed = np.where(_by(entered[:, 8], clock.horizon), entered[:, 8], NEVER)
    entered = np.where(_by(entered, clock.horizon), entered, NEVER)
    entered[:, 5] = np.where(entered[:, 6] == NEVER, NEVER, entered[:, 5])
    quoted = seeds.amount * np.where(
        (random.random(n) < 0.55) & (seeds.kind != TYPE_RENEWAL),
        np.exp(random.normal(0.02, 0.16, n)),
        1.0,
    )
    discounted = random.random(n) < np.where(seeds.kind == TYPE_RENEWAL, 0.1, 0.5)
    discount = np.where(discounted, random.uniform(0.82, 0.99, n), 1.0)
    new_owner, changed = _hand_over(random, clock, people, seeds, closed)
    expected, moved = _expectations(random, clock, seeds, closed, cycle)
    return Deals(
        **{field.name: getattr(seeds, field.name) for field in fields(Seeds)},
        entered=entered,
        stage=_present_stage(entered, is_won),
        closed=closed,
        is_won=is_won,
        is_zombie=is_zombie,
        new_owner=new_owner,
        owner_changed=changed,
        expected=expected,
        expected_moved=moved,
        quoted=_round(quoted),
        final=_round(quoted * discount),
    )


def _by(moment: Ints, horizon: int) -> Flags:
    return np.asarray((moment != NEVER) & (moment <= horizon))


def _round(amounts: Floats) -> Floats:
    return np.round(amounts / 50) * 50


def _path(random: Random, people: People, seeds: Seeds, is_won: Flags) -> Flags:
    """Which slots of the path each deal goes through."""
    n = len(is_won)
    weights = np.tile(LEAK_WEIGHTS, (people.n, 1))
    weights[np.arange(people.n), people.skill.leaks_at] *= 2.2
    depth = np.where(is_won, 3, choose_by_row(random, weights, seeds.owner))
    skips = random.random((n, 4)) < np.array([0.0, 0.05, 0.07, 0.10])
    used = np.zeros((n, len(PATH)), dtype=bool)
    used[:, 0] = True
    for slot, stage in ((1, 1), (2, 2), (7, 3)):
        used[:, slot] = (depth >= stage) & ~skips[:, stage]
    returns = used[:, 2] & (random.random(n) < 0.05)
    used[:, 3] = returns
    used[:, 4] = returns & (random.random(n) < 0.8)
    reopened = used[:, 2] & (random.random(n) < 0.02)
    used[:, 5] = reopened
    used[:, 6] = reopened
    used[:, 8] = True
    return used


def _moments(random: Random, clock: Clock, created: Ints, cycle: Floats, used: Flags) -> Ints:
    """When each slot is entered, in working hours and in order."""
    n, slots = used.shape
    parts = np.sort(random.random((n, slots)) ** 1.15, axis=1)
    parts[:, 0], parts[:, -1] = 0.0, 1.0
    raw = created[:, None] + ints(parts * cycle[:, None] * DAY)
    moments = clock.snap(raw) + np.arange(slots) * MOVE_GAP
    moments[:, 0] = created
    return np.where(used, moments, NEVER)


def _present_stage(entered: Ints, is_won: Flags) -> Ints:
    last = (len(PATH) - 1) - np.argmax((entered != NEVER)[:, ::-1], axis=1)
    stage = np.array(PATH)[last]
    return np.where(stage == NOTHING, np.where(is_won, WON, LOST), stage)


def _hand_over(
    random: Random, clock: Clock, people: People, seeds: Seeds, closed: Ints
) -> tuple[Ints, Ints]:
    """The rep who takes the deal over, and when: as the owner leaves, or now and then."""
    n = len(closed)
    left = people.left[seeds.owner]
    leaving = np.where(left == NEVER, NEVER, left * DAY + 16 * 3600)
    by_chance = seeds.created + ints(random.uniform(3, 40, n) * DAY)
    by_chance = np.where(random.random(n) < 0.03, clock.snap(by_chance), NEVER)
    changed = np.where(leaving == NEVER, by_chance, leaving)
    closes = people.role >= AE if (people.role >= AE).any() else people.role >= 0
    stays = closes & (people.left == NEVER)
    day = np.clip(changed // DAY - clock.first, 0, clock.n_days - 1)
    weights = (people.employed & stays[:, None]).T.astype(np.float64)
    successor = choose_by_row(random, weights, day)
    end = np.where(closed == NEVER, clock.horizon, closed)
    valid = (changed != NEVER) & (changed > seeds.created) & (changed < end)
    valid &= (successor != seeds.owner) & stays[successor]
    return np.where(valid, successor, NOTHING), np.where(valid, changed, NEVER)


def _expectations(
    random: Random, clock: Clock, seeds: Seeds, closed: Ints, cycle: Floats
) -> tuple[Ints, Ints]:
    """The expected closing days as written down one after the other, and when they were written.

    The first column is the first guess. A rep who is orderly pushes the date when it passes.
    """
    n = len(cycle)
    known = np.minimum(cycle, 90) * np.exp(random.normal(-0.3, 0.45, n))
    expected, moved = np.full((n, 5), NEVER), np.full((n, 5), NEVER)
    expected[:, 0] = seeds.created // DAY + ints(known) + 3
    end = np.where(closed == NEVER, clock.horizon, closed)
    going = np.ones(n, dtype=bool)
    for push in range(1, 5):
        due = expected[:, push - 1]
        noticed = clock.snap((due + random.integers(-4, 4, n)) * DAY + 10 * 3600) + push * MOVE_GAP
        noticed = np.maximum(noticed, seeds.created + push * 3600)
        going &= (noticed < end) & (random.random(n) < 0.86)
        expected[:, push] = np.where(going, due + random.integers(10, 50, n), NEVER)
        moved[:, push] = np.where(going, noticed, NEVER)
        expected[:, push] = np.where(going, expected[:, push], due)
    return expected, moved
