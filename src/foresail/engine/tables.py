"""The fact tables as a query sees them: names and columns, and no engine behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import ibis

from foresail.engine.dialects import DUCKDB, Dialect
from foresail.engine.plans import Plans

if TYPE_CHECKING:
    from foresail.engine.writing import Writer

Columns = Callable[[str, str], Any]
"""The columns of a table of the project, by its name and schema, as Ibis has them."""


class Tables:
    """Finds tables for queries that are compiled for a dialect, and pieces of these queries.

    Their columns are those of the project's own tables: every engine reads the same facts.
    """

    def __init__(self, columns: Columns, dialect: Dialect = DUCKDB, plans: Plans | None = None):
        self.dialect = dialect
        self._columns = columns
        self._plans = plans or Plans()
        self._known: dict[str, Any] = {}

    @cached_property
    def writer(self) -> Writer:
        """Writes queries in the dialect."""
        return self.dialect.writer()

    def table(self, name: str, *, database: str) -> Any:
        """The fact of that name; `database` is the schema of the project that holds it."""
        if name not in self._known:
            columns = self._columns(name, database)
            self._known[name] = ibis.table(columns, name=name, database=self.dialect.schema)
        return self._known[name]

    def kept(self, shape: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """A piece of a query in the dialect, as plain values, made if it is not known."""
        return self._plans.get((*self.dialect.key, *shape), make)
