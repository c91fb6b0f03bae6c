"""What was loaded when, and what was set aside."""

from __future__ import annotations

import datetime as dt

import duckdb

from foresail.load.report import LoadSummary, QuarantinedRow, SetAside, TableReport


def loads(cursor: duckdb.DuckDBPyConnection) -> list[LoadSummary]:
    """All loads, the latest first."""
    rows = cursor.execute(
        """
        select load_id, started_at, finished_at, files,
               coalesce(sum(read), 0)::bigint, coalesce(sum(accepted), 0)::bigint,
               coalesce(sum(updated), 0)::bigint, coalesce(sum(unchanged), 0)::bigint,
               coalesce(sum(quarantined), 0)::bigint, coalesce(loaded_by, '')
        from meta.load left join meta.load_count using (load_id)
        group by all order by load_id desc
        """
    ).fetchall()
    return [
        LoadSummary(load_id, started_at, finished_at, tuple(files), *counts)
        for load_id, started_at, finished_at, files, *counts in rows
    ]


def quarantined(
    cursor: duckdb.DuckDBPyConnection,
    load_id: int | None = None,
    limit: int | None = None,
    table: str = "",
    reason: str = "",
) -> list[QuarantinedRow]:
    """The rows set aside by one load or by all, for one reason or any, as their files had them."""
    rows = cursor.execute(
        """
        select load_id, table_name, file, row_number, reason, row_text from meta.quarantine
        where ($load_id is null or load_id = $load_id)
        and ($table = '' or table_name = $table)
        and ($reason = '' or coalesce(short, reason) = $reason)
        order by load_id, table_name, file, row_number limit $limit
        """,
        {
            "load_id": load_id,
            "limit": 2**62 if limit is None else limit,
            "table": table,
            "reason": reason,
        },
    ).fetchall()
    return [QuarantinedRow(*row) for row in rows]


def set_aside(cursor: duckdb.DuckDBPyConnection) -> list[SetAside]:
    """What waits in quarantine, by load, table, file and reason: the latest loads first."""
    rows = cursor.execute(
        """
        select load_id, table_name, file, coalesce(short, reason), count(*),
               bool_or(place is not null and json_valid(row_text))
        from meta.quarantine group by 1, 2, 3, 4 order by 1 desc, 2, 3, 5 desc, 4
        """
    ).fetchall()
    return [SetAside(*row) for row in rows]


def counts(cursor: duckdb.DuckDBPyConnection, load_id: int) -> list[TableReport]:
    """What became of the rows of one load, table by table."""
    rows = cursor.execute(
        """
        select table_name, sum(read)::bigint, sum(accepted)::bigint, sum(updated)::bigint,
               sum(unchanged)::bigint, sum(quarantined)::bigint, sum(replaced)::bigint,
               list(distinct file order by file)
        from meta.load_count where load_id = $1 group by 1 order by min(place), 1
        """,
        [load_id],
    ).fetchall()
    return [
        TableReport(table, read, new, changed, same, aside, replaced, tuple(files))
        for table, read, new, changed, same, aside, replaced, files in rows
    ]


def last_loads(cursor: duckdb.DuckDBPyConnection) -> dict[str, dt.datetime]:
    """When each table was last brought rows, in UTC."""
    rows = cursor.execute(
        "select table_name, max(finished_at) from meta.load_count join meta.load using (load_id) "
        "where accepted + updated + unchanged > 0 group by 1"
    ).fetchall()
    return dict(rows)


def quarantine_size(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many rows wait in quarantine."""
    ((number,),) = cursor.execute("select count(*) from meta.quarantine").fetchall()
    return int(number)
