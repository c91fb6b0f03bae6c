"""Pieces of SQL, each written by Ibis once, and put together as text.

Ibis takes some 30 ms for a subquery and far longer for many in one expression. So what a query is
made of is written and kept piece by piece: questions that share measures share their pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import sqlglot as sg
import sqlglot.expressions as sge

from foresail.core import compilers
from foresail.core.errors import DefinitionError


@dataclass(frozen=True)
class Piece:
    """A subquery, the Ibis type of each of its columns, and the queries of what is lent to it."""

    sql: str
    columns: Mapping[str, str] = field(default_factory=dict)
    lookups: Mapping[str, str] = field(default_factory=dict)


class Writer:
    """Writes SQL in one dialect, by the name that Ibis gives it."""

    def __init__(self, compiler: str):
        self._compiler = compilers.compiler(compiler)

    def query(self, expression: Any) -> str:
        """An expression over unbound tables."""
        return self._text(self._compiler.to_sqlglot(expression))

    def piece(self, expression: Any) -> Piece:
        """An expression over unbound tables, as a part of a larger query."""
        columns = {name: str(kind).lstrip("!") for name, kind in expression.schema().items()}
        return Piece(self.query(expression), columns)

    def values(self, table: Any, values: Mapping[str, Any]) -> list[str]:
        """Values over one row of an unbound table, each under its name, as a query selects them.

        They know the table as `ROW`.
        """
        made = self._compiler.to_sqlglot(table.select(**values))
        if not isinstance(made, sge.Select) or made.find(sge.Subquery, sge.CTE, sge.Join):
            raise DefinitionError(f"Values of one row are no plain selection: {made}")
        return [self._text(each) for each in made.selects]

    def select(
        self, columns: Iterable[str], rows: str, name: str, *, group_by: Iterable[str] = ()
    ) -> str:
        """Some columns of a subquery that is known by a name; one row per group, where there are
        any.
        """
        grouped = ", ".join(group_by)
        text = f"SELECT {', '.join(columns)} FROM ({rows}) AS {self.name(name)}"
        return f"{text} GROUP BY {grouped}" if grouped else text

    def name(self, text: str) -> str:
        """A column's or table's name."""
        return self._text(sg.to_identifier(text, quoted=True))

    def unknown(self, kind: str) -> str:
        """Nothing, of an Ibis type."""
        return f"CAST(NULL AS {self._kind(kind)})"

    def cast(self, text: str, kind: str) -> str:
        """A value as one of an Ibis type."""
        return f"CAST({text} AS {self._kind(kind)})"

    def _kind(self, kind: str) -> str:
        return self._text(self._compiler.type_mapper.from_ibis(ibis.dtype(kind)))

    def _text(self, tree: Any) -> str:
        return str(tree.sql(dialect=self._compiler.dialect, copy=False))
