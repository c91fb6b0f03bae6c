"""All facts of an export made anew of its records."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from foresail.engine.spark_making import Tables, rows_in
from foresail.facts.making.dating import dated_by
from foresail.facts.making.spark import view_of
from foresail.facts.making.statement import Statement
from foresail.project.making.knowing import FACT
from foresail.warehouse.export import file_of
from foresail.warehouse.records import FOLDER


def make_all(
    tables: Tables, plan: Iterable[Statement], records: Mapping[str, int], export: Path
) -> dict[str, int]:
    """Run the plan on an export, and give the rows of each fact, in the place of earlier ones.

    `records` says how many rows each canonical table has.
    """
    for name in records:
        tables.view(view_of(f"canonical.{name}"), export / FOLDER / name)
    empty = {f"canonical.{name}" for name, rows in records.items() if not rows}
    plan = [*plan]
    steps = {each.table for each in plan if not each.sql}
    for each in plan:
        if not make(tables, each, empty, is_dated=each.table not in steps):
            empty.add(each.table)
    shutil.rmtree(export / "fact", ignore_errors=True)
    (export / "fact").mkdir()
    rows = {}
    for view, made in sorted(tables.kept.items()):
        name = FACT + view.removeprefix(view_of(FACT))
        rows[name] = rows_in(made)
        made.rename(file_of(export, name))
    return rows


def make(tables: Tables, statement: Statement, empty: Collection[str], *, is_dated: bool) -> int:
    """Make a table, or let it go, and give the number of its rows.

    What comes of tables without rows is not asked of Spark. Where rows are dated, they lie by
    month.
    """
    name = view_of(statement.table)
    column = dated_by(statement.empty) if is_dated else ""
    if not statement.sql:
        tables.drop(name)
    elif statement.has_rows(empty):
        return tables.make(name, statement.sql, statement.empty, column)
    else:
        tables.make_empty(name, statement.empty)
    return 0
