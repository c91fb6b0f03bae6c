"""The same plan for Spark: the same expressions, written in its SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import ibis
import ibis.expr.datatypes as types
import sqlglot as sg
import sqlglot.expressions as sge

from foresail.core import compilers
from foresail.facts.making.source import INSTANT, Source
from foresail.facts.making.statement import Statement, made
from foresail.warehouse import Settings

AS_IN_DUCKDB = """
create macro convert_timezone(here, there, moment) as timezone(there, timezone(here, moment))
"""
"""DuckDB only tells the columns of each query here; so it is told what Spark's function gives."""
DAY = ibis.interval(days=1)


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]  # Ibis has no types
    name="convert_timezone",
    signature=((types.string, types.string, types.timestamp), types.timestamp),
)
def _moved(of: str, to: str, at: Any) -> Any:
    """The wall time of a zone at another one's wall time."""


class SparkSource(Source):
    """Plans the making of facts on Spark, which knows a table by `view_of` its name.

    Each statement that makes a table is a query with the columns and types that DuckDB's has.
    """

    dialect = "pyspark"
    has_surrogates = False

    def __init__(self, cursor: duckdb.DuckDBPyConnection, settings: Settings):
        super().__init__(cursor, settings)
        self._compiler = compilers.compiler(self.dialect)
        cursor.execute(AS_IN_DUCKDB)

    def keep(self, name: str, table: Any, *, by: tuple[str, str] | None = None) -> Any:
        """Plan a fact table of a query, in place of an older one; Spark has an order of its own."""
        del by
        query = self.backend.compile(table)
        described = self.cursor.execute(f"describe {query}").fetchall()
        said = made(name, query, {column: kind for column, kind, *_ in described})
        self.cursor.execute(said.empty)  # so that the types of its columns are known
        self.run(replace(said, sql=self._query(table, self.fact(name).schema())))
        return self.fact(name)

    def run(self, *statements: Statement) -> None:
        """Make the tables without rows, and collect the statements."""
        for statement in statements:
            self.cursor.execute(statement.empty)
            self.statements.append(statement)

    def drop(self, *names: str) -> None:
        """Plan to let fact tables go that were only steps on the way: there is no query then."""
        for name in names:
            self.run(Statement("", f"fact.{name}", f'drop table fact."{name}"'))

    def wall_time(self, instant: Any) -> Any:
        """The organisation's wall time of a UTC instant."""
        return _moved("UTC", self.settings.zone, instant.cast("timestamp"))

    def instant(self, wall_time: Any) -> Any:
        """The UTC instant of a wall time of the organisation: of two, the later one.

        Spark takes the earlier one. The later is what the offset of the next day gives, if it has
        that wall time.
        """
        wall_time = wall_time.cast("timestamp")
        earlier = _moved(self.settings.zone, "UTC", wall_time)
        later = _moved(self.settings.zone, "UTC", wall_time + DAY) - DAY
        found = ibis.ifelse(self.wall_time(later) == wall_time, later, earlier)
        return found.cast(INSTANT)

    def _query(self, table: Any, schema: Any) -> str:
        query = self._compiler.to_sqlglot(table)
        for each in list(query.find_all(sge.Table)):
            if each.db:
                name = view_of(f"{each.db}.{each.name}")
                each.set("this", sg.to_identifier(name, quoted=True))
                each.set("db", None)
                each.set("catalog", None)
        columns = [
            sge.Cast(
                this=sg.column(name, quoted=True),
                to=self._compiler.type_mapper.from_ibis(kind),
            ).as_(name, quoted=True)
            for name, kind in schema.items()
        ]
        whole = sg.select(*columns).from_(sge.Subquery(this=query, alias=sg.to_identifier("made")))
        return whole.sql(dialect=self._compiler.dialect)


def view_of(table: str) -> str:
    """What Spark knows a table by, whose name is schema and table.

    >>> view_of("canonical.lead")
    'canonical_lead'
    """
    return table.replace(".", "_")
