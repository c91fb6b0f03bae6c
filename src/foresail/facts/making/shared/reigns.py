"""Which event counts as the first, and from when until when it does.

The first touch of a lead or account is the earliest one that is not deleted. Deleting it makes the
next one the first, so at any instant at most one event reigns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.source import END


def first_reigns(
    events: Any,
    thing: str | Sequence[str],
    instant: str = "occurred_at",
    order: Sequence[str] = ("activity_id",),
) -> Any:
    """The events that were ever the first of their thing, each with its reign [since, until).

    An event happens at `instant` and no longer counts from `deleted_at` on; `order` decides
    between those of the same instant.
    """
    things = [thing] if isinstance(thing, str) else list(thing)
    before = ibis.window(group_by=things, order_by=[instant, *order], preceding=(None, 1))
    free_from = row.deleted_at.fill_null(END).max().over(before)
    known = events.filter(*(row[name].notnull() for name in (*things, instant)))
    reigns = known.mutate(
        since=ibis.greatest(row[instant], ibis.coalesce(free_from, row[instant])),
        until=row.deleted_at.fill_null(END),
    )
    return reigns.filter(row.since < row.until)


def last_reigns(
    events: Any, thing: str | Sequence[str], begin: str, order: Sequence[str] = ("activity_id",)
) -> Any:
    """The events that were ever the last of their thing, with `since`: from when on they are.

    An event no longer counts from `deleted_at` on: then the one before it is the last. Nothing is
    any event's before the instant `begin`.
    """
    things = [thing] if isinstance(thing, str) else list(thing)
    latest_first = [ibis.desc(name) for name in ("occurred_at", *order)]
    later = ibis.window(group_by=things, order_by=latest_first, preceding=(None, 1))
    free_from = row.deleted_at.fill_null(END).max().over(later)
    events = events.mutate(since=ibis.greatest(row[begin], ibis.coalesce(free_from, row[begin])))
    return events.filter(row.since < row.deleted_at.fill_null(END))


def between(things: Any, reigns: Any, thing: str, begin: Any) -> Any:
    """The stretches [since, until) of each thing, from `begin` on, in which nothing reigns."""
    in_order = ibis.window(group_by=thing, order_by="since")
    first = reigns.group_by(thing).agg(until=row.since.min())
    untouched = things.anti_join(reigns, thing).select(thing, since=begin, until=END)
    before = first.select(thing, since=begin, until=row.until)
    after = reigns.select(
        thing, since=row.until, until=ibis.coalesce(row.since.lead().over(in_order), END)
    )
    return ibis.union(untouched, before, after).filter(row.since < row.until)
