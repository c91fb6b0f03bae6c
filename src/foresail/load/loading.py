"""A load: files found, staged, made canonical, merged and brought into the warehouse."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from foresail.core.errors import DataError, SourceError
from foresail.load.canonical import Stamp, bring
from foresail.load.formats import stage
from foresail.load.mapping import FILES, Plan, TableMapping, read_mapping
from foresail.load.merge import Step, merged
from foresail.load.names import quoted
from foresail.load.planning import by_name, present
from foresail.load.record import now, record, reports
from foresail.load.report import LoadReport
from foresail.load.rows import Source, typed
from foresail.load.sources import SourceFile, find_files, named, with_aliases
from foresail.load.statements import check_query, first_line
from foresail.load.workbench import Staged, Workbench, workbench
from foresail.model import TABLES
from foresail.warehouse import Settings
from foresail.warehouse.changes import Changes

Progress = Callable[[str, float | None], None]
SET_ASIDE = """create table set_aside (typed varchar, file varchar, row_number bigint,
    reason varchar, short varchar, row_text varchar, is_row boolean)"""


def silent(text: str, done: float | None) -> None:
    """Say nothing about how far a load is."""
    del text, done


def load_files(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    paths: Sequence[Path | SourceFile],
    changes: Changes,
    *,
    mapping: Path | None = None,
    dry_run: bool = False,
    by: str = "",
    progress: Progress = silent,
) -> LoadReport:
    """Load files into the canonical tables, within the transaction of the cursor.

    `changes` notes which records it changes; `by` is who loads them, as it is put on record.

    Errors: `SourceError` when a file or the mapping cannot be used; the caller then rolls back.
    `DataError` when the counts do not add up.
    """
    begun, started_at = time.monotonic(), now()
    files = find_files(paths)
    plan = read_mapping(mapping) if mapping else Plan(by_name(files))
    files = with_aliases(files, plan.files, f"{mapping.name if mapping else ''} [{FILES}]")
    with workbench(settings) as bench:
        bench.execute(SET_ASIDE)
        tables, left_out = present(bench, plan.tables, files)
        work = Work(cursor, bench, settings, files, tables, progress)
        if mapping:
            work.stage_all()
            bench.lock()
        else:
            bench.lock([file.path for file in files])
        steps = [work.step(number) for number in range(len(tables))]
        for step, table in zip(steps, tables, strict=True):
            step.place = plan.tables.index(table)
        load_id = None if dry_run else next_load(cursor)
        work.bring(steps, Stamp(load_id, started_at), changes)
        counted = reports(bench, steps)
        if load_id is not None:
            record(cursor, bench, load_id, started_at, steps, mapping, by)
    not_loaded = tuple(file.name for file in files if file not in work.used)
    return LoadReport(load_id, dry_run, counted, not_loaded, time.monotonic() - begun, left_out)


class Work:
    """One load on its way: the plan's tables, one after the other."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        bench: Workbench,
        settings: Settings,
        files: Sequence[SourceFile],
        plan: Sequence[TableMapping],
        progress: Progress,
    ) -> None:
        self.cursor = cursor
        self.bench = bench
        self.settings = settings
        self.files = files
        self.plan = plan
        self.progress = progress
        self.used: set[SourceFile] = set()
        self.counted: set[str] = set()
        self.origins = {each.origin for each in plan if each.origin} | {
            row[0] for row in cursor.execute("select name from meta.origin").fetchall()
        }

    def stage_all(self) -> None:
        """Read every file of the plan; afterwards nothing else can be read."""
        for each in self.plan:
            self.progress(f"Reading {each.file or each.table.name}", None)
            self._staged(each)

    def step(self, number: int) -> Step:
        """Make the rows of one table of the plan canonical."""
        mapping = self.plan[number]
        done = 0.5 * number / len(self.plan)
        self.progress(f"Mapping {mapping.file or mapping.table.name}", done)
        staged = self._staged(mapping)
        source = self._query(mapping, staged) if mapping.sql else _as_source(staged[0])
        rows = typed(self.bench, mapping, source, self.settings.zone, self.origins)
        step = Step(mapping.table, source.label, rows)
        if not mapping.columns:
            known = {name.lower() for name in mapping.table.by_name}
            step.ignored_columns = tuple(c for c in source.columns if c.lower() not in known)
        step.read = self.bench.value(f"select count(*) from {rows.table}")
        step.quarantined = self.bench.value(f"select count(*) from {rows.table} where bad")
        if step.quarantined:
            step.source_columns = self._columns(source)
        for each in staged:
            self._set_broken_aside(step, each)
        self._let_go(number, staged)
        return step

    def bring(self, steps: Sequence[Step], stamp: Stamp, changes: Changes) -> None:
        """Bring all rows into the warehouse, table by table."""
        tables = list(dict.fromkeys(step.table.name for step in steps))
        for place, name in enumerate(tables):
            self.progress(f"Writing {name}", 0.5 + 0.5 * place / len(tables))
            own = [step for step in steps if step.table.name == name]
            incoming = merged(self.bench, TABLES[name], own)
            bring(self.cursor, self.bench, TABLES[name], incoming, own, stamp, changes)
            for step in own:
                _check(step)
                self.bench.execute(f"drop table {step.rows.table}")
        if stamp.load_id is not None:
            new = [[each.origin] for each in self.plan if each.origin]
            for origin in new:
                self.cursor.execute(
                    "insert into meta.origin select $1 "
                    "where $1 not in (select name from meta.origin)",
                    origin,
                )
        self.progress("Done", 1.0)

    def _staged(self, mapping: TableMapping) -> list[Staged]:
        if mapping.file:
            names = [mapping.file]
        else:
            callable_by = [name for file in self.files for name in file.names]
            where = f"{mapping.place}: sql"
            names = sorted(check_query(self.bench.connection, mapping.sql, callable_by, where))
        found = [named(self.files, name, mapping.place) for name in names]
        self.used.update(found)
        return [stage(self.bench, file, mapping.options) for file in found]

    def _query(self, mapping: TableMapping, staged: Sequence[Staged]) -> Source:
        """The rows of a query over this load's files."""
        views = {}
        for each in staged:
            for name in reversed(each.file.names):
                views[name] = each.table
        table = f"query_{self.bench.number()}"
        try:
            for name, raw in views.items():
                self.bench.execute(f"create temp view {quoted(name)} as from {raw}")
            with self.bench.limited(f"{mapping.place}: sql"):
                self.bench.execute(f"create table {table} as {mapping.sql}")
            relation = self.bench.execute(f"describe {table}").fetchall()
        except duckdb.Error as error:
            raise SourceError(
                f"{mapping.place}: sql = {mapping.sql!r}: {first_line(error)}"
            ) from error
        finally:
            for name in views:
                self.bench.execute(f"drop view if exists temp.{quoted(name)}")
        columns = tuple(row[0] for row in relation)
        label = ", ".join(each.file.name for each in staged) or "sql"
        return Source(Staged(self.files[0], table, columns).rows, columns, label, False)

    def _columns(self, source: Source) -> str:
        """The names and types of a source's columns, as rows that were set aside need them."""
        described = self.bench.execute(f"describe select * from ({source.rows})").fetchall()
        kinds = {str(row[0]): str(row[1]) for row in described}
        return json.dumps({name: kinds[name] for name in source.columns})

    def _set_broken_aside(self, step: Step, staged: Staged) -> None:
        """Count the lines that are no rows, once, for the first table that reads the file."""
        if not staged.broken or staged.broken in self.counted:
            return
        self.counted.add(staged.broken)
        count = self.bench.value(f"select count(*) from {staged.broken}")
        step.read += count
        step.quarantined += count
        self.bench.execute(
            "insert into set_aside select ?, ?, row_number, reason, "
            "regexp_replace(reason, ': .*', ''), json_object('line', left(line, 100000))::varchar, "
            "false "
            f"from {staged.broken}",
            [step.rows.table, staged.file.name],
        )

    def _let_go(self, number: int, staged: Sequence[Staged]) -> None:
        """Drop the rows of files that no later table of the plan needs."""
        if any(each.sql for each in self.plan[number + 1 :]):
            return
        later = {each.file for each in self.plan[number + 1 :]}
        for each in staged:
            if not any(each.file.is_called(name) for name in later):
                self.bench.execute(f"drop table if exists {each.table}")


def _as_source(staged: Staged) -> Source:
    return Source(staged.rows, staged.columns, staged.file.name)


def _check(step: Step) -> None:
    """Refuse a load in which a row is lost or counted twice."""
    sum_ = step.accepted + step.updated + step.unchanged + step.quarantined
    if step.read != sum_:
        raise DataError(
            f"{step.label}: {step.read} rows were read for {step.table.name}, but {sum_} are "
            "accounted for. Nothing was loaded; this is an error of Foresail's."
        )


def next_load(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number of the next load."""
    row = cursor.execute("select nextval('meta.load_number')").fetchone()
    assert row is not None
    return int(row[0])
