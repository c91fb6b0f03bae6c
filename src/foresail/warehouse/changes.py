"""Which records a transaction changes, noted while it writes them.

Facts follow the changes of a few records; after a change of many they are made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from foresail.model import Table
from foresail.model.links import links

MANY = 4
"""A change of more than one part in so many is one of many records."""

CHANGED, NOTED = "temp.changed", "temp.noted"


class Changes:
    """The changes of one transaction, until it leaves the context.

    `tables` are the canonical tables with rows that are new or different; `CHANGED` holds the
    records that these rows name now, or named before, as `kind` and `id`. With `is_whole` there
    are too many to follow, or one that hangs together with nothing.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, many: int = MANY):
        self.many = many
        self.tables: set[str] = set()
        self.is_whole = False
        self._cursor = cursor
        cursor.execute(f"create or replace temp table {CHANGED} (kind varchar, id varchar)")

    def __enter__(self) -> Changes:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self._cursor.execute(f"drop table {CHANGED}")

    def begin(self, table: Table, count: int) -> None:
        """So many rows of a table will be written, and none of them is there yet."""
        if not count:
            return
        self.tables.add(table.name)
        found = self._cursor.execute(f"select count(*) from canonical.{table.name}").fetchone()
        assert found is not None
        if links(table) and count * self.many > found[0]:
            self.is_whole = True

    def note(self, table: Table, rows: str) -> None:
        """Note the records that some rows of a table name; `rows` is what follows `from`."""
        columns = links(table)
        if self.is_whole or not columns:
            return
        listed = ", ".join(f'"{name}"' for name in columns)
        self._cursor.execute(f"create or replace temp table {NOTED} as select {listed} from {rows}")
        self._cursor.execute(f"insert into {CHANGED} {named(NOTED, columns)}")
        loose = " and ".join(f'"{name}" is null' for name in columns)
        found = self._cursor.execute(f"select 1 from {NOTED} where {loose} limit 1").fetchone()
        self.is_whole = found is not None
        self._cursor.execute(f"drop table {NOTED}")


def named(rows: str, columns: Mapping[str, str]) -> str:
    """A query for the records that some rows name, as `kind` and `id`."""
    return " union ".join(_column(rows, name, kind) for name, kind in columns.items())


def _column(rows: str, name: str, kind: str) -> str:
    return f'select \'{kind}\' as kind, "{name}" as id from {rows} where "{name}" is not null'


def is_one_of(columns: Mapping[str, str], records: str, kinds: Iterable[str]) -> str:
    """The condition that a row names one of some records; `records` is a table like `CHANGED`."""
    found = set(kinds)
    tests = [
        f"\"{name}\" in (select id from {records} where kind = '{kind}')"
        for name, kind in columns.items()
        if kind in found
    ]
    return " or ".join(tests) or "false"
