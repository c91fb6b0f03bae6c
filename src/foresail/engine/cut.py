"""A stretch of a query's rows in an order: cut out by the engine, so that no more is fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from foresail.engine.dialects import Dialect

NAMES = "asked_name"
COUNTED = "counted_in_all"
NAMED = pa.schema([("id", pa.string()), ("name", pa.string())])


@dataclass(frozen=True)
class Cut:
    """Which rows: sorted by a column (unknown comes last), then by all columns in turn.

    With `names` the column holds ids, and what is sorted by is the name of each.
    """

    column: str = ""
    is_descending: bool = False
    limit: int | None = None
    offset: int = 0
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, pa.Table]:
        """What the query looks up beside the tables of the question."""
        if not self.names:
            return {}
        columns = [list(self.names), list(self.names.values())]
        return {NAMES: pa.table(columns, schema=NAMED)}

    def sql(self, query: str, columns: Sequence[str], dialect: Dialect) -> str:
        """The query for these rows of another one, which has these columns.

        Where it stops at a limit, each row tells as well how many there are in all, in `COUNTED`.
        """
        quoted = dialect.quoted
        joined, sorting = "", [f"found.{quoted(each)} ASC NULLS LAST" for each in columns]
        if self.column:
            key = f"found.{quoted(self.column)}"
            if self.names:
                joined = f"\nLEFT JOIN {NAMES} AS named ON named.id = {key}"
                key = f"COALESCE(named.name, {key})"
            sorting.insert(0, f"{key} {'DESC' if self.is_descending else 'ASC'} NULLS LAST")
        counted = "" if self.limit is None else f", COUNT(*) OVER () AS {COUNTED}"
        lines = [f"SELECT found.*{counted}\nFROM (\n{query}\n) AS found{joined}"]
        lines.append(f"ORDER BY {', '.join(sorting)}")
        if self.limit is not None:
            lines.append(f"LIMIT {self.limit:d}")
        if self.offset:
            lines.append(f"OFFSET {self.offset:d}")
        return "\n".join(lines)


def count_sql(query: str) -> str:
    """The query for how many rows another one has."""
    return f"SELECT COUNT(*) AS n\nFROM (\n{query}\n) AS found"
