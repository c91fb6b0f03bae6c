"""The fact tables as a query sees them: names and columns, and no engine behind them."""

from __future__ import annotations

from typing import Any

import ibis

from foresail.engine.dialects import DUCKDB, Dialect


class Tables:
    """Finds tables for queries that are compiled for a dialect.

    Their columns are those of `source`, the project's own tables as Ibis sees them: every engine
    reads the same facts.
    """

    def __init__(self, source: Any, dialect: Dialect = DUCKDB):
        self.dialect = dialect
        self._source = source
        self._known: dict[str, Any] = {}

    def table(self, name: str, *, database: str) -> Any:
        """The fact of that name; `database` is the schema of the project that holds it."""
        if name not in self._known:
            columns = self._source.table(name, database=database).schema()
            self._known[name] = ibis.table(columns, name=name, database=self.dialect.schema)
        return self._known[name]
