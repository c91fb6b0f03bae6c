"""Rows of a fact that are made anew put in the place of those that tell of the same records."""

from __future__ import annotations

import duckdb

from foresail.facts.making import rollups
from foresail.facts.making.moved import Moved

PLACES, MOVED = "temp.told_places", "temp.moved_rows"


def put_in_place(
    cursor: duckdb.DuckDBPyConnection, table: str, places: str, made: str, count: int
) -> Moved | None:
    """Put the `count` rows of `made` in place of those of a fact that `places` is a query of.

    Only rows that differ move; none where all are the same.
    """
    told = _number(cursor, f"create or replace temp table {PLACES} as {places}")
    if not (told or count):
        return None
    cursor.execute(
        f"create or replace temp table {MOVED} as select gone.place as gone, new.place as new "
        f"from ({_numbered(table, f'where rowid in (from {PLACES})')}) as gone "
        f"full join ({_numbered(made)}) as new using (hashed, number) "
        "where gone.place is null or new.place is null"
    )
    counted = cursor.execute(f"select count(gone), count(new) from {MOVED}").fetchone()
    assert counted is not None
    moved = Moved(
        _kept(cursor, "gone", table, table) if counted[0] else "",
        _kept(cursor, "new", table, made) if counted[1] else "",
    )
    if moved.gone:
        cursor.execute(f"delete from {table} where rowid in (select gone from {MOVED})")
    if moved.new:
        cursor.execute(f"insert into {table} from {moved.new}")
    rollups.changed(cursor, table.removeprefix("fact."), moved.gone, moved.new)
    return moved if any(counted) else None


def _kept(cursor: duckdb.DuckDBPyConnection, which: str, table: str, source: str) -> str:
    """A table of the rows that go or come, which stand in a source."""
    name = f"temp.{which}_{table.replace('.', '_')}"
    cursor.execute(
        f"create or replace temp table {name} as from {source} "
        f"where rowid in (select {which} from {MOVED})"
    )
    return name


def _numbered(table: str, condition: str = "") -> str:
    """The query for rows with the hash of each, and the how-manieth of those with the same."""
    return (
        "select rowid as place, hash(told) as hashed, "
        f"row_number() over (partition by hash(told)) as number from {table} as told {condition}"
    )


def _number(cursor: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = cursor.execute(sql).fetchone()
    assert found is not None
    number: int = found[0]
    return number
