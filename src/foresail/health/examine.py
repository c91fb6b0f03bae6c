"""Examining a warehouse: one pass for the tables, one query per check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import duckdb
import ibis

from foresail.core.errors import QuestionError, nearest
from foresail.core.kpis import KPI
from foresail.facts.making.source import INSTANT
from foresail.health.answering import kpi_health, lacks
from foresail.health.checks import Check, record_of
from foresail.health.looking import dates, doubles, links, money, pipeline
from foresail.health.report import ColumnHealth, Finding, Health, TableHealth
from foresail.load.history import last_loads, quarantine_size
from foresail.model import TABLES, Table
from foresail.model.types import Type
from foresail.warehouse import Settings

if TYPE_CHECKING:
    import pyarrow

CHECKS: tuple[Check, ...] = (
    *pipeline.CHECKS,
    *dates.CHECKS,
    *money.CHECKS,
    *doubles.CHECKS,
    *links.CHECKS,
)
SAMPLES = 5


def examine(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    as_of: dt.datetime,
    kpis: Iterable[KPI],
    missing: frozenset[str],
) -> Health:
    """The health of all loaded data at an instant, in UTC, and what it means for some KPIs."""
    found = lacks(cursor)
    loaded = last_loads(cursor)
    tables = tuple(_table(cursor, each, loaded.get(each.name)) for each in TABLES.values())
    rows = {each.table: each.rows for each in tables}
    seen = Seen(cursor, settings, as_of)
    return Health(
        as_of=as_of,
        tables=tables,
        kpis=tuple(kpi_health(each, missing, found) for each in kpis),
        findings=tuple(_findings(cursor, seen, rows)),
        quarantined=quarantine_size(cursor),
    )


class Seen:
    """The warehouse as checks see it."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, settings: Settings, as_of: dt.datetime):
        self.backend = ibis.duckdb.from_connection(cursor)
        self.currency = settings.currency
        self.as_of = ibis.literal(as_of, INSTANT)

    def canonical(self, name: str) -> Any:
        """A canonical table, with the column `record`: the key as people read it."""
        table = self.backend.table(name, database="canonical")
        return table.mutate(record=record_of(name, table))

    def fact(self, name: str) -> Any:
        """A fact table."""
        return self.backend.table(name, database="fact")


def _findings(
    cursor: duckdb.DuckDBPyConnection, seen: Seen, rows: dict[str, int]
) -> Iterator[Finding]:
    for check in CHECKS:
        if not rows[check.table]:
            continue
        found = check.find(seen).select("record")
        first = found.mutate(n=found.count().over()).order_by("record").limit(SAMPLES)
        records = cursor.execute(seen.backend.compile(first)).fetchall()
        if records:
            yield Finding(
                check=check.id,
                table=check.table,
                title=check.title,
                meaning=check.meaning,
                remedy=check.remedy,
                is_wrong=check.is_wrong,
                n=records[0][1],
                rows=rows[check.table],
                samples=tuple(record for record, _ in records),
            )


def rows_found(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    as_of: dt.datetime,
    id: str,
    limit: int | None = None,
) -> pyarrow.Table:
    """The rows that one check finds, as the table holds them, without columns that are empty.

    Errors: `QuestionError` when there is no such check.
    """
    check = next((each for each in CHECKS if each.id == id), None)
    if check is None:
        raise QuestionError(f"There is no check {id}.{nearest(id, [each.id for each in CHECKS])}")
    seen = Seen(cursor, settings, as_of)
    records = check.find(seen).select("record").distinct()
    rows = seen.canonical(check.table).semi_join(records, "record")
    rows = rows.order_by("record").limit(limit)
    table = cursor.execute(seen.backend.compile(rows)).to_arrow_table()
    known = [each.name for each in TABLES[check.table].columns]
    return table.select([name for name in known if table[name].null_count < table.num_rows])


def _table(
    cursor: duckdb.DuckDBPyConnection, table: Table, loaded_at: dt.datetime | None
) -> TableHealth:
    filled = dict(
        cursor.execute(
            "select column_name, n from fact.filled where table_name = ? and value is null",
            [table.name],
        ).fetchall()
    )
    first, last = _span(cursor, table) if filled else (None, None)
    return TableHealth(
        table=table.name,
        rows=filled.get("*", 0),
        first_on=first,
        last_on=last,
        columns=tuple(ColumnHealth(each.name, filled.get(each.name, 0)) for each in table.columns),
        loaded_at=loaded_at,
    )


def _span(cursor: duckdb.DuckDBPyConnection, table: Table) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that a table speaks of, by its first column with a time."""
    dated = [each.name for each in table.columns if each.type in (Type.INSTANT, Type.DATE)]
    if not dated:
        return None, None
    rows = ibis.duckdb.from_connection(cursor).table(table.name, database="canonical")
    day = rows[dated[0]].cast("date")
    found = rows.agg(first=day.min(), last=day.max())
    first, last = cursor.execute(ibis.to_sql(found, dialect="duckdb")).fetchall()[0]
    return first, last
