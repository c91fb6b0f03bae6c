"""Some records, and where a table's rows name one of them."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

NOWHERE = "select null::bigint"
"""The query for no row ids."""

FEW = 40
"""So many ids of a kind are named one by one: most of a table is then not looked at."""


class Sought:
    """The records that a table of `kind`, `id` and `is_met` holds at this moment.

    `is_met` says of a record that its own row is known already.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, table: str):
        self.table = table
        self._counts: dict[tuple[str, bool], int] = {}
        self._ids: dict[tuple[str, bool], list[str]] = {}
        for kind, is_met, count, ids in cursor.execute(
            "select kind, is_met, count(*), case when count(*) <= $1 then list(id) end "
            f"from {table} group by kind, is_met",
            [FEW],
        ).fetchall():
            self._counts[kind, is_met] = count
            self._ids[kind, is_met] = ids or []

    def __len__(self) -> int:
        return sum(self._counts.values())

    def rows(self, table: str, columns: Mapping[str, str], own: str = "") -> str:
        """The query for the row ids of a table's rows that name one of the records.

        `columns` are those that name a record, each with its kind. A record that is met is not
        looked for in the column `own`. `NOWHERE` where no row can name one.
        """
        found = []
        for column, kind in columns.items():
            if test := self._test(column, kind, is_own=column == own):
                found.append(f"select rowid as place from {table} where {test}")
        return " union ".join(found) or NOWHERE

    def _test(self, column: str, kind: str, *, is_own: bool) -> str:
        """The condition that a column names a record of a kind; empty where there is none."""
        groups = [(kind, False)] if is_own else [(kind, False), (kind, True)]
        count = sum(self._counts.get(each, 0) for each in groups)
        if count > FEW:
            only = " and not is_met" if is_own else ""
            return f"\"{column}\" in (select id from {self.table} where kind = '{kind}'{only})"
        ids = [_literal(id_) for each in groups for id_ in self._ids.get(each, ())]
        return f'"{column}" in ({", ".join(ids)})' if ids else ""


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
