"""Which records a transaction changes, noted while it writes them.

Facts follow the changes of a few records; after a change of many they are made anew.
"""

from __future__ import annotations

import duckdb

from foresail.model import Table
from foresail.model.links import links

MANY = 4
"""A change of more than one part in so many is one of many records."""

CHANGED = "temp.changed"


class Changes:
    """The changes of one transaction, until it leaves the context.

    `tables` are the canonical tables with rows that are new or different; `CHANGED` holds the
    records that these rows name now, or named before, as `kind` and `id`. The rows themselves are
    held as well: `gone` and `new`. With `is_whole` there are too many to follow, or one that
    hangs together with nothing, and no more is noted.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, many: int = MANY):
        self.many = many
        self.tables: set[str] = set()
        self.is_whole = False
        self._held: dict[str, int] = {}
        self._cursor = cursor
        cursor.execute(f"create or replace temp table {CHANGED} (kind varchar, id varchar)")

    def __enter__(self) -> Changes:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            for name in (CHANGED, *self._held):
                self._cursor.execute(f"drop table {name}")

    def begin(self, table: Table, count: int) -> None:
        """So many rows of a table will be written, and none of them is there yet."""
        if not count:
            return
        self.tables.add(table.name)
        found = self._cursor.execute(f"select count(*) from canonical.{table.name}").fetchone()
        assert found is not None
        if links(table) and count * self.many > found[0]:
            self.is_whole = True

    def leaving(self, table: Table, condition: str) -> None:
        """Note the rows of a table that others will take the place of."""
        self._note(table, _gone(table.name), condition)

    def arrived(self, table: Table, condition: str) -> None:
        """Note the rows of a table that are new, or took the place of others."""
        self._note(table, _new(table.name), condition)

    def gone(self, table: str) -> str:
        """The table that holds the rows that left a table; empty where none did."""
        return self._if_held(_gone(table))

    def new(self, table: str) -> str:
        """The table that holds the rows that came to a table; empty where none did."""
        return self._if_held(_new(table))

    def _if_held(self, name: str) -> str:
        return name if self._held.get(name) else ""

    def _note(self, table: Table, name: str, condition: str) -> None:
        """Hold rows under a name, and note the records that they name."""
        if self.is_whole:
            return
        held = self._cursor.execute(
            f"create or replace temp table {name} as from canonical.{table.name} where {condition}"
        ).fetchone()
        assert held is not None
        self._held[name] = held[0]
        columns = links(table)
        if not (held[0] and columns):
            return
        named = " union all ".join(
            f"select '{kind}', \"{column}\" from {name}" for column, kind in columns.items()
        )
        self._cursor.execute(
            f"insert into {CHANGED} select distinct * from ({named}) as named (kind, id) "
            "where id is not null"
        )
        loose = " and ".join(f'"{column}" is null' for column in columns)
        found = self._cursor.execute(f"select 1 from {name} where {loose} limit 1").fetchone()
        self.is_whole = found is not None


def _gone(table: str) -> str:
    return f"temp.gone_{table}"


def _new(table: str) -> str:
    return f"temp.new_{table}"
