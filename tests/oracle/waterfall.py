"""The waterfall of the pipeline: from the open value at a window's first instant to that at E."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.oracle import deals
from tests.oracle.calendar import DAY, first_instant
from tests.oracle.links import survivors
from tests.oracle.people import credit
from tests.oracle.records import Opportunity, World
from tests.oracle.view import View

GAINS = ("created", "reopened", "raised", "moved_in", "pulled_in")
LOSSES = ("lowered", "won", "lost", "deleted", "moved_out", "pushed_out")
NOTHING = Fraction(0)
Parts = dict[str, Fraction]


@dataclass(frozen=True)
class Standing:
    """A deal at an instant: "new", "open", "won", "lost" or "deleted", its worth, whose, when due.

    The worth is that at the rate of E; one that is not known is nothing.
    """

    state: str
    worth: Fraction
    slice: Any
    is_due: bool


def waterfall(view: View, by: str | None = None, due: bool = False) -> dict[Any, Parts]:
    """The parts of each slice (None: the whole), each above zero, though gains add and losses take.

    `by` is "rep" or "team"; with `due`, only what is expected to close before the window's end.
    `opening` is at the rate of the window's first instant; `revalued` may be below zero.
    """
    found: dict[Any, Parts] = defaultdict(
        lambda: dict.fromkeys(("opening", "revalued", *GAINS, *LOSSES, "closing"), NOTHING)
    )
    for deal in survivors(view.world, "opportunity"):
        if deals.made_at(deal, view.world) is None:
            continue
        timeline = [_standing(deal, at, view, by, due) for at in _instants(deal, view)]
        first, last = timeline[0], timeline[-1]
        if _counts(first):
            day = deals.local(view.starts_at, view)
            opening = deals.amount_at(deal, view.starts_at, day, view.world) or NOTHING
            found[first.slice]["opening"] += opening
            found[first.slice]["revalued"] += first.worth - opening
        for before, after in pairwise(timeline):
            for slice_, part, amount in _steps(before, after):
                found[slice_][part] += amount
        if _counts(last):
            found[last.slice]["closing"] += last.worth
    return dict(found)


def balance(parts: Parts) -> Fraction:
    """What the closing value must be."""
    gained = sum((parts[name] for name in GAINS), parts["opening"] + parts["revalued"])
    return gained - sum((parts[name] for name in LOSSES), NOTHING)


def _instants(deal: Opportunity, view: View) -> list[dt.datetime]:
    """The window's first instant, E, and between them every one at which something may change."""
    world, key = view.world, deal.opportunity_id
    made = deals.made_at(deal, world)
    moments = [made, deal.closed_at, deal.deleted_at]
    moments += [row.entered_at for row in world.opportunity_stage if row.opportunity_id == key]
    moments += [row.changed_at for row in world.opportunity_change if row.opportunity_id == key]
    days = [row.valid_from for row in world.rep_assignment]
    days += [row.valid_to + DAY for row in world.rep_assignment if row.valid_to]
    instants = {moment.at for moment in moments if moment}
    instants |= {first_instant(day, world.settings) for day in days}
    between = {at for at in instants if view.starts_at < at < view.stands_at}
    return sorted({view.starts_at, *between, view.stands_at})


def _standing(
    deal: Opportunity, at: dt.datetime, view: View, by: str | None, due: bool
) -> Standing:
    world = view.world
    worth = deals.amount_at(deal, at, view.stands_on, world) or NOTHING
    expected = deals.due_at(deal, at, world)
    is_due = not due or (expected is not None and expected < view.window.end)
    return Standing(_state(deal, at, world), worth, _slice(deal, at, view, by), is_due)


def _state(deal: Opportunity, at: dt.datetime, world: World) -> str:
    made = deals.made_at(deal, world)
    if made is None or made.at > at:
        return "new"
    if deal.deleted_at is not None and deal.deleted_at.at <= at:
        return "deleted"
    close = deals.close_at(deal, at, world)
    return close[0] if close else "open"


def _slice(deal: Opportunity, at: dt.datetime, view: View, by: str | None) -> Any:
    if by is None:
        return None
    owner = deals.owner_at(deal, at, view.world)
    return credit(view.world, owner, deals.local(at, view))[by]


def _counts(standing: Standing) -> bool:
    return standing.state == "open" and standing.is_due


def _steps(before: Standing, after: Standing) -> Iterator[tuple[Any, str, Fraction]]:
    """What changed at an instant, one thing at a time: whose, how much, when due, then the state.

    What begins, or is open again, does so as it stands then; what ends, ends as it stands then.
    """
    if before.state != "open":
        if _counts(after):
            part = "created" if before.state == "new" else "reopened"
            yield after.slice, part, after.worth
        return
    if before.is_due and before.slice != after.slice:
        yield before.slice, "moved_out", before.worth
        yield after.slice, "moved_in", before.worth
    if before.is_due and after.worth != before.worth:
        part = "raised" if after.worth > before.worth else "lowered"
        yield after.slice, part, abs(after.worth - before.worth)
    if before.is_due != after.is_due:
        yield after.slice, "pulled_in" if after.is_due else "pushed_out", after.worth
    if after.is_due and after.state != "open":
        yield after.slice, after.state, after.worth
