"""Where each rep stood when: team, manager, role, seniority, territory, as of the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial, reduce
from typing import Any

import ibis
from ibis import _

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import BEGINNING, END, FIRST_DAY, LAST_DAY, Source
from foresail.facts.making.tallies import Tally

CARRIED = ("team", "manager_id", "role", "seniority", "territory", "is_quota_carrying")
POSITION = ("team", "manager", "role", "seniority", "territory")
TODAY = LAST_DAY - dt.timedelta(days=1)
REFERENCES = {
    "activity": ("rep_id",),
    "opportunity": ("owner_id", "sourced_by_id"),
    "opportunity_split": ("rep_id",),
    "lead": ("owner_id",),
    "lead_assignment": ("rep_id",),
}
"""The columns by which records name a rep, by table."""


def _named(columns: Sequence[str], table: Any) -> Any:
    """How often rows of a table name each rep."""
    found = reduce(ibis.union, (table.select(rep_id=table[column]) for column in columns))
    return found.filter(_.rep_id.notnull()).group_by("rep_id").agg(n=_.count())


NAMED = Tally(
    "named_rep",
    ("rep_id",),
    ("n",),
    {name: partial(_named, columns) for name, columns in REFERENCES.items()},
)


def make_named_reps(source: Source) -> Any:
    """Make `fact.named_rep`: how many times records name each rep."""
    return NAMED.make(source)


def make_roles(source: Source) -> Any:
    """Make `fact.role`: one row per rep and stretch of days in one position, without gaps.

    `is_described`: whether `rep` names it. What an assignment leaves empty is taken from `rep`.

    A rep without assignments has one stretch from `rep`; a rep whom records refer to but no table
    describes has one without a position, and so have the days that no assignment covers. Where
    assignments overlap, the later one holds.
    """
    reps, moves = source.canonical("rep"), _moves(source)
    settled = reps.anti_join(moves, "rep_id").select(
        "rep_id",
        "team",
        "role",
        "seniority",
        "territory",
        "is_quota_carrying",
        manager=_.manager_id,
        since_on=ibis.literal(FIRST_DAY),
        until_on=ibis.literal(LAST_DAY),
    )
    unknown = _without_position(moves, _undescribed(source, reps, moves))
    stretches = reduce(
        ibis.union,
        (each.select(*moves.columns) for each in (moves, settled, unknown, *_gaps(moves))),
    )
    jobs = reps.select("rep_id", "hired_on", "left_on", is_described=True)
    joined = stretches.left_join(jobs, "rep_id").drop("rep_id_right")
    return source.keep(
        "role",
        joined.mutate(
            is_described=_.is_described.fill_null(False),
            since_at=_edge(source, _.since_on, FIRST_DAY, BEGINNING),
            until_at=_edge(source, _.until_on, LAST_DAY, END),
        ),
    )


def _edge(source: Source, day: Any, open_day: Any, open_instant: Any) -> Any:
    return ibis.ifelse(day == open_day, open_instant, source.midnight(day))


def _moves(source: Source) -> Any:
    own = {f"own_{name}": name for name in CARRIED}
    moves = attach(
        source.canonical("rep_assignment"), source.canonical("rep"), {"rep_id": "rep_id"}, own
    )
    moves = moves.mutate(
        **{name: ibis.coalesce(moves[name], moves[f"own_{name}"]) for name in CARRIED}
    )
    in_order = ibis.window(group_by="rep_id", order_by="valid_from")
    next_on = moves.valid_from.lead().over(in_order)
    end = ibis.coalesce((moves.valid_to + ibis.interval(days=1)).cast("date"), LAST_DAY)
    return moves.select(
        "rep_id",
        "team",
        "role",
        "seniority",
        "territory",
        "is_quota_carrying",
        manager=_.manager_id,
        since_on=_.valid_from,
        until_on=ibis.least(end, ibis.coalesce(next_on, LAST_DAY)),
    )


def _gaps(moves: Any) -> tuple[Any, Any]:
    in_order = ibis.window(group_by="rep_id", order_by="since_on")
    first = moves.group_by("rep_id").agg(
        since_on=ibis.literal(FIRST_DAY), until_on=_.since_on.min()
    )
    later = moves.select(
        "rep_id",
        since_on=_.until_on,
        until_on=ibis.coalesce(_.since_on.lead().over(in_order), LAST_DAY),
    ).filter(_.since_on < _.until_on)
    return _without_position(moves, first), _without_position(moves, later)


def _without_position(moves: Any, stretches: Any) -> Any:
    known = set(stretches.columns)
    return stretches.mutate(
        **{name: ibis.null(moves[name].type()) for name in moves.columns if name not in known}
    )


def _undescribed(source: Source, reps: Any, moves: Any) -> Any:
    everybody = source.fact(NAMED.table).select("rep_id")
    unknown = everybody.anti_join(reps, "rep_id").anti_join(moves, "rep_id")
    return unknown.mutate(since_on=ibis.literal(FIRST_DAY), until_on=ibis.literal(LAST_DAY))


def credited(source: Source, table: Any, rep: str, on: str, prefix: str) -> Any:
    """The table with `<prefix>_rep`, `<prefix>_team`, ...: the rep's position on a day.

    Without a day it is the rep's last position.
    """
    found = attach(
        table.mutate(credit_day=ibis.coalesce(table[on], TODAY)),
        source.fact("role"),
        {rep: "rep_id"},
        {f"{prefix}_{name}": name for name in POSITION},
        lambda row, role: [role.since_on <= row.credit_day, role.until_on > row.credit_day],
    )
    return found.mutate(**{f"{prefix}_rep": found[rep]}).drop("credit_day")


def along_roles(source: Source, stretches: Any, rep: str, prefix: str) -> Any:
    """Stretches of time (`since`, `until`) of a rep's, cut where the rep's position changes.

    Adds `<prefix>_rep`, `<prefix>_team`, ... of each piece.
    """
    found = attach(
        stretches,
        source.fact("role"),
        {rep: "rep_id"},
        {
            "role_since": "since_at",
            "role_until": "until_at",
            **{f"{prefix}_{name}": name for name in POSITION},
        },
        lambda row, role: [role.since_at < row.until, role.until_at > row.since],
    )
    return found.mutate(
        since=ibis.greatest(found.since, found.role_since.fill_null(BEGINNING)),
        until=ibis.least(found.until, found.role_until.fill_null(END)),
        **{f"{prefix}_rep": found[rep]},
    ).drop("role_since", "role_until")
