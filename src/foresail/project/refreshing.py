"""A project's facts and rollups made anew."""

from __future__ import annotations

import time
from collections.abc import Mapping

from foresail.facts.making import rollups
from foresail.facts.making.refresh import refresh
from foresail.project.results import RefreshReport
from foresail.warehouse import Settings, Warehouse

TABLES = "select table_name from duckdb_tables() where schema_name = 'fact' order by 1"


def refreshed(warehouse: Warehouse, settings: Settings) -> RefreshReport:
    """Make everything anew from what was loaded, and say what it is now."""
    begun = time.monotonic()
    with warehouse.writing() as cursor:
        refresh(cursor, settings)
        warehouse.settings = settings
        names = [name for (name,) in cursor.execute(TABLES).fetchall()]
        rows = {name: cursor.table(f"fact.{name}").shape[0] for name in names}
    return report_of(rows, begun)


def report_of(rows: Mapping[str, int], begun: float) -> RefreshReport:
    """What was made, by the rows of each table, since the clock stood at `begun`."""
    sums = {name.removeprefix("fact.") for name in rollups.TABLES}
    return RefreshReport(
        facts={name: count for name, count in rows.items() if name not in sums},
        rollups={name: count for name, count in rows.items() if name in sums},
        seconds=time.monotonic() - begun,
    )
