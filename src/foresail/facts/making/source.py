"""The canonical tables as Ibis tables, and the few things that one engine says its own way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import ibis
import ibis.expr.datatypes as types

from foresail.facts.making.statement import Statement, made
from foresail.warehouse import Settings

FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)
INSTANT = "timestamp(6)"
BEGINNING = ibis.literal(dt.datetime(1, 1, 1), INSTANT)
END = ibis.literal(dt.datetime(9999, 12, 31), INSTANT)


UTC = types.Timestamp("UTC")


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]  # Ibis has no types
    name="timezone", signature=((types.string, UTC), types.timestamp)
)
def _wall_time(zone: str, instant: Any) -> Any:
    """A zone's wall time for an instant."""


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=((types.string, types.timestamp), UTC)
)
def _instant(zone: str, wall_time: Any) -> Any:
    """The instant of a zone's wall time."""


class Source:
    """The canonical tables and the facts already made, while the making of facts is planned.

    The plan is worked out on an empty warehouse in memory: it depends on the tables' columns and
    the settings, never on rows. `statements` collects it. `dialect` is that of the statements;
    `has_surrogates` says whether its facts hold numbers in place of some ids.
    """

    dialect = "duckdb"
    has_surrogates = True

    def __init__(self, cursor: duckdb.DuckDBPyConnection, settings: Settings):
        self.cursor = cursor
        self.settings = settings
        self.backend = ibis.duckdb.from_connection(cursor)
        self.statements: list[Statement] = []

    def canonical(self, name: str) -> Any:
        """A canonical table."""
        return self.backend.table(name, database="canonical")

    def fact(self, name: str) -> Any:
        """A fact table that is already made."""
        return self.backend.table(name, database="fact")

    def keep(self, name: str, table: Any, *, by: tuple[str, str] | None = None) -> Any:
        """Make a fact table of a query, in place of an older one.

        Rows lie `by` the month of a day, then by a rep, so that one rep's month of a large fact is
        a small read; without it, and those that come later, in any order.
        """
        if by:
            day, rep = by
            table = table.order_by(table[day].truncate("M"), rep, day)
        query = self.backend.compile(table)
        described = self.cursor.execute(f"describe {query}").fetchall()
        self.run(made(name, query, {column: kind for column, kind, *_ in described}))
        return self.fact(name)

    def drop(self, *names: str) -> None:
        """Remove fact tables that were only steps on the way."""
        for name in names:
            self.run(Statement(f'drop table fact."{name}"'))

    def run(self, *statements: Statement) -> None:
        """Run statements, and collect them."""
        for statement in statements:
            self.cursor.execute(statement.sql)
            self.statements.append(statement)

    def wall_time(self, instant: Any) -> Any:
        """The organisation's wall time of a UTC instant."""
        return _wall_time(self.settings.zone, instant.cast(UTC))

    def instant(self, wall_time: Any) -> Any:
        """The UTC instant of a wall time of the organisation."""
        return _instant(self.settings.zone, wall_time.cast("timestamp")).cast(INSTANT)

    def midnight(self, date: Any) -> Any:
        """The UTC instant at which a local date begins."""
        return self.instant(date.cast("timestamp"))

    def clock(self, instant: Any, is_date: Any, name: str) -> dict[str, Any]:
        """The columns of an anchor: instant, local date and hour, whether it is a date alone."""
        local = self.wall_time(instant)
        return {
            f"{name}_at": instant,
            f"{name}_on": local.date(),
            f"{name}_hour": ibis.ifelse(is_date.fill_null(False), None, local.hour()).cast("int64"),
            f"{name}_is_date": is_date.fill_null(False),
        }
