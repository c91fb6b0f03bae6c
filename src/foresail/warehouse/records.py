"""The canonical tables as Parquet files by month, for facts to be made of them elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from foresail.model import TABLES, Table
from foresail.model.types import Type
from foresail.warehouse.linking import link
from foresail.warehouse.locking import lock

FOLDER = "records"
BATCH = 122_880
MONTH = "month"
"""The name of the partition; no canonical table has a column of that name."""
ALL = ""
"""The month of rows that have no date: they lie in one file."""

Sums = dict[str, tuple[int, int]]
"""How many rows each month has, and the sum of their hashes."""
NO_ROWS: Sums = {ALL: (0, 0)}


def write_records(cursor: duckdb.DuckDBPyConnection, folder: Path, earlier: Path) -> dict[str, int]:
    """Write every canonical table into a folder of its own, and give the rows of each.

    Months of which an earlier export holds the same rows are linked to its files.
    """
    return {
        name: _write(cursor, table, folder / FOLDER / name, earlier / FOLDER / name)
        for name, table in TABLES.items()
    }


def dated_by(table: Table) -> str:
    """The column whose month a row of a table is kept under; empty where rows have none.

    >>> dated_by(TABLES["activity"]), dated_by(TABLES["web_traffic"]), dated_by(TABLES["rep"])
    ('occurred_at', 'day', '')
    """
    dated = (each.name for each in table.columns if each.type is Type.INSTANT or each.name == "day")
    return next(dated, "")


def _write(cursor: duckdb.DuckDBPyConnection, table: Table, place: Path, earlier: Path) -> int:
    """Write one table; as the warehouse itself writes no files, another connection does.

    A table without rows is one file, which says its columns.
    """
    place.mkdir(parents=True)
    name, dated = f'canonical."{table.name}"', dated_by(table)
    sums = _sums(cursor, name, _month_of(dated))
    with duckdb.connect(":memory:") as writer:
        lock(writer, readable=[place.parent, earlier])
        before = _sums_of_files(writer, earlier)
        same = {month for month, each in sums.items() if before.get(month) == each}
        for month in same:
            _link(earlier / _folder_of(month), place / _folder_of(month))
        if others := sums.keys() - same:
            _write_months(cursor, writer, table, place, others)
    return sum(count for count, _ in sums.values())


def _write_months(
    cursor: duckdb.DuckDBPyConnection,
    writer: duckdb.DuckDBPyConnection,
    table: Table,
    place: Path,
    months: Collection[str],
) -> None:
    """Write the rows of some months of a table; the one file where it has no months, or no rows."""
    dated = "" if ALL in months else dated_by(table)
    month = _month_of(dated)
    listed = ", ".join(f"'{each}'" for each in months)
    condition = f"where {month} in ({listed})" if dated else ""
    query = f'select * from canonical."{table.name}" {condition}'
    writer.register("rows", cursor.execute(query).to_arrow_reader(BATCH))
    if dated:
        writer.execute(
            f"copy (select *, {month} as {MONTH} from rows) to {quoted(place)} "
            f"(format parquet, compression zstd, partition_by ({MONTH}), overwrite_or_ignore)"
        )
    else:
        target = quoted(place / f"{table.name}.parquet")
        writer.execute(f"copy (from rows) to {target} (format parquet, compression zstd)")


def _sums(cursor: duckdb.DuckDBPyConnection, rows: str, month: str) -> Sums:
    found = cursor.execute(
        f"select {month}, count(*), sum(hash(told)::hugeint) from {rows} as told group by 1"
    ).fetchall()
    return {month: (count, hashed) for month, count, hashed in found} or NO_ROWS


def _sums_of_files(writer: duckdb.DuckDBPyConnection, folder: Path) -> Sums:
    """The sums of an earlier export's files by the month that their folder names.

    Without those that cannot be read; none where they lie in another way.
    """
    found: Sums = {}
    for part in {path.parent for path in folder.rglob("*.parquet")}:
        month = part.name.removeprefix(f"{MONTH}=") if part != folder else ALL
        if part.parent != folder and part != folder:
            return {}
        source = f"read_parquet({quoted(part / '*.parquet')}, hive_partitioning = false)"
        try:
            found[month] = _sums(writer, source, f"'{ALL}'")[ALL]
        except duckdb.Error:
            continue
    return found


def _month_of(dated: str) -> str:
    return f"coalesce(strftime(\"{dated}\", '%Y-%m'), 'none')" if dated else f"'{ALL}'"


def _folder_of(month: str) -> str:
    return f"{MONTH}={month}" if month else ""


def _link(folder: Path, place: Path) -> None:
    """The files of a folder in another one."""
    place.mkdir(exist_ok=True)
    for file in folder.glob("*.parquet"):
        link(file, place / file.name)


def quoted(path: Path) -> str:
    """A path as DuckDB reads it in a statement."""
    return "'" + str(path).replace("'", "''") + "'"
