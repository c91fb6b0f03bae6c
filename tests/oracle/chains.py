"""Meetings that were moved: the rows of a chain, and when and by whom each was moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tests.oracle.memory import once
from tests.oracle.records import Activity, Moment, World
from tests.oracle.view import View


@dataclass(frozen=True)
class Move:
    """That a meeting was put to another time, and who asked for it."""

    at: Moment | None
    by: str | None


@dataclass(frozen=True)
class Chain:
    """The rows of one booked meeting that are known at T, the first booked first."""

    rows: tuple[Activity, ...]

    @property
    def first(self) -> Activity:
        """The meeting as it was booked."""
        return self.rows[0]


@lru_cache(maxsize=2_000)
def predecessor(world: World, meeting: Activity) -> Activity | None:
    """The meeting that was moved to this one."""
    if meeting.moved_from_id is None:
        return None
    rows = (row for row in world.activity if row.kind == "meeting")
    return next((row for row in rows if row.activity_id == meeting.moved_from_id), None)


@lru_cache(maxsize=2_000)
def following(world: World, meeting: Activity) -> Activity | None:
    """The meeting that this one was moved to, whenever that came to be known."""
    return next((row for row in world.activity if predecessor(world, row) is meeting), None)


def became_known(row: Activity, world: World) -> Moment | None:
    """When a meeting was put in the place of another: at its booking, else at the other's start."""
    before = predecessor(world, row)
    return row.booked_at or (before.occurred_at if before else None)


def successor(meeting: Activity, view: View) -> Activity | None:
    """The meeting that this one was moved to, where that is known at T."""
    after = following(view.world, meeting)
    if after is None:
        return None
    at = became_known(after, view.world)
    return after if at is None or at.at <= view.as_of else None


def move(meeting: Activity, view: View) -> Move | None:
    """A row is moved when it has a successor, or when its outcome is `moved`; by T."""
    after = successor(meeting, view)
    if after is not None:
        return Move(became_known(after, view.world), meeting.moved_by or after.moved_by)
    start = meeting.occurred_at
    if meeting.outcome == "moved" and (start is None or start.at <= view.as_of):
        return Move(start, meeting.moved_by)
    return None


def is_deleted(activity: Activity, view: View) -> bool:
    """Whether a row was deleted by T."""
    return activity.deleted_at is not None and activity.deleted_at.at <= view.as_of


@once
def chains(view: View) -> list[Chain]:
    """The booked meetings, save those whose last row was deleted."""
    world = view.world
    firsts = [
        row for row in world.activity if row.kind == "meeting" and predecessor(world, row) is None
    ]
    found = [Chain(_rows(first, view)) for first in firsts]
    return [chain for chain in found if not is_deleted(chain.rows[-1], view)]


def _rows(first: Activity, view: View) -> tuple[Activity, ...]:
    rows = [first]
    while (after := successor(rows[-1], view)) is not None:
        rows.append(after)
    return tuple(rows)


def moves(chain: Chain, view: View) -> list[tuple[int, Move]]:
    """The places of a chain at which it was moved, in the order of its rows."""
    found = [(place, move(row, view)) for place, row in enumerate(chain.rows)]
    return [(place, each) for place, each in found if each is not None]
