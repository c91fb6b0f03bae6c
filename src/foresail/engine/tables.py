"""The fact tables as a query sees them: names and columns, and no engine behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import ibis

from foresail.engine.dialects import DUCKDB, Dialect
from foresail.engine.lookups import NAME, name_of
from foresail.engine.plans import Plans

if TYPE_CHECKING:
    from foresail.engine.writing import Piece, Writer

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
        self._lookups: dict[str, str] = {}

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

    def lent(self, expression: Any, *, is_as_of: bool) -> Any:
        """The rows of an expression as a table that is found beforehand, under a name of its own.

        It may look at the windows and labels of the question, and at nothing else that is asked;
        one that `is_as_of` comes to the same in each window.
        """
        sql = self.writer.query(expression)
        name = name_of(sql, is_as_of=is_as_of)
        self._lookups[name] = sql
        return ibis.table(expression.schema(), name=name)

    def piece(self, expression: Any) -> Piece:
        """An expression as a part of a larger query, with the queries of what is lent to it."""
        made = self.writer.piece(expression)
        return replace(made, lookups=self._read_by(made.sql))

    def _read_by(self, sql: str) -> dict[str, str]:
        """The queries of the tables that a query reads and that are found beforehand.

        Each comes after those that it reads itself.
        """
        found: dict[str, str] = {}
        for name in dict.fromkeys(NAME.findall(sql)):
            query = self._lookups[name]
            found |= {**self._read_by(query), name: query}
        return found

    def kept(self, shape: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """A piece of a query in the dialect, as plain values, made if it is not known."""
        return self._plans.get((*self.dialect.key, *shape), make)
