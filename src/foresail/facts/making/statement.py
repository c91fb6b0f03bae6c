"""A statement of the plan: what it makes, and when that has no rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlglot as sg

from foresail.facts.making.emptiness import Emptiness, emptiness_of, is_empty
from foresail.facts.making.looking import conditions


@dataclass(frozen=True)
class Statement:
    """What runs. Where it makes a `table`, `empty` makes that without rows, much faster.

    `emptiness` says when it has none, `conditions` which rows of some tables it looks at.
    """

    sql: str
    table: str = ""
    empty: str = ""
    emptiness: Emptiness = None
    conditions: Mapping[str, list[str]] = field(default_factory=dict)

    def has_rows(self, empty: Collection[str]) -> bool:
        """Whether there may be rows, where these tables have none."""
        return not (self.table and is_empty(self.emptiness, empty))


def made(name: str, query: str, columns: Mapping[str, str]) -> Statement:
    """The statement that makes a fact of a query with these columns, in place of an older one."""
    place = f'create or replace table fact."{name}"'
    kinds = {column: "BIGINT" if kind == "HUGEINT" else kind for column, kind in columns.items()}
    listed = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
    parsed = sg.parse_one(query, read="duckdb")
    return Statement(
        f"{place} as {_narrowed(query, columns)}",
        f"fact.{name}",
        f"{place} ({listed})",
        emptiness_of(parsed),
        conditions(parsed),
    )


def _narrowed(query: str, columns: Mapping[str, str]) -> str:
    """The query with plain whole numbers where DuckDB sums them into wider ones.

    Ibis knows nothing of those, and no other engine or file format has them.
    """
    wide = [f'"{name}"::bigint as "{name}"' for name, kind in columns.items() if kind == "HUGEINT"]
    return f"select * replace ({', '.join(wide)}) from ({query})" if wide else query  # noqa: S608 (of our own making)
