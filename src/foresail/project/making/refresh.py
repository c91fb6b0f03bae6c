"""The facts of an export brought after its records on Spark."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb

from foresail.core.errors import ProjectError
from foresail.engine.spark import SparkRunner
from foresail.engine.spark_making import Tables, rows_in
from foresail.facts.making.fitting import fingerprint, is_of_today, sign
from foresail.facts.making.makings import Plan
from foresail.facts.making.planning import statements
from foresail.facts.making.spark import SparkSource
from foresail.project.engines import engine_of, runner_of
from foresail.project.making.following import follow
from foresail.project.making.knowing import FACT, MADE_WITH, knowledge_of, what_changed
from foresail.project.making.whole import make_all
from foresail.project.refreshing import report_of
from foresail.project.results import RefreshReport
from foresail.warehouse import Settings, made_of
from foresail.warehouse.drafts import draft_of
from foresail.warehouse.export import BESIDE, MANIFEST, Manifest, file_of, manifest_of, now
from foresail.warehouse.linking import link
from foresail.warehouse.made_of import ChangedFiles
from foresail.warehouse.records import FOLDER, quoted

RECORD = "canonical."
MAKING = "making"
"""The folder of what is needed on the way."""
LEFT_OUT = shutil.ignore_patterns(MANIFEST)
"""What is written anew; all else is linked."""


def refresh_export(
    directory: str | Path, engine: str | None = None, *, whole: bool = False
) -> RefreshReport:
    """Bring the facts of an export after its records, with the settings that it has now.

    Where few records have changed since the facts were made, what is told of these is made anew;
    where none has, nothing is; else, or with `whole`, all facts are. `engine` is that of Spark,
    `spark` or `spark://HOST:PORT`; without it the settings name it. Whoever asks meanwhile is
    answered from the earlier facts; whatever happens, nothing half done is left.

    Errors: `ProjectError` when it holds no records, the engine is another one, Spark fails, or the
    export is changed meanwhile.
    """
    begun = time.monotonic()
    folder = Path(directory).resolve()
    settings = Settings.read(folder)
    manifest = _manifest(folder)
    if engine_of(engine, settings.warehouse, folder) == "duckdb":
        raise ProjectError(
            "Spark makes the facts of an export: add --engine spark, or name it in foresail.toml. "
            "DuckDB makes them in the project itself, with every load."
        )
    found = made_of.files_now(folder)
    for name in manifest.records.keys() - set(map(made_of.table_of, found)):
        raise ProjectError(f"{folder / FOLDER / name} holds no Parquet file. Export it anew.")
    with closing(knowledge_of(folder)) as known:
        changed = None if whole else what_changed(known, folder, found, manifest, settings)
        if changed == {} and is_of_today(known):
            return report_of({}, begun)
        runner = runner_of(engine, settings.warehouse, folder)
        assert isinstance(runner, SparkRunner)
        with draft_of(folder) as draft:
            shutil.copytree(folder, draft, ignore=LEFT_OUT, copy_function=link, dirs_exist_ok=True)
            made = _make(runner, known, settings, manifest, draft, changed)
            made_of.keep(draft, found)
            if made_of.files_now(folder) != found or manifest_of(folder) != manifest:
                raise ProjectError(
                    f"{folder} was changed while its facts were made. Refresh it again."
                )
    return report_of({name.removeprefix(FACT): rows for name, rows in made.items()}, begun)


def _manifest(folder: Path) -> Manifest:
    manifest = manifest_of(folder)
    if manifest is None or not manifest.records:
        raise ProjectError(
            f"{folder} holds no records to make facts of. Export them: foresail export DIR "
            "--records, and refresh there: --project DIR --engine spark"
        )
    return manifest


def _make(
    runner: SparkRunner,
    known: duckdb.DuckDBPyConnection,
    settings: Settings,
    manifest: Manifest,
    export: Path,
    changed: Mapping[str, ChangedFiles] | None,
) -> dict[str, int]:
    """Bring an export's facts after its records, and give the rows of those that were made."""
    plan = statements(settings, SparkSource)
    records = {name: rows_in(export / FOLDER / name) for name in manifest.records}
    tables = {
        **manifest.tables,
        **_write_beside(export, records, records if changed is None else changed),
    }
    made = None
    if changed is not None:
        rows = {**tables, **{RECORD + name: count for name, count in records.items()}}
        made = follow(runner.session, known, Plan(plan), export, changed, rows)
    if made is None:
        made = make_all(Tables(runner.session(), export / MAKING / "all"), plan, records, export)
        tables = {name: rows for name, rows in tables.items() if not name.startswith(FACT)}
    shutil.rmtree(export / MAKING)
    replace(
        manifest,
        exported_at=now(),
        fingerprint=fingerprint(settings),
        tables={**tables, **made, MADE_WITH: _sign(export, settings)},
        records=records,
    ).write(export)
    return made


def _write_beside(
    export: Path, records: Mapping[str, int], changed: Collection[str]
) -> dict[str, int]:
    """Write what answers look up besides the facts, of tables that changed; the rows of each."""
    rows = {}
    for name in changed:
        if columns := BESIDE.get(RECORD + name):
            source = quoted(export / FOLDER / name / "**" / "*.parquet")
            place = file_of(export, RECORD + name)
            place.unlink(missing_ok=True)
            rows_beside = f"select {columns} from read_parquet({source}, hive_partitioning = false)"
            with duckdb.connect(":memory:") as reading:
                reading.execute(f"copy ({rows_beside}) to {quoted(place)} (format parquet)")
            rows[RECORD + name] = records[name]
    return rows


def _sign(export: Path, settings: Settings) -> int:
    """Say what the facts were made with, and give the number of rows of that."""
    place = file_of(export, MADE_WITH)
    place.unlink(missing_ok=True)
    with duckdb.connect(":memory:") as signing:
        signing.execute("set TimeZone = 'UTC'")
        signing.execute("create schema fact")
        sign(signing, settings)
        signing.execute(f"copy (from {MADE_WITH}) to {quoted(place)} (format parquet)")
    return 1
