"""Stretches of time [since, until) of things, in each of which something stays as it is.

A set of stretches that covers all time of each thing can be laid over another one; at any instant
exactly one row of each thing is in force, so the state as of T is a filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.reigns import between
from foresail.facts.making.source import BEGINNING, END


def laid_over(table: Any, other: Any, keys: str | Sequence[str], columns: Sequence[str]) -> Any:
    """The table's stretches cut where the other's change, with columns of the other.

    Both have `since` and `until`; the other covers all time of every thing in the table.
    """
    names = [keys] if isinstance(keys, str) else list(keys)
    table, other = table.view(), other.view()
    pairs = [table[name] == other[name] for name in names]
    pairs += [other.since < table.until, other.until > table.since]
    kept = {name: table[name] for name in table.columns if name not in (*columns, "since", "until")}
    added = {name: other[name] for name in columns}
    return table.inner_join(other, pairs).select(
        **kept,
        **added,
        since=ibis.greatest(table.since, other.since),
        until=ibis.least(table.until, other.until),
    )


def through_time(
    things: Any, reigns: Any, keys: str | Sequence[str], columns: Sequence[str]
) -> Any:
    """All time of each thing, with columns of the event that is the first by then or comes next.

    An event that lies after T must be taken for one that has not happened.
    """
    names = [keys] if isinstance(keys, str) else list(keys)
    in_order = ibis.window(group_by=names, order_by="since")
    reigning = reigns.select(
        *names,
        *columns,
        since=ibis.coalesce(row.until.lag().over(in_order), BEGINNING),
        until=row.until,
    )
    last = reigns.group_by(names).agg(since=row.until.max()).filter(row.since < END)
    last = last.mutate(until=END)
    never = things.select(*names).anti_join(reigns, names).mutate(since=BEGINNING, until=END)
    nothing = {name: ibis.null(reigns[name].type()) for name in columns}
    quiet = ibis.union(*(each.select(*names, "since", "until") for each in (last, never)))
    return ibis.union(reigning, quiet.mutate(**nothing).select(*reigning.columns))


def latest_through_time(things: Any, events: Any, thing: str, columns: Sequence[str]) -> Any:
    """All time of each thing, with columns of its latest event that happened and still counts.

    Events have `occurred_at`, and no longer count from `deleted_at` on.
    """
    events = events.filter(row[thing].notnull() & row.occurred_at.notnull())
    events = events.mutate(gone_at=row.deleted_at.fill_null(END))
    cuts = ibis.union(
        things.select(thing, since=BEGINNING),
        events.select(thing, since=row.occurred_at),
        events.filter(row.gone_at < END).select(thing, since=row.gone_at),
        distinct=True,
    )
    in_order = ibis.window(group_by=thing, order_by="since")
    cuts = cuts.mutate(until=ibis.coalesce(row.since.lead().over(in_order), END))
    found = cuts.inner_join(
        events,
        [
            cuts[thing] == events[thing],
            events.occurred_at <= cuts.since,
            events.gone_at > cuts.since,
        ],
    )
    found = found.select(
        cuts[thing], cuts.since, events.occurred_at, *(events[name] for name in columns)
    )
    found = found.group_by(thing, "since").agg(
        **{name: row[name].argmax(row.occurred_at) for name in columns}
    )
    found = found.view()
    joined = cuts.left_join(found, [cuts[thing] == found[thing], cuts.since == found.since])
    return joined.select(
        **{thing: cuts[thing]},
        **{name: found[name] for name in columns},
        since=cuts.since,
        until=cuts.until,
    )


def covered(things: Any, spans: Any, thing: str, name: str) -> Any:
    """All time of each thing, with `name`: whether at least one of its spans covers it."""
    spans = spans.filter(row[thing].notnull() & (row.since < row.until))
    before = ibis.window(group_by=thing, order_by=["since", "until"], preceding=(None, 1))
    spans = spans.select(thing, "since", "until")
    spans = spans.mutate(reached=row.until.max().over(before))
    spans = spans.mutate(begins=(row.reached.isnull() | (row.since > row.reached)).cast("int64"))
    so_far = ibis.window(group_by=thing, order_by=["since", "until"], following=0)
    spans = spans.mutate(island=row.begins.sum().over(so_far))
    islands = spans.group_by(thing, "island").agg(since=row.since.min(), until=row.until.max())
    islands = islands.select(thing, "since", "until")
    gaps = between(things, islands, thing, BEGINNING)
    return ibis.union(
        islands.mutate(**{name: True}),
        gaps.select(thing, "since", "until").mutate(**{name: False}),
    )
