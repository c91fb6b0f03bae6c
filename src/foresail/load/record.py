"""What is said of a load, and what is kept of it in the warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import duckdb

from foresail.load.merge import Step
from foresail.load.report import TableReport
from foresail.load.workbench import Workbench

REASONS = 20


def reports(bench: Workbench, steps: Sequence[Step]) -> tuple[TableReport, ...]:
    """One report for each table, with the most frequent reasons."""
    reports = []
    for name in dict.fromkeys(step.table.name for step in steps):
        own = [step for step in steps if step.table.name == name]
        tables = ", ".join(f"'{step.rows.table}'" for step in own)
        reasons = bench.execute(
            f"select short, count(*) as n from set_aside where typed in ({tables}) "
            f"group by 1 order by n desc, short limit {REASONS}"
        ).fetchall()
        ignored = [column for step in own for column in step.ignored_columns]
        reports.append(
            TableReport(
                table=name,
                read=sum(step.read for step in own),
                accepted=sum(step.accepted for step in own),
                updated=sum(step.updated for step in own),
                unchanged=sum(step.unchanged for step in own),
                quarantined=sum(step.quarantined for step in own),
                replaced=sum(step.replaced for step in own),
                files=tuple(dict.fromkeys(step.label for step in own)),
                reasons=tuple((text, count) for text, count in reasons),
                ignored_columns=tuple(dict.fromkeys(ignored)),
            )
        )
    return tuple(reports)


def record(
    cursor: duckdb.DuckDBPyConnection,
    bench: Workbench,
    load_id: int,
    started_at: dt.datetime,
    steps: Sequence[Step],
    mapping: Path | None,
    by: str,
) -> None:
    """Put the load, its counts and the rows it set aside on record."""
    labels = list(dict.fromkeys(step.label for step in steps))
    name = mapping.name if mapping else None
    text = mapping.read_text(encoding="utf-8-sig") if mapping else None
    _record_load(cursor, load_id, started_at, labels, (name, text), by)
    for step in steps:
        _record_counts(cursor, load_id, step, step.read, step.quarantined)
        aside = "select 1 from set_aside where typed = ? limit 1"
        if not bench.execute(aside, [step.rows.table]).fetchall():
            continue  # an INSERT of no rows would hide those of a large one that follows it
        rows = bench.execute(
            "select file, row_number, reason, short, row_text, is_row from set_aside "
            "where typed = ? "
            "order by row_number",
            [step.rows.table],
        )
        cursor.register("load_set_aside", rows.to_arrow_reader())
        try:
            cursor.execute(
                "insert into meta.quarantine by name select ? as load_id, ? as table_name, file, "
                "row_number, reason, short, row_text, "
                "case when is_row then ?::integer end as place "
                "from load_set_aside",
                [load_id, step.table.name, step.place],
            )
        finally:
            cursor.unregister("load_set_aside")


def record_retry(
    cursor: duckdb.DuckDBPyConnection,
    load_id: int,
    started_at: dt.datetime,
    steps: Sequence[Step],
    labels: Sequence[str],
    by: str,
) -> None:
    """Put a load of rows that had been set aside on record; those that still are count there."""
    _record_load(cursor, load_id, started_at, list(dict.fromkeys(labels)), (None, None), by)
    for step in steps:
        _record_counts(cursor, load_id, step, step.read - step.quarantined, 0)


def _record_load(
    cursor: duckdb.DuckDBPyConnection,
    load_id: int,
    started_at: dt.datetime,
    labels: Sequence[str],
    mapping: tuple[str | None, str | None],
    by: str,
) -> None:
    name, text = mapping
    cursor.execute(
        "insert into meta.load (load_id, started_at, finished_at, files, mapping, mapping_text, "
        "loaded_by) values (?, ?, ?, ?, ?, ?, ?)",
        [load_id, started_at, now(), list(labels), name, text, by or None],
    )


def _record_counts(
    cursor: duckdb.DuckDBPyConnection, load_id: int, step: Step, read: int, quarantined: int
) -> None:
    counts = (step.accepted, step.updated, step.unchanged, quarantined, step.replaced)
    cursor.execute(
        "insert into meta.load_count (load_id, place, table_name, file, columns, read, accepted, "
        "updated, unchanged, quarantined, replaced) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [load_id, step.place, step.table.name, step.label, step.source_columns, read, *counts],
    )


def now() -> dt.datetime:
    """This moment, in UTC, as the warehouse keeps it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
