"""The facts of an export made anew on Spark, of the records that it holds."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import duckdb

from foresail.core.errors import ProjectError
from foresail.engine.spark import SparkRunner
from foresail.engine.spark_making import Tables, rows_in
from foresail.facts.making.fitting import fingerprint, sign
from foresail.facts.making.planning import statements
from foresail.facts.making.spark import SparkSource, view_of
from foresail.facts.making.statement import Statement
from foresail.project.engines import runner_of
from foresail.project.refreshing import report_of
from foresail.project.results import RefreshReport
from foresail.warehouse import Settings
from foresail.warehouse.drafts import draft_of
from foresail.warehouse.export import MANIFEST, Manifest, file_of, manifest_of, now
from foresail.warehouse.records import FOLDER, quoted

FACT = "fact."
MADE_WITH = "fact.made_with"
LEFT_OUT = shutil.ignore_patterns("fact", MANIFEST)
"""What is made anew; all else of an export stays."""


def refresh_export(directory: str | Path, engine: str | None = None) -> RefreshReport:
    """Make the facts of an export anew of its records, with the settings that it has now.

    `engine` is that of Spark, `spark` or `spark://HOST:PORT`; without it the settings name it.
    Whoever asks meanwhile is answered from the earlier facts; whatever happens, nothing half done
    is left.

    Errors: `ProjectError` when it holds no records, the engine is another one, or Spark fails.
    """
    begun = time.monotonic()
    folder = Path(directory).resolve()
    settings = Settings.read(folder)
    manifest = manifest_of(folder)
    if manifest is None or not manifest.records:
        raise ProjectError(
            f"{folder} holds no records to make facts of. Export them: foresail export DIR "
            "--records, and refresh there: --project DIR --engine spark"
        )
    runner = runner_of(engine, settings.warehouse, folder)
    if not isinstance(runner, SparkRunner):
        raise ProjectError(
            "Spark makes the facts of an export: add --engine spark, or name it in foresail.toml. "
            "DuckDB makes them in the project itself, with every load."
        )
    with draft_of(folder) as draft:
        shutil.copytree(folder, draft, ignore=LEFT_OUT, copy_function=_link, dirs_exist_ok=True)
        made = _make(Tables(runner.session(), draft / "making"), manifest, settings, draft)
        made.write(draft)
    facts = {name: rows for name, rows in made.tables.items() if name.startswith(FACT)}
    return report_of({name.removeprefix(FACT): rows for name, rows in facts.items()}, begun)


def _make(tables: Tables, manifest: Manifest, settings: Settings, folder: Path) -> Manifest:
    for name in manifest.records:
        tables.view(view_of(f"canonical.{name}"), folder / FOLDER / name)
    empty = {f"canonical.{name}" for name, rows in manifest.records.items() if not rows}
    with duckdb.connect(":memory:") as columns:
        columns.execute("create schema fact")
        for statement in statements(settings, SparkSource):
            _run(statement, tables, empty, columns)
    return replace(
        manifest,
        exported_at=now(),
        fingerprint=fingerprint(settings),
        tables={**_besides(manifest), **_kept(tables, folder), MADE_WITH: _sign(folder, settings)},
    )


def _run(
    statement: Statement,
    tables: Tables,
    empty: set[str],
    columns: duckdb.DuckDBPyConnection,
) -> None:
    """Make a table or let it go; what comes of tables without rows is not asked of Spark."""
    name = view_of(statement.table)
    if not statement.sql:
        tables.drop(name)
    elif statement.has_rows(empty):
        if not tables.make(name, statement.sql):
            empty.add(statement.table)
    else:
        columns.execute(statement.empty)
        place = tables.place(name)
        place.mkdir(parents=True)
        target = quoted(place / "none.parquet")
        columns.execute(f"copy (from {statement.table}) to {target} (format parquet)")
        tables.view(name, place)
        empty.add(statement.table)


def _besides(manifest: Manifest) -> dict[str, int]:
    return {name: rows for name, rows in manifest.tables.items() if not name.startswith(FACT)}


def _kept(tables: Tables, folder: Path) -> dict[str, int]:
    """Put the facts into their place in an export's folder, and give the rows of each."""
    (folder / "fact").mkdir()
    rows = {}
    for view, made in sorted(tables.kept.items()):
        name = FACT + view.removeprefix(view_of(FACT))
        rows[name] = rows_in(made)
        made.rename(file_of(folder, name))
    shutil.rmtree(tables.folder)
    return rows


def _sign(folder: Path, settings: Settings) -> int:
    """Say what the facts were made with, and give the number of rows of that."""
    with duckdb.connect(":memory:") as signing:
        signing.execute("create schema fact")
        sign(signing, settings)
        target = quoted(file_of(folder, MADE_WITH))
        signing.execute(f"copy (from {MADE_WITH}) to {target} (format parquet)")
    return 1


def _link(source: str, target: str) -> None:
    """The same file under another name, where the disk can: records may be large."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
