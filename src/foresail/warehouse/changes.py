"""Which records a transaction changes, noted while it writes them.

Facts follow the changes of a few records; after a change of many they are made anew.
"""

from __future__ import annotations

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
        for name, kind in columns.items():
            self._cursor.execute(
                f"insert into {CHANGED} select distinct '{kind}', \"{name}\" from {NOTED} "
                f'where "{name}" is not null'
            )
        loose = " and ".join(f'"{name}" is null' for name in columns)
        found = self._cursor.execute(f"select 1 from {NOTED} where {loose} limit 1").fetchone()
        self.is_whole = found is not None
        self._cursor.execute(f"drop table {NOTED}")
