"""The files about what the reps do: activities, and the assets they send."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from foresail.demo import activities as act
from foresail.demo import files, names
from foresail.demo.activities import Block
from foresail.demo.arrays import DAY, NEVER, Flags, Ints, Random, ints
from foresail.demo.deal_work import care, deal_activities, plans
from foresail.demo.deals_files import told_deals
from foresail.demo.lead_work import (
    asset_for,
    calls_back,
    first_meetings,
    incoming,
    machine_mails,
    touches,
)
from foresail.demo.story import Story

LEADS_AT_A_TIME = 40_000
DEALS_AT_A_TIME = 15_000
CLICK, VIEW, CALLBACK = range(3)


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
    _write_content(folder, story)
    ledger = Ledger(random, folder, story)
    told = story.lead_is_told() & (story.leads.created <= story.clock.horizon)
    for part in _pieces(np.flatnonzero(told), LEADS_AT_A_TIME):
        done = touches(random, story, part)
        rows = [done, machine_mails(random, story, part), calls_back(random, story, done)]
        _add_with_content(ledger, act.join(rows), _has_content(random, story, done))
    meetings = first_meetings(random, story)
    ledger.add(act.select(meetings, told[meetings["lead"]]))
    for part in _pieces(np.flatnonzero(told_deals(story)), DEALS_AT_A_TIME):
        done = deal_activities(random, story, part)
        _add_with_content(ledger, done, _is_deal_mail(random, story, done))
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


def _is_deal_mail(random: Random, story: Story, done: Block) -> Flags:
    sent = (done["kind"] == act.EMAIL) & (done["direction"] == act.OUTBOUND)
    return np.asarray(
        sent & (random.random(len(sent)) < 0.7 * story.people.skill.links[done["rep"]])
    )


def _add_with_content(ledger: Ledger, rows: Block, linked: Flags) -> None:
    """Write a block and, for the mails with an asset, what was shared and what came of it."""
    random, story, folder = ledger.random, ledger.story, ledger.folder
    mail = np.flatnonzero(linked)
    asset = asset_for(random, story.companies.segment[rows["account"][mail]])
    called = random.random(len(mail)) < 0.025
    at = story.clock.snap(rows["at"][mail] + ints(random.uniform(0.1, 9, len(mail)) * DAY))
    calls = incoming(random, story, rows, mail[called], at[called], asset[called] + 1)
    first = ledger.add(act.join([rows, calls]))
    folder.add(
        "content_share",
        {
            "activity_id": files.ids("A", first + mail),
            "content_id": files.ids("D", asset + 1),
        },
    )
    _write_events(ledger, rows, mail, asset, first)
    ours = np.flatnonzero(called & (at <= story.clock.horizon))
    _add_events(ledger, rows, mail[ours], asset[ours], first, CALLBACK, at[ours], 0)


def _write_events(ledger: Ledger, rows: Block, mail: Ints, asset: Ints, first: int) -> None:
    """Scanners click at once; people click within hours, and half of them read on."""
    random, n = ledger.random, len(mail)
    sent, u = rows["at"][mail], random.random(n)
    delivered = rows["outcome"][mail] != act.BOUNCED
    bots = np.flatnonzero(delivered & (u < 0.07))
    fast = sent[bots] + random.integers(1, 5, len(bots))
    _add_events(ledger, rows, mail[bots], asset[bots], first, CLICK, fast, 1)
    people = np.flatnonzero(delivered & (random.random(n) < 0.2))
    later = sent[people] + 90 + ints(random.exponential(9 * 3600, len(people)))
    _add_events(ledger, rows, mail[people], asset[people], first, CLICK, later, 0)
    readers = people[half := random.random(len(people)) < 0.5]
    _add_events(ledger, rows, mail[readers], asset[readers], first, VIEW, later[half] + 20, 0)


def _add_events(
    ledger: Ledger,
    rows: Block,
    mail: Ints,
    asset: Ints,
    first: int,
    kind: int,
    at: Ints,
    is_bot: int,
) -> None:
    keep = at <= ledger.story.clock.horizon
    mail, asset, at = mail[keep], asset[keep], at[keep]
    lead, n = rows["lead"][mail], int(keep.sum())
    ledger.folder.add(
        "content_event",
        {
            "content_id": files.ids("D", asset + 1),
            "activity_id": files.ids("A", first + mail),
            "lead_id": files.ids("L", np.where(lead < 0, lead, lead + 1)),
            "kind": files.pick(("click", "view", "callback"), np.full(n, kind)),
            "occurred_at": files.instants(ledger.story.clock.utc(at)),
            "is_bot": files.flags(np.full(n, is_bot)),
        },
    )


def _write_content(folder: files.Folder, story: Story) -> None:
    assets, n = names.ASSETS, len(names.ASSETS)
    published = story.clock.first - 40 + np.arange(n) * 13 % 97
    retired = np.full(n, NEVER)
    retired[n - 1] = story.clock.until_day - 90
    folder.add(
        "content",
        {
            "content_id": files.ids("D", np.arange(n) + 1),
            "name": files.texts([asset[0] for asset in assets]),
            "kind": files.texts([asset[1] for asset in assets]),
            "published_on": files.dates(np.minimum(published, story.clock.first)),
            "retired_on": files.dates(retired),
            "segment": files.texts([asset[2] or None for asset in assets]),
            "stage": files.texts([asset[3] for asset in assets]),
            "tracking_number": files.texts([act.tracking_number(index) for index in range(n)]),
        },
    )
