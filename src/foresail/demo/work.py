"""The files about what the reps do: activities, and the assets they send."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from foresail.demo import activities as act
from foresail.demo import files
from foresail.demo.activities import Block
from foresail.demo.arrays import DAY, Flags, Ints, Random, happens, ints
from foresail.demo.content import (
    CALLBACK,
    asset_for,
    write_clicks,
    write_content,
    write_events,
    write_shares,
)
from foresail.demo.deal_work import care, deal_activities, plans
from foresail.demo.deals_files import told_deals
from foresail.demo.lead_work import (
    calls_back,
    first_meetings,
    incoming,
    machine_mails,
    touches,
)
from foresail.demo.story import Story

LEADS_AT_A_TIME = 40_000
DEALS_AT_A_TIME = 15_000
CALLED = 0.025
"""Share of assets after which somebody calls their number."""


class Ledger:
    """The activity file as it grows, and the numbers given to its rows."""

    def __init__(self, random: Random, folder: files.Folder, story: Story) -> None:
        self.random, self.folder, self.story = random, folder, story
        self.next = 1

    def add(self, rows: Block) -> int:
        """Write a block; the number of its first row."""
        first = self.next
        rows = act.decorate(self.random, rows)
        self.folder.add("activity", act.columns(self.story.clock, rows, first))
        self.next += len(rows["kind"])
        return first


def write_work(random: Random, folder: files.Folder, story: Story) -> None:
    """Write all activities, piece by piece, and the sharing of assets."""
    write_content(folder, story)
    ledger = Ledger(random, folder, story)
    told = story.lead_is_told() & (story.leads.created <= story.clock.horizon)
    for part in _pieces(np.flatnonzero(told), LEADS_AT_A_TIME):
        done = touches(random, story, part)
        rows = [done, machine_mails(random, story, part), calls_back(random, story, done)]
        _add_with_content(ledger, act.join(rows), _has_content(random, story, done))
    meetings = first_meetings(random, story)
    met = act.select(meetings, told[meetings["lead"]])
    _add_with_content(ledger, met, _shows_content(random, story, met))
    for part in _pieces(np.flatnonzero(told_deals(story)), DEALS_AT_A_TIME):
        done = deal_activities(random, story, part)
        _add_with_content(ledger, done, _shows_content(random, story, done))
    ledger.add(care(random, story))
    ledger.add(plans(random, story))


def _pieces(rows: Ints, size: int) -> Iterator[Ints]:
    for start in range(0, max(1, len(rows)), size):
        yield rows[start : start + size]


def _has_content(random: Random, story: Story, done: Block) -> Flags:
    """The follow-up mails to leads in which an asset is linked."""
    lead = done["lead"]
    follows = np.append(False, lead[1:] == lead[:-1]) & (done["kind"] == act.EMAIL)
    sent = (done["at"] <= story.clock.horizon) & story.chase.with_content[lead]
    return np.asarray(follows & sent & (random.random(len(lead)) < 0.6))


def _shows_content(random: Random, story: Story, done: Block) -> Flags:
    """The mails in which an asset is linked, and the meetings in which one is shown."""
    sent = (done["kind"] == act.EMAIL) & (done["direction"] == act.OUTBOUND)
    share = np.where(sent, 0.7, np.where(done["outcome"] == act.HELD, 0.5, 0.0))
    return happens(random, share * story.people.skill.links[done["rep"]])


def _add_with_content(ledger: Ledger, done: Block, shared: Flags) -> None:
    """Write a block and, where an asset was shared, which, and what came of it."""
    random, story, folder = ledger.random, ledger.story, ledger.folder
    rows = np.flatnonzero(shared)
    segment = story.companies.segment[done["account"][rows]]
    tailors, day = story.people.skill.tailors[done["rep"][rows]], done["at"][rows] // DAY
    asset = asset_for(random, story, segment, tailors, day)
    called = random.random(len(rows)) < CALLED
    at = done["at"][rows] + ints(random.uniform(0.1, 9, len(rows)) * DAY)
    at = story.clock.snap(at)[called]
    calls = incoming(random, story, done, rows[called], at, asset[called] + 1)
    first = ledger.add(act.join([done, calls]))
    write_shares(folder, rows, asset, first)
    write_clicks(random, folder, story, done, rows, asset, first)
    write_events(folder, story, done, rows[called], asset[called], first, CALLBACK, at, is_bot=0)
