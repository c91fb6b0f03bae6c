"""The assets that reps send and show: which fits, which was to be had, and what came of it."""

from __future__ import annotations

import numpy as np

from foresail.demo import activities as act
from foresail.demo import files, names
from foresail.demo.activities import Block
from foresail.demo.arrays import NEVER, Floats, Ints, Random, choose_by_row, happens
from foresail.demo.clock import Clock
from foresail.demo.story import Story

CLICK, VIEW, CALLBACK = range(3)
FITS = 6.0
"""How much more often a rep who looks for a fitting asset takes one made for the segment."""

OPENED = 0.2
SCANNED = 0.07


def write_content(folder: files.Folder, story: Story) -> None:
    """Write the assets."""
    assets, n = names.ASSETS, len(names.ASSETS)
    published, retired = _availability(story.clock)
    folder.add(
        "content",
        {
            "content_id": files.ids("D", np.arange(n) + 1),
            "name": files.texts([asset.name for asset in assets]),
            "kind": files.texts([asset.kind for asset in assets]),
            "published_on": files.dates(published),
            "retired_on": files.dates(retired),
            "segment": files.texts([asset.segment or None for asset in assets]),
            "stage": files.texts([asset.stage for asset in assets]),
            "tracking_number": files.texts([act.tracking_number(index) for index in range(n)]),
        },
    )


def _availability(clock: Clock) -> tuple[Ints, Ints]:
    """The first and last day of each asset; most were there before the story begins."""
    span = clock.until_day - clock.start_day
    begins = np.array([asset.published for asset in names.ASSETS])
    ends = np.array([asset.retired for asset in names.ASSETS])
    before = clock.first - 40 - np.arange(len(begins)) * 13 % 97
    published = np.where(begins == 0, before, clock.start_day + (span * begins).astype(np.int64))
    retired = np.where(ends == 0, NEVER, clock.start_day + (span * ends).astype(np.int64))
    return published, retired


def asset_for(random: Random, story: Story, segment: Ints, tailors: Floats, day: Ints) -> Ints:
    """An asset that is to be had on each day; who tailors takes one made for the segment."""
    made_for = np.array([asset.segment for asset in names.ASSETS])
    popular = np.array([asset.popularity for asset in names.ASSETS])
    fits = made_for[None, :] == np.array(names.SEGMENTS)[:, None]
    weights = np.concatenate([np.tile(popular, (len(fits), 1)), popular * np.where(fits, FITS, 1)])
    fitting = happens(random, tailors).astype(np.int64)
    asset = choose_by_row(random, weights, segment + len(fits) * fitting)
    published, retired = _availability(story.clock)
    is_there = (published[asset] <= day) & ((retired[asset] == NEVER) | (retired[asset] >= day))
    return np.where(is_there, asset, 0)


def write_shares(folder: files.Folder, rows: Ints, asset: Ints, first: int) -> None:
    """Write which asset was shared in which activity, counted from the block's first row."""
    folder.add(
        "content_share",
        {
            "activity_id": files.ids("A", first + rows),
            "content_id": files.ids("D", asset + 1),
        },
    )


def write_clicks(
    random: Random,
    folder: files.Folder,
    story: Story,
    done: Block,
    rows: Ints,
    asset: Ints,
    first: int,
) -> None:
    """Scanners click at once; people click within hours, and half of them read on."""
    n, sent = len(rows), done["at"][rows]
    arrived = (done["kind"][rows] == act.EMAIL) & (done["outcome"][rows] != act.BOUNCED)
    bots = np.flatnonzero(arrived & (random.random(n) < SCANNED))
    people = np.flatnonzero(arrived & (random.random(n) < OPENED))
    readers = people[half := random.random(len(people)) < 0.5]
    fast = sent[bots] + random.integers(1, 5, len(bots))
    later = sent[people] + 90 + random.exponential(9 * 3600, len(people)).astype(np.int64)
    for some, kind, at, is_bot in (
        (bots, CLICK, fast, 1),
        (people, CLICK, later, 0),
        (readers, VIEW, later[half] + 20, 0),
    ):
        write_events(folder, story, done, rows[some], asset[some], first, kind, at, is_bot)


def write_events(
    folder: files.Folder,
    story: Story,
    done: Block,
    rows: Ints,
    asset: Ints,
    first: int,
    kind: int,
    at: Ints,
    is_bot: int,
) -> None:
    """Write what happened with the assets shared in some activities, as far as it is past."""
    keep = at <= story.clock.horizon
    rows, asset, at = rows[keep], asset[keep], at[keep]
    lead, n = done["lead"][rows], int(keep.sum())
    folder.add(
        "content_event",
        {
            "content_id": files.ids("D", asset + 1),
            "activity_id": files.ids("A", first + rows),
            "lead_id": files.ids("L", np.where(lead < 0, lead, lead + 1)),
            "kind": files.pick(("click", "view", "callback"), np.full(n, kind)),
            "occurred_at": files.instants(story.clock.utc(at)),
            "is_bot": files.flags(np.full(n, is_bot)),
        },
    )
