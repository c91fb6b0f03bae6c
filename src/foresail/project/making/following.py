"""Facts that follow a change of records on Spark, in place of being made anew.

The part of each local fact is made by the plan of all facts, in a session where the tables hold
nothing but the rows that tell of the records together. Of the facts' own files only those of the
months are written again in which a row goes or comes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from foresail.engine.spark_making import (
    Tables,
    month_of,
    months_in,
    rows_in,
    write,
    write_empty,
)
from foresail.facts.making import rollups
from foresail.facts.making.dating import dated_by
from foresail.facts.making.following.walk import Walk
from foresail.facts.making.makings import LINKED, Making, Plan
from foresail.facts.making.moved import Moved
from foresail.facts.making.spark import view_of
from foresail.facts.making.statement import Statement
from foresail.model import TABLES
from foresail.model.links import links
from foresail.project.making.changed import moved_rows, records_in, write_named
from foresail.project.making.moving import Moving
from foresail.project.making.together import FIRST, Records, find_together
from foresail.project.making.whole import make
from foresail.warehouse.changes import MANY
from foresail.warehouse.export import file_of
from foresail.warehouse.made_of import ChangedFiles
from foresail.warehouse.records import FOLDER, quoted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TOLD, MADE, STAYING = "told", "made", "staying"
"""Views of the rows that a fact tells of the records, of those that are to be, and of the rest."""


def follow(
    sessions: Callable[[], SparkSession],
    cursor: duckdb.DuckDBPyConnection,
    plan: Plan,
    export: Path,
    changed: Mapping[str, ChangedFiles],
    rows: Mapping[str, int],
) -> dict[str, int] | None:
    """Bring the facts of an export after a change of files, and give the rows of those that differ.

    `rows` says how many each table has, facts and records. None where all facts have to be made
    anew; some may be different by then.
    """
    if plan.beside & {f"canonical.{name}" for name in changed}:
        return None
    folder = export / "making"
    tables = Tables(sessions(), folder / "whole")
    for name in TABLES:
        tables.view(view_of(f"canonical.{name}"), export / FOLDER / name)
    moving = Moving(tables.session, cursor, folder / "moved")
    records = {name: rows[f"canonical.{name}"] for name in TABLES}
    moved = moved_rows(tables, moving, export, changed, records)
    if moved is None:
        return None
    write_named(cursor, moved, folder / "together" / FIRST)
    at_most = records_in(records) // MANY
    together = find_together(tables.session, cursor, folder / "together", at_most)
    if together is None:
        return None
    follower = Follower(cursor, plan, moved, together, moving, tables, sessions, export, rows)
    return follower.rows if follower.follow() else None


class Follower(Walk):
    """Facts of an export on their way after a change of its records."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        plan: Plan,
        moved: Mapping[str, Moved],
        together: Records,
        moving: Moving,
        tables: Tables,
        sessions: Callable[[], SparkSession],
        export: Path,
        rows: Mapping[str, int],
    ):
        super().__init__(cursor, plan, moved)
        self.together = together
        self.moving = moving
        self.export = export
        self.whole = tables
        """All tables, as they are by now."""
        self.part = Tables(sessions(), tables.folder.with_name("part"))
        """The parts, under the names of their tables; what tells of nobody is there as it is."""
        self.sums = Tables(sessions(), tables.folder.with_name("sums"))
        """The months of facts in which a row moved, of which rollups are made."""
        self.rows: dict[str, int] = {}
        """The rows of the facts that are different by now."""
        self._rows = {**rows}
        self._months: dict[str, list[str]] = {}
        """The months of facts in which a row moved, where they lie by month."""

    def end(self, *, is_another_day: bool) -> None:
        """Make the rollups of those months anew in which a fact is different."""
        del is_another_day
        for fact, every in rollups.ROLLUPS.items():
            if f"fact.{fact}" in self.changed:
                for each in every:
                    self._make_rollup(f"fact.{fact}", self.plan.makings[f"fact.{each.table}"])

    def make_part(self, statement: Statement) -> int:
        """Run the statement in the session of the parts."""
        for name in self.plan.makings[statement.table].reads - self.plan.local - LINKED:
            self.part.view(view_of(name), self._place(name))
        return self.part.make(view_of(statement.table), statement.sql, statement.empty)

    def make_empty_part(self, statement: Statement) -> None:
        """Make the part without rows."""
        self.part.make_empty(view_of(statement.table), statement.empty)

    def take_part(self, table: str) -> int:
        """Take rows of records that are told together; a fact's part is made of these."""
        if making := self.plan.makings.get(table):
            self.make_parts(making)
            return self.parts[table]
        view, place = view_of(table), self.part.folder / table
        naming = self.together.named_by(links(TABLES[table.partition(".")[2]]))
        count = write(self.whole.session, f"select * from {view} where {naming}", place)
        self.part.view(view, place)
        return count

    def place(self, making: Making) -> Moved | None:
        """Put rows in the place of those told of the same records, in the months that differ."""
        table, view = making.table, view_of(making.table)
        naming = self.together.named_by(making.records)
        told = self.whole.folder / f"told-{view}"
        self._see(table)
        sql = f"select * from {view} where {naming}"
        has_told = naming != "false" and write(self.whole.session, sql, told) > 0
        if not has_told and not self.parts[table]:
            return None
        if has_told:
            self.whole.view(TOLD, told)
        self.whole.view(MADE, self.part.kept[view])
        moved = self.moving.between(table, TOLD if has_told else "", MADE)
        if not (moved.gone or moved.new):
            return None
        self._replace(making, naming, moved)
        return moved

    def make(self, making: Making) -> None:
        """Make a fact, or a step, of all there is."""
        for name in making.reads:
            self._see(name)
        empty = {name for name in making.reads if not self._rows.get(name, 1)}
        for each in making.statements:
            make(self.whole, each, empty, is_dated=not making.is_step)
        made = self.whole.kept[view_of(making.table)]
        self._rows[making.table] = rows_in(made)
        if not making.is_step:
            place = self._emptied(making.table)
            made.rename(place)
            self._is_new(making.table)

    def fingerprint(self, table: str) -> object:
        """The number of rows, and the sum of their hashes."""
        self._see(table)
        view = view_of(table)
        columns = ", ".join(f"`{name}`" for name in self.whole.session.table(view).columns)
        sql = f"select count(*), sum(cast(xxhash64({columns}) as decimal(38, 0))) from {view}"
        return tuple(self.whole.session.sql(sql).collect()[0])

    def move(self, table: str) -> bool:
        """Bring a tally after the records that moved, in DuckDB: it has few rows."""
        has_other_keys = super().move(table)
        target = quoted(self._emptied(table))
        self.cursor.execute(f"copy (from {table}) to {target} (format parquet)")
        self._is_new(table)
        return has_other_keys

    def _replace(self, making: Making, naming: str, moved: Moved) -> None:
        """Write those months of a fact again in which a row goes or comes, or all of it."""
        place, dated = self._place(making.table), dated_by(making.statements[-1].empty)
        files = months_in(place) if dated else None
        condition, before = "true", [place]
        if files is not None:
            months = self._months[making.table] = self._months_of(moved, dated)
            listed = ", ".join(f"'{each}'" for each in months)
            condition = f"{month_of(dated)} in ({listed})"
            before = [file for month in months for file in files.get(month, [])]
        queries = [f"select * from {MADE} where {condition}"]
        if before:
            self.whole.view(STAYING, *before)
            queries.append(f"select * from {STAYING} where not coalesce({naming}, false)")
        after = self.whole.folder / f"after-{view_of(making.table)}"
        write(self.whole.session, " union all ".join(queries), after, dated)
        self._put(making, before, after)

    def _put(self, making: Making, before: Iterable[Path], after: Path) -> None:
        """Put the files of a folder in place of some or all of a fact's."""
        place = self._place(making.table)
        for each in before:
            _remove(each)
        place.mkdir(exist_ok=True)
        for each in after.glob("*.parquet"):
            each.rename(place / each.name)
        if not any(place.iterdir()):
            write_empty(place, making.statements[-1].empty)
        self._is_new(making.table)

    def _make_rollup(self, fact: str, making: Making) -> None:
        """Make a rollup of a fact anew: in the months that are different, where both lie so."""
        place, dated = self._place(making.table), dated_by(making.statements[-1].empty)
        files, of_fact = months_in(place), months_in(self._place(fact))
        if fact not in self._months or files is None or of_fact is None:
            self.make(making)
            return
        months = self._months[fact]
        after = self.sums.folder / making.table
        if read := [file for month in months for file in of_fact.get(month, [])]:
            self.sums.view(view_of(fact), *read)
            write(self.sums.session, making.statements[-1].sql, after, dated)
        self._put(making, [file for month in months for file in files.get(month, [])], after)

    def _months_of(self, moved: Moved, dated: str) -> list[str]:
        """The months of rows that moved, as files are named after them."""
        month = f"""coalesce(printf('%04d-%02d', year("{dated}"), month("{dated}")), 'none')"""
        found = self.cursor.execute(
            f"select distinct {month} from ({moved.rows()}) order by 1"
        ).fetchall()
        return [month for (month,) in found]

    def _see(self, table: str) -> None:
        """Let the session of all tables know a fact as it is by now."""
        view = view_of(table)
        if table not in LINKED and view not in self.whole.kept:
            self.whole.view(view, self._place(table))

    def _is_new(self, table: str) -> None:
        """Note that a fact lies in other files by now."""
        place = self._place(table)
        self.rows[table] = self._rows[table] = rows_in(place)
        self.whole.kept.pop(view_of(table), None)
        self.whole.view(view_of(table), place)

    def _emptied(self, table: str) -> Path:
        """The place of a fact, where nothing is any more."""
        place = self._place(table)
        _remove(place)
        return place

    def _place(self, table: str) -> Path:
        schema, _, name = table.partition(".")
        return self.export / FOLDER / name if schema == "canonical" else file_of(self.export, table)


def _remove(path: Path) -> None:
    """Remove a file or a folder; what is linked elsewhere stays there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
