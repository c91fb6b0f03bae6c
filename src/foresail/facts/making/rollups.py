"""Rollups: sums of a fact's rows that are made with it, and kept as its rows change.

What changes is added to them: rows that are gone with numbers below zero, new rows as they are.
So a change takes as long as it has rows, whatever the size of the rollup.
"""

from __future__ import annotations

from typing import Any

import duckdb
import ibis

from foresail.core.rollups import KNOWN, VALUE, Rollup, column
from foresail.facts.activities import Activities
from foresail.facts.making.source import Source
from foresail.warehouse import cache

ROLLUPS = {Activities.table: Activities.rollups}
"""The rollups of each fact table that has any."""
TABLES = frozenset(f"fact.{each.table}" for every in ROLLUPS.values() for each in every)
"""The tables of all rollups."""

CHANGED = "changed_row"
IS_CHANGE = "is_change"
FEW = 20_000


def make_activity_days(source: Source) -> Any:
    """Make `fact.activity_day`: how much each rep did, in order of the months and days."""
    (rollup,) = Activities.rollups
    rows = rollup.made_of(source.fact(Activities.table))
    rows = rows.mutate(**{IS_CHANGE: False}).order_by(rollup.keys)
    return source.keep(rollup.table, rows)


def changed(cursor: duckdb.DuckDBPyConnection, fact: str, removed: str, added: str) -> None:
    """Add a change of a fact's rows to its rollups, in the transaction that changes them.

    `removed` and `added` are tables with the columns of the fact: the rows that are gone, and those
    that are new; empty where there are none. Merged, a rollup is what it would be if it was made
    anew.
    """
    for rollup in ROLLUPS.get(fact, ()):
        query, numbers = _query(cursor, fact, rollup)
        below_zero = ", ".join(f'-"{name}" as "{name}"' for name in numbers)
        changes = [
            f"(with {CHANGED} as (from {rows}) select {sums}, true as {IS_CHANGE} from ({query}))"
            for rows, sums in ((removed, f"* replace ({below_zero})"), (added, "*"))
            if rows
        ]
        if changes:
            listed = " union all by name ".join(changes)
            cursor.execute(f"insert into fact.{rollup.table} by name {listed}")


def compact(cursor: duckdb.DuckDBPyConnection) -> None:
    """Merge what was added to rollups by changes, in those to which much was: no number changes."""
    for rollup in (each for every in ROLLUPS.values() for each in every):
        counted = cursor.execute(
            f"select count(*), count(*) filter ({IS_CHANGE}) from fact.{rollup.table}"
        ).fetchone()
        assert counted is not None
        rows, changes = counted
        if changes > max(FEW, rows // 5):
            merge(cursor, rollup)


def merge(cursor: duckdb.DuckDBPyConnection, rollup: Rollup) -> None:
    """Make one row of all that stand for the same day, credit and deletion."""
    cursor.execute(f"create or replace table fact.{rollup.table} as {_merging(cursor, rollup)}")


def _merging(cursor: duckdb.DuckDBPyConnection, rollup: Rollup) -> str:
    """The query for the rows of a rollup merged."""
    kinds = _kinds(cursor, rollup.table)
    keys = ", ".join(f'"{each}"' for each in rollup.keys)
    numbers = {name: kind for name, kind in kinds.items() if name not in (*rollup.keys, IS_CHANGE)}
    known = {column(each, VALUE): column(each, KNOWN) for each in rollup.measures}
    sums = ", ".join(
        f'({_sum(name, known.get(name))})::{kind} as "{name}"' for name, kind in numbers.items()
    )
    counts = " or ".join(f'sum("{each.name}") <> 0' for each in rollup.measures)
    return (
        f"select {keys}, {sums}, false as {IS_CHANGE} from fact.{rollup.table}"
        f" group by {keys} having {counts} order by {keys}"
    )


def _sum(name: str, known: str | None) -> str:
    """A column summed up; a value is unknown where none of the rows has one."""
    total = f'sum("{name}")'
    return f'case when sum("{known}") <> 0 then {total} end' if known else total


def _query(cursor: duckdb.DuckDBPyConnection, fact: str, rollup: Rollup) -> tuple[str, list[str]]:
    """The query for the rows of a rollup from changed rows of its fact; the columns it sums."""
    key = cache.key_of("changed", rollup.table)
    known = cache.read(key)
    if known is None:
        columns = ibis.duckdb.from_connection(cursor).table(fact, database="fact").schema()
        made = rollup.made_of(ibis.table(columns, name=CHANGED))
        names = [name for name in made.columns if name not in rollup.keys]
        known = [ibis.to_sql(made, dialect="duckdb"), names]
        cache.keep(key, known)
    return str(known[0]), list(known[1])


def _kinds(cursor: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """The columns of a fact table with their types."""
    return {name: kind for name, kind, *_ in cursor.execute(f"describe fact.{table}").fetchall()}
