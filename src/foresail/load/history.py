"""What was loaded when, and what was set aside."""

from __future__ import annotations

import duckdb

from foresail.load.report import LoadSummary, QuarantinedRow


def loads(cursor: duckdb.DuckDBPyConnection) -> list[LoadSummary]:
    """All loads, the latest first."""
    rows = cursor.execute(
        """
        select load_id, started_at, finished_at, files,
               coalesce(sum(read), 0)::bigint, coalesce(sum(accepted), 0)::bigint,
               coalesce(sum(updated), 0)::bigint, coalesce(sum(unchanged), 0)::bigint,
               coalesce(sum(quarantined), 0)::bigint
        from meta.load left join meta.load_count using (load_id)
        group by all order by load_id desc
        """
    ).fetchall()
    return [
        LoadSummary(load_id, started_at, finished_at, tuple(files), *counts)
        for load_id, started_at, finished_at, files, *counts in rows
    ]


def quarantined(
    cursor: duckdb.DuckDBPyConnection, load_id: int | None = None, limit: int | None = None
) -> list[QuarantinedRow]:
    """The rows set aside by one load or by all, in the order of their files."""
    rows = cursor.execute(
        """
        select load_id, table_name, file, row_number, reason, row_text from meta.quarantine
        where $load_id is null or load_id = $load_id
        order by load_id, table_name, file, row_number limit $limit
        """,
        {"load_id": load_id, "limit": 2**62 if limit is None else limit},
    ).fetchall()
    return [QuarantinedRow(*row) for row in rows]


def quarantine_size(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many rows wait in quarantine."""
    ((number,),) = cursor.execute("select count(*) from meta.quarantine").fetchall()
    return int(number)
