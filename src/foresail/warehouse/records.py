"""The canonical tables as Parquet files by month, for facts to be made of them elsewhere."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foresail.model import TABLES, Table
from foresail.model.types import Type
from foresail.warehouse.locking import lock

FOLDER = "records"
BATCH = 122_880
MONTH = "month"
"""The name of the partition; no canonical table has a column of that name."""


def write_records(cursor: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write every canonical table into a folder of its own, and give the rows of each."""
    return {name: _write(cursor, table, folder / FOLDER / name) for name, table in TABLES.items()}


def dated_by(table: Table) -> str:
    """The column whose month a row of a table is kept under; empty where rows have none.

    >>> dated_by(TABLES["activity"]), dated_by(TABLES["web_traffic"]), dated_by(TABLES["rep"])
    ('occurred_at', 'day', '')
    """
    dated = (each.name for each in table.columns if each.type is Type.INSTANT or each.name == "day")
    return next(dated, "")


def _write(cursor: duckdb.DuckDBPyConnection, table: Table, place: Path) -> int:
    """Write one table; as the warehouse itself writes no files, another connection does.

    A table without rows is one file, which says its columns.
    """
    place.mkdir(parents=True)
    found = cursor.execute(f'select count(*) from canonical."{table.name}"').fetchone()
    assert found is not None
    count: int = found[0]
    dated = dated_by(table) if count else ""
    with duckdb.connect(":memory:") as writer:
        lock(writer, readable=[place.parent])
        rows = cursor.execute(f'select * from canonical."{table.name}"').to_arrow_reader(BATCH)
        writer.register("rows", rows)
        if dated:
            month = f"coalesce(strftime(\"{dated}\", '%Y-%m'), 'none') as {MONTH}"
            writer.execute(
                f"copy (select *, {month} from rows) to {quoted(place)} "
                f"(format parquet, compression zstd, partition_by ({MONTH}), overwrite_or_ignore)"
            )
        else:
            target = quoted(place / f"{table.name}.parquet")
            writer.execute(f"copy (from rows) to {target} (format parquet, compression zstd)")
    return count


def quoted(path: Path) -> str:
    """A path as DuckDB reads it in a statement."""
    return "'" + str(path).replace("'", "''") + "'"
