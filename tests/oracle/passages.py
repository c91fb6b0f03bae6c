"""A deal's way through the stages: the visits it made, and the passages that funnels count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.oracle import deals
from tests.oracle.lengths import is_by
from tests.oracle.records import Moment, Opportunity, OpportunityStage, World

Place = tuple[float, int]
NOWHERE: Place = (float("-inf"), 0)


@dataclass(frozen=True)
class Visit:
    """A stretch in which a deal stood in a stage and was open.

    Without an end it is the present one, or the deal was closed on a day that is not known.
    """

    stage: str
    place: Place
    entered: Moment
    left: Moment | None
    is_present: bool
    has_advanced: bool = False


@dataclass(frozen=True)
class Passage:
    """What a funnel counts: a deal's way through a stage, once."""

    deal: Opportunity
    stage: str
    entered: Moment | None
    has_advanced: bool


def visits(deal: Opportunity, at: dt.datetime, world: World) -> list[Visit]:
    """The visits of a deal as known at an instant, in their order."""
    rows = _stretches(deal, world)
    close = deals.close_at(deal, at, world)
    found: list[Visit] = []
    for row, following in zip(rows, [*rows[1:], None], strict=False):
        if row.entered_at.at > at:
            break
        left, is_present = _end(following, close, at)
        if _is_closed(row, deal, world) or _is_never_open(row.entered_at, left, world):
            continue
        before = found[-1].place if found else NOWHERE
        place = _place(row.stage, before, deal, world)
        won = close is not None and close[0] == "won" and close[1] == left and not is_present
        found.append(Visit(row.stage, place, row.entered_at, left, is_present, won))
    return [
        replace(visit, has_advanced=visit.has_advanced or _moved_on(visit, following))
        for visit, following in zip(found, [*found[1:], None], strict=False)
    ]


def _end(
    following: OpportunityStage | None, close: deals.Close | None, at: dt.datetime
) -> tuple[Moment | None, bool]:
    """When a visit ended, with the next row or the last at the close, and whether it goes on."""
    if following is not None and following.entered_at.at <= at:
        return following.entered_at, False
    if following is not None or close is None:
        return None, True
    return close[1], False


def _is_never_open(entered: Moment, left: Moment | None, world: World) -> bool:
    """Whether a stage was entered and left in one instant, or left before; a day is long enough."""
    return left is not None and (left == entered or not is_by(entered, left, world.settings))


def _moved_on(visit: Visit, following: Visit | None) -> bool:
    """Whether the visit ended with the deal in a later stage."""
    if following is None or visit.left != following.entered:
        return False
    return following.place > visit.place


def _stretches(deal: Opportunity, world: World) -> list[OpportunityStage]:
    """The rows of the history by which the stage changed."""
    rows = deals.visits(deal, world)
    return rows[:1] + [row for before, row in pairwise(rows) if row.stage != before.stage]


def _is_closed(row: OpportunityStage, deal: Opportunity, world: World) -> bool:
    declared = deals.stage_row(row.stage, deal, world)
    return declared is not None and declared.kind in deals.CLOSED


def _place(stage: str, before: Place, deal: Opportunity, world: World) -> Place:
    """Where a stage lies: by its position, else directly behind the stage it was entered from."""
    declared = deals.stage_row(stage, deal, world)
    if declared is None or declared.position is None:
        return before[0], before[1] + 1
    return declared.position, 0


def passages(deal: Opportunity, at: dt.datetime, world: World) -> list[Passage]:
    """The passages of a deal that has a history by then.

    A stage without a place in the order is passed by those only who stood in it, and so is every
    stage where skipped ones are left out.
    """
    if not any(row.entered_at.at <= at for row in deals.visits(deal, world)):
        return []
    made = visits(deal, at, world)
    close = deals.close_at(deal, at, world)
    won = close is not None and close[0] == "won"
    passed = _ordered(deal, world) if world.settings.skipped_stages == "passed" else {}
    found = []
    first = {visit.stage: visit.place for visit in reversed(made)}
    for stage, place in {**first, **passed}.items():
        stood = [visit.entered for visit in made if visit.stage == stage]
        if stage in passed:
            stood += [visit.entered for visit in made if visit.place > place]
            stood += [close[1]] if close and won and close[1] else []
        if not stood and not won:
            continue
        entered = min(stood, default=None)
        later = any(
            visit.stage != stage
            and visit.place > place
            and (entered is None or visit.entered >= entered)
            for visit in made
        )
        found.append(Passage(deal, stage, entered, won or later))
    return found


def _ordered(deal: Opportunity, world: World) -> dict[str, Place]:
    """The open stages of the deal's pipeline that have a position."""
    return {
        row.stage: (row.position, 0)
        for row in world.stage
        if row.pipeline == (deal.pipeline or "")
        and row.position is not None
        and row.kind not in deals.CLOSED
    }
