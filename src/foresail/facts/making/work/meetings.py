"""Meetings: chains of entries that were moved, where they came from, and what became of them."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.reigns import between
from foresail.facts.making.shared.stretches import laid_over
from foresail.facts.making.source import BEGINNING, END, Source

DOUBLINGS = 4


def make_meetings(source: Source) -> Any:
    """Make `fact.meeting`: one row per meeting as it was first set, and stretch in which it stands.

    Chains of up to 2 ** DOUBLINGS moves are followed.
    """
    entries = _entries(source)
    moves = source.keep("meeting_move", _moves(entries))
    first_move = moves.group_by("root_id").agg(
        moved_at=row.moved_at.min(), moved_by=row.moved_by.argmin(row.moved_at)
    )
    by_rep = (
        moves.filter(row.moved_by == "rep")
        .group_by("root_id")
        .agg(
            seller_moved_at=row.moved_at.min(),
            seller_moved_is_date=row.moved_is_date.argmin(row.moved_at),
            moved_depth=row.depth.argmin(row.moved_at),
        )
    )
    roots = source.fact("activity").filter(row.kind == "meeting")
    roots = roots.semi_join(entries.filter(row.depth == 0), "activity_id")
    key = {"activity_id": "root_id"}
    meetings = attach(
        roots.drop("moved_by", "deleted_at"),
        first_move,
        key,
        {"moved_at": "moved_at", "moved_by": "moved_by"},
    )
    meetings = meetings.inner_join(_present(source, entries), "activity_id")
    columns = ("seller_moved_at", "seller_moved_is_date", "moved_depth")
    meetings = attach(meetings, by_rep, key, {name: name for name in columns})
    meetings = meetings.mutate(
        **source.clock(meetings.booked_at, meetings.booked_is_date, "booked"),
        **source.clock(meetings.seller_moved_at, meetings.seller_moved_is_date, "seller_moved"),
    )
    meetings = credited(source, meetings, "rep_id", "booked_on", "booker")
    meetings = credited(source, meetings, "rep_id", "seller_moved_on", "mover")
    meetings = source.keep("meeting_moved", _with_held_after(meetings, entries))
    held_after = (meetings.held_after_at, meetings.held_after_is_date)
    meetings = meetings.mutate(**source.clock(*held_after, "held_after"))
    calls = source.fact("activity").filter(row.is_touch & (row.kind == "call"))
    meetings = _with_calls(meetings, calls, "from_call_until")
    connected = calls.filter((row.outcome == "connected").fill_null(False))
    meetings = _with_calls(meetings, connected, "from_connect_until")
    made = source.keep("meeting", meetings)
    source.drop("meeting_chain", "meeting_move", "meeting_moved", "meeting_gone")
    return made


def _entries(source: Source) -> Any:
    """Each calendar entry with the first one of its chain and its place in it."""
    meetings = source.canonical("activity").filter(row.kind == "meeting")
    known = source.fact("activity").select("activity_id", "is_held")
    entries = attach(meetings, known, {"activity_id": "activity_id"}, {"is_held": "is_held"})
    before = meetings.select("activity_id").view()
    entries = entries.mutate(
        follows=ibis.ifelse(row.moved_from_id != row.activity_id, row.moved_from_id, None)
    )
    entries = attach(entries, before, {"follows": "activity_id"}, {"root_id": "activity_id"})
    entries = entries.select(
        "activity_id",
        "occurred_at",
        "booked_at",
        "deleted_at",
        "outcome",
        "is_held",
        "moved_by",
        is_date=row.occurred_at_is_date.fill_null(False),
        booked_is_date=row.booked_at_is_date.fill_null(False),
        follows=row.root_id,
        root_id=ibis.coalesce(row.root_id, row.activity_id),
        depth=row.root_id.notnull().cast("int64"),
    )
    entries = source.keep("meeting_chain", entries)
    for _ in range(DOUBLINGS):
        step = attach(
            entries, entries, {"root_id": "activity_id"}, {"further": "root_id", "more": "depth"}
        )
        step = step.mutate(root_id=row.further, depth=row.depth + row.more)
        entries = source.keep("meeting_chain", step.drop("further", "more"))
    return entries


def _present(source: Source, entries: Any) -> Any:
    """When each meeting stands: it is gone while the last entry known of it is deleted."""
    in_order = ibis.window(group_by="root_id", order_by="depth")
    known = ibis.coalesce(row.booked_at, row.occurred_at.lag().over(in_order), BEGINNING)
    entries = entries.mutate(known_at=ibis.ifelse(row.depth == 0, BEGINNING, known))
    entries = entries.mutate(next_at=ibis.coalesce(row.known_at.lead().over(in_order), END))
    gone = entries.filter(row.deleted_at.notnull()).select(
        activity_id=row.root_id,
        since=ibis.greatest(row.deleted_at, row.known_at),
        until=row.next_at,
    )
    gone = source.keep("meeting_gone", gone.filter(row.since < row.until))
    roots = entries.filter(row.depth == 0).select("activity_id")
    return between(roots, gone, "activity_id", BEGINNING)


def _moves(entries: Any) -> Any:
    """When each entry was moved, and by whom: as its successor says, else as it says itself."""
    later = (
        entries.filter(row.follows.notnull())
        .group_by("follows")
        .agg(
            later_booked_at=row.booked_at.min(),
            later_is_date=row.booked_is_date.argmin(row.booked_at),
            later_moved_by=row.moved_by.argmin(row.booked_at.fill_null(row.occurred_at)),
            successors=row.count(),
        )
    )
    names = ("later_booked_at", "later_is_date", "later_moved_by", "successors")
    moves = attach(entries, later, {"activity_id": "follows"}, {name: name for name in names})
    moves = moves.filter(row.successors.notnull() | (row.outcome == "moved").fill_null(False))
    return moves.select(
        "root_id",
        "depth",
        moved_at=ibis.coalesce(row.later_booked_at, row.occurred_at),
        moved_is_date=ibis.ifelse(row.later_booked_at.notnull(), row.later_is_date, row.is_date),
        moved_by=ibis.coalesce(row.moved_by, row.later_moved_by),
    ).filter(row.moved_at.notnull())


def _with_held_after(meetings: Any, entries: Any) -> Any:
    """Add `held_after_at`: when it was first held after the rep had moved it."""
    held = entries.filter(row.is_held & row.occurred_at.notnull())
    pairs = meetings.inner_join(
        held,
        [meetings.activity_id == held.root_id, held.depth > meetings.moved_depth],
    ).select(root_id=meetings.activity_id, held_at=held.occurred_at, is_date=held.is_date)
    first = pairs.group_by("root_id").agg(
        held_after_at=row.held_at.min(), held_after_is_date=row.is_date.argmin(row.held_at)
    )
    names = ("held_after_at", "held_after_is_date")
    return attach(meetings, first, {"activity_id": "root_id"}, {name: name for name in names})


def _with_calls(meetings: Any, calls: Any, name: str) -> Any:
    """Add how long the same team's call of the person in the 7 days before the booking stands;
    unknown where there was none.
    """
    calls = calls.select(
        caller_person=row.person,
        caller_team=row.actor_team.fill_null(""),
        called_at=row.occurred_at,
        stands_until=row.deleted_at.fill_null(END),
    )
    booked = meetings.filter(row.booked_at.notnull()).select(
        "activity_id", "person", "booked_at", booker_team=row.booker_team.fill_null("")
    )
    followed = attach(
        booked,
        calls,
        {"person": "caller_person", "booker_team": "caller_team"},
        {"stands_until": "stands_until"},
        lambda meeting, call: [
            call.called_at <= meeting.booked_at,
            call.called_at >= meeting.booked_at - ibis.interval(days=7),
        ],
    )
    followed = followed.group_by("activity_id").agg(stands_until=row.stands_until.max())
    return attach(meetings, followed, {"activity_id": "activity_id"}, {name: "stands_until"})


def make_held_meetings(source: Source) -> Any:
    """Make `fact.held_meeting`: per meeting held and stretch of time, when its lead became an sql.

    A meeting without a lead has one stretch.
    """
    held = source.fact("activity").filter(row.is_held)
    of_lead = held.filter(row.lead_id.notnull()).semi_join(source.fact("lead"), "lead_id")
    of_nobody = held.anti_join(of_lead, "activity_id")
    columns = ("sql_at", "sql_is_date")
    followed = laid_over(
        of_lead.mutate(since=BEGINNING, until=END), source.fact("lead_funnel"), "lead_id", columns
    )
    rest = of_nobody.mutate(
        sql_at=ibis.null("timestamp(6)"), sql_is_date=False, since=BEGINNING, until=END
    )
    meetings = ibis.union(followed, rest.select(*followed.columns))
    clock = source.clock(meetings.sql_at, meetings.sql_is_date, "sql")
    return source.keep("held_meeting", meetings.mutate(**clock))
