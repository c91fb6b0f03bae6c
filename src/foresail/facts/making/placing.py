"""Rows of a fact that are made anew put in the place of those that tell of the same records."""

from __future__ import annotations

import duckdb

from foresail.facts.making import rollups

PLACES, MOVED = "temp.told_places", "temp.moved_rows"


def put_in_place(
    cursor: duckdb.DuckDBPyConnection, table: str, places: str, made: str, count: int
) -> bool:
    """Put the `count` rows of `made` in place of those of a fact that `places` is a query of.

    Only rows that differ move. Whether any did.
    """
    told = _number(cursor, f"create or replace temp table {PLACES} as {places}")
    if not (told or count):
        return False
    cursor.execute(
        f"create or replace temp table {MOVED} as select gone.place as gone, new.place as new "
        f"from ({_numbered(table, f'where rowid in (from {PLACES})')}) as gone "
        f"full join ({_numbered(made)}) as new using (hashed, number) "
        "where gone.place is null or new.place is null"
    )
    counted = cursor.execute(f"select count(gone), count(new) from {MOVED}").fetchone()
    assert counted is not None
    left = f"from {table} where rowid in (select gone from {MOVED})" if counted[0] else ""
    came = f"from {made} where rowid in (select new from {MOVED})" if counted[1] else ""
    rollups.changed(cursor, table.removeprefix("fact."), left, came)
    if left:
        cursor.execute(f"delete {left}")
    if came:
        cursor.execute(f"insert into {table} {came}")
    return bool(left or came)


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
