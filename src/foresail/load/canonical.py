"""Incoming rows brought into a table of the warehouse: new ones added, changed ones replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from foresail.load.merge import Incoming, Step
from foresail.load.names import quoted
from foresail.load.workbench import Workbench
from foresail.model import Table
from foresail.warehouse.changes import Changes

ARRIVING, INCOMING, MATCHED, MERGED = (
    f"load_{name}" for name in ("arriving", "incoming", "matched", "merged")
)
BATCH = 122_880


@dataclass(frozen=True)
class Stamp:
    """Which load writes, and when; a dry run has no number."""

    load_id: int | None
    loaded_at: dt.datetime


def bring(
    cursor: duckdb.DuckDBPyConnection,
    bench: Workbench,
    table: Table,
    incoming: Incoming,
    steps: Sequence[Step],
    stamp: Stamp,
    changes: Changes,
) -> None:
    """Bring the rows in; count for each step what they changed, and note which records."""
    with _arriving(cursor, bench, incoming):
        if _is_empty(cursor, table):
            _bring_first(cursor, bench, table, incoming, steps, stamp, changes)
        else:
            try:
                _bring_more(cursor, table, incoming, steps, stamp, changes)
            finally:
                for name in (INCOMING, MATCHED, MERGED):
                    cursor.execute(f"drop table if exists temp.{name}")


@contextmanager
def _arriving(
    cursor: duckdb.DuckDBPyConnection, bench: Workbench, incoming: Incoming
) -> Iterator[None]:
    """The incoming rows under a name that the warehouse's cursor knows."""
    source = bench.connection.cursor()
    try:
        cursor.register(ARRIVING, source.execute(incoming.query).to_arrow_reader(BATCH))
        try:
            yield
        finally:
            cursor.unregister(ARRIVING)
    finally:
        source.close()


def _is_empty(cursor: duckdb.DuckDBPyConnection, table: Table) -> bool:
    return not cursor.execute(f"select 1 from canonical.{table.name} limit 1").fetchall()


def _bring_first(
    cursor: duckdb.DuckDBPyConnection,
    bench: Workbench,
    table: Table,
    incoming: Incoming,
    steps: Sequence[Step],
    stamp: Stamp,
    changes: Changes,
) -> None:
    """Fill an empty table."""
    listed = ", ".join(quoted(name) for name in incoming.columns)
    for number, count in bench.execute(
        f"select step, count(*) from ({incoming.query}) group by 1"
    ).fetchall():
        steps[number].accepted += count
    if stamp.load_id is not None:
        changes.begin(table, sum(step.accepted for step in steps))
        cursor.execute(
            f"insert into canonical.{table.name} ({listed}, loaded_at, load_id) "
            f"select {listed}, $loaded_at, $load_id from {ARRIVING}",
            {"loaded_at": stamp.loaded_at, "load_id": stamp.load_id},
        )
        changes.arrived(table, "true")


def _bring_more(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    incoming: Incoming,
    steps: Sequence[Step],
    stamp: Stamp,
    changes: Changes,
) -> None:
    """Compare with what the table holds; write only what is new or changed."""
    cursor.execute(f"create temp table {INCOMING} as select * from {ARRIVING}")
    same = " and ".join(f"i.{quoted(name)} = c.{quoted(name)}" for name in incoming.key)
    rest = [name for name in incoming.columns if name not in incoming.key]
    changed = " or ".join(
        f"({f'i.{incoming.bit(name)} and ' if incoming.has_given else ''}"
        f"i.{quoted(name)} is distinct from c.{quoted(name)})"
        for name in rest
    )
    cursor.execute(
        f"create temp table {MATCHED} as select i.rowid as incoming, c.rowid as stored, "
        f"{changed or 'false'} as is_changed "
        f"from {INCOMING} i join canonical.{table.name} c on {same}"
    )
    for number, accepted, updated, unchanged in cursor.execute(
        f"select i.step, count(*) filter (where m.incoming is null), "
        f"count(*) filter (where m.is_changed), count(*) filter (where not m.is_changed) "
        f"from {INCOMING} i left join {MATCHED} m on m.incoming = i.rowid group by 1"
    ).fetchall():
        steps[number].accepted += accepted
        steps[number].updated += updated
        steps[number].unchanged += unchanged
    if stamp.load_id is not None:
        changes.begin(table, sum(step.accepted + step.updated for step in steps))
        changes.leaving(table, f"rowid in (select stored from {MATCHED} where is_changed)")
        _write(cursor, table, incoming, stamp)
        changes.arrived(table, f"load_id = {stamp.load_id}")


def _write(
    cursor: duckdb.DuckDBPyConnection, table: Table, incoming: Incoming, stamp: Stamp
) -> None:
    """Add the new rows, and put the changed ones in place of those stored."""
    stored = [
        row[0]
        for row in cursor.execute(
            f"select column_name from (describe canonical.{table.name})"
        ).fetchall()
        if row[0] not in ("loaded_at", "load_id")
    ]
    values = ", ".join(_value(incoming, name) for name in stored)
    cursor.execute(
        f"create temp table {MERGED} as select {values} from {MATCHED} m "
        f"join {INCOMING} i on i.rowid = m.incoming "
        f"join canonical.{table.name} c on c.rowid = m.stored where m.is_changed"
    )
    cursor.execute(
        f"delete from canonical.{table.name} "
        f"where rowid in (select stored from {MATCHED} where is_changed)"
    )
    # One statement: after an INSERT of no rows DuckDB does not show a transaction those of a large
    # one that follows it.
    listed = ", ".join(quoted(name) for name in incoming.columns)
    written = ", ".join(quoted(name) for name in stored)
    cursor.execute(
        f"insert into canonical.{table.name} by name "
        f"select *, $loaded_at as loaded_at, $load_id as load_id from "
        f"(select {written} from {MERGED} union all by name select {listed} from {INCOMING} "
        f"where rowid not in (select incoming from {MATCHED}))",
        {"loaded_at": stamp.loaded_at, "load_id": stamp.load_id},
    )


def _value(incoming: Incoming, name: str) -> str:
    """A column of a changed row: as it comes in, or as it is stored where it does not."""
    column = quoted(name)
    if name not in incoming.columns:
        return f"c.{column}"
    if incoming.has_given and name not in incoming.key:
        return f"case when i.{incoming.bit(name)} then i.{column} else c.{column} end as {column}"
    return f"i.{column}"
