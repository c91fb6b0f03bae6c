"""Rows that were set aside, tried again: those that pass are loaded and leave the quarantine."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from foresail.core.errors import SourceError
from foresail.load.canonical import Stamp
from foresail.load.loading import SET_ASIDE, Progress, Work, next_load, silent
from foresail.load.mapping import Plan, TableMapping, plan_of
from foresail.load.merge import Step, key_of
from foresail.load.names import ROW_NUMBER, literal, quoted
from foresail.load.record import now, record_retry, reports
from foresail.load.report import LoadReport
from foresail.load.rows import Source, typed
from foresail.load.workbench import Workbench, workbench
from foresail.model import TABLES
from foresail.warehouse import Settings
from foresail.warehouse.changes import Changes

STORED = "#stored"


@dataclass(frozen=True)
class Choice:
    """Which rows of the quarantine are meant; what is left empty stands for all."""

    load_id: int | None = None
    table: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Mended:
    """A mapping in place of the one that the rows were loaded with."""

    name: str
    text: str


@dataclass(frozen=True)
class Batch:
    """Rows of one table that one step of a load set aside, with how it read them."""

    load_id: int
    place: int
    table: str
    file: str
    columns: str
    mapping: str
    text: str


def retry_rows(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    choice: Choice,
    changes: Changes,
    *,
    mended: Sequence[Mended] = (),
    dry_run: bool = False,
    by: str = "",
    progress: Progress = silent,
) -> LoadReport:
    """Load the rows of the quarantine that pass now, within the transaction of the cursor.

    A mended mapping counts for the loads whose mapping has its name; a single one without a name
    for all. A row whose key a later load brought changes nothing, and leaves the quarantine.

    Errors: `SourceError` when no row can be tried, or a mapping cannot be used.
    """
    begun, started_at = time.monotonic(), now()
    batches = _batches(cursor, choice)
    if not batches:
        raise SourceError(_nothing(cursor, choice))
    with workbench(settings) as bench:
        bench.execute(SET_ASIDE)
        plan = [_mapping(each, mended) for each in batches]
        raw = [_unpacked(cursor, bench, each, choice) for each in batches]
        bench.lock()
        work = Work(cursor, bench, settings, (), plan, progress)
        steps = []
        for batch, mapping, table in zip(batches, plan, raw, strict=True):
            progress(f"Trying {batch.file}", None)
            steps.append(_step(work, batch, mapping, table))
        passed = sum(step.read - step.quarantined for step in steps)
        load_id = next_load(cursor) if passed and not dry_run else None
        work.bring(steps, Stamp(load_id, started_at), changes)
        counted = reports(bench, steps)
        if not dry_run:
            _let_out(cursor, bench, steps, raw)
        if load_id is not None:
            labels = [f"{each.file} (set aside by load {each.load_id})" for each in batches]
            record_retry(cursor, load_id, started_at, steps, labels, by)
    return LoadReport(load_id, dry_run, counted, (), time.monotonic() - begun)


CHOSEN = """
    ($load_id is null or q.load_id = $load_id) and ($table = '' or q.table_name = $table)
    and ($reason = '' or coalesce(q.short, q.reason) = $reason)"""
TRIABLE = "q.place is not null and json_valid(q.row_text)"


def _given(choice: Choice) -> dict[str, object]:
    return {"load_id": choice.load_id, "table": choice.table, "reason": choice.reason}


def _batches(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> list[Batch]:
    rows = cursor.execute(
        f"""
        select distinct q.load_id, q.place, q.table_name, c.file, c.columns,
            coalesce(l.mapping, ''), coalesce(l.mapping_text, '')
        from meta.quarantine q
        join meta.load_count c on c.load_id = q.load_id and c.place = q.place
        join meta.load l on l.load_id = q.load_id
        where {CHOSEN} and {TRIABLE} order by 1, 2
        """,
        _given(choice),
    ).fetchall()
    return [Batch(*row) for row in rows]


def _nothing(cursor: duckdb.DuckDBPyConnection, choice: Choice) -> str:
    ((count,),) = cursor.execute(
        f"select count(*) from meta.quarantine q where {CHOSEN}", _given(choice)
    ).fetchall()
    if not count:
        return "No such row is in quarantine. See what is: foresail quarantine"
    return (
        f"None of these {count} rows can be tried again: they are lines that could not be read as "
        "rows, or are cut as too long. Mend the file, and load it again."
    )


def _mapping(batch: Batch, mended: Sequence[Mended]) -> TableMapping:
    """How the rows are to be read now: by the mended mapping, else as they were.

    Errors: `SourceError` when the mapping has no such table any more.
    """
    found = next((each for each in mended if each.name in ("", batch.mapping)), None)
    if not found and not batch.text:
        return TableMapping(TABLES[batch.table], batch.file, file=batch.file)
    name = found.name if found and found.name else batch.mapping or "the mapping"
    plan = plan_of(name, found.text if found else batch.text)
    return _entry(plan, batch, name)


def _entry(plan: Plan, batch: Batch, name: str) -> TableMapping:
    """The part of a mapping that makes this table of this file: at its old place, if it can be."""
    own = [each for each in plan.tables if each.table.name == batch.table]
    at_place = [each for each in plan.tables[batch.place : batch.place + 1] if each in own]
    same = [each for each in own if each.file and each.file in batch.file]
    if not own:
        raise SourceError(
            f"{name} has no [{batch.table}] any more, which the rows of {batch.file} were read by. "
            "Write it again, or load the file anew."
        )
    return (at_place or same or own)[0]


def _unpacked(
    cursor: duckdb.DuckDBPyConnection, bench: Workbench, batch: Batch, choice: Choice
) -> str:
    """The rows as their file held them, in a table with a number and their place in quarantine."""
    kept = f"kept_{bench.number()}"
    rows = cursor.execute(
        f"select q.rowid as stored, q.row_text from meta.quarantine q where {CHOSEN} and {TRIABLE} "
        "and q.load_id = $batch and q.place = $place order by q.rowid",
        {**_given(choice), "batch": batch.load_id, "place": batch.place},
    )
    bench.keep(kept, rows.to_arrow_table())
    kinds: dict[str, str] = json.loads(batch.columns)
    columns = ", ".join(f"row.{quoted(name)} as {quoted(name)}" for name in kinds)
    table = f"raw_{bench.number()}"
    bench.execute(
        f"create table {table} as select {columns}, stored as {quoted(STORED)}, "
        f"row_number() over (order by stored) as {quoted(ROW_NUMBER)} from ("
        f"select stored, json_transform_strict(row_text, {literal(json.dumps(kinds))}) as row "
        f"from {kept})"
    )
    bench.execute(f"drop table {kept}")
    return table


def _step(work: Work, batch: Batch, mapping: TableMapping, table: str) -> Step:
    """The rows made canonical, without those that a later load has overtaken."""
    bench = work.bench
    columns = tuple(json.loads(batch.columns))
    source = Source(f'select * exclude ("{STORED}") from {table}', columns, batch.file)
    rows = typed(bench, mapping, source, work.settings.zone, work.origins)
    step = Step(mapping.table, batch.file, rows, place=batch.place)
    step.read = bench.value(f"select count(*) from {rows.table}")
    step.quarantined = bench.value(f"select count(*) from {rows.table} where bad")
    overtaken = _overtaken(work.cursor, bench, step, batch.load_id)
    if overtaken:
        listed = ", ".join(map(str, overtaken))
        bench.execute(f"delete from {rows.table} where {quoted(ROW_NUMBER)} in ({listed})")
        step.unchanged += len(overtaken)
    return step


def _overtaken(
    cursor: duckdb.DuckDBPyConnection, bench: Workbench, step: Step, load_id: int
) -> list[int]:
    """The numbers of the rows whose key a later load has brought."""
    own = [column.name for column in step.table.key]
    if not set(own) <= set(step.rows.columns):
        return []
    key = [quoted(name) for name in own]
    rows = bench.execute(
        f"select {quoted(ROW_NUMBER)} as n, {', '.join(key)} from {step.rows.table} where not bad"
    )
    stored = key_of(step.table)
    same = " and ".join(
        f"c.{quoted(there)} = r.{here}" for there, here in zip(stored, key, strict=True)
    )
    with _lent(cursor, "load_retried", rows):
        found = cursor.execute(
            f"select r.n from load_retried r join canonical.{step.table.name} c on {same} "
            "where c.load_id > $1",
            [load_id],
        ).fetchall()
    return [row[0] for row in found]


def _let_out(
    cursor: duckdb.DuckDBPyConnection, bench: Workbench, steps: Iterable[Step], raw: Sequence[str]
) -> None:
    """Take the rows that passed out of the quarantine; say of the others why they still wait."""
    for step, table in zip(steps, raw, strict=True):
        waiting = bench.execute(
            f'select t."{STORED}" as stored, s.reason, s.short from {table} t '
            f"left join set_aside s on s.typed = {literal(step.rows.table)} "
            f"and s.row_number = t.{quoted(ROW_NUMBER)}"
        )
        with _lent(cursor, "load_tried", waiting):
            cursor.execute(
                "delete from meta.quarantine where rowid in "
                "(select stored from load_tried where reason is null)"
            )
            cursor.execute(
                "update meta.quarantine q set reason = t.reason, short = t.short "
                "from load_tried t where q.rowid = t.stored and t.reason is not null"
            )


@contextmanager
def _lent(
    cursor: duckdb.DuckDBPyConnection, name: str, rows: duckdb.DuckDBPyConnection
) -> Iterator[None]:
    """Rows of the workbench as a table that the warehouse's cursor knows for a while."""
    cursor.register("load_lent", rows.to_arrow_reader())
    try:
        cursor.execute(f"create temp table {name} as from load_lent")
    finally:
        cursor.unregister("load_lent")
    try:
        yield
    finally:
        cursor.execute(f"drop table temp.{name}")
