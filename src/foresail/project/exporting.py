"""A project's facts given out as files."""

from __future__ import annotations

from pathlib import Path

import duckdb

from foresail import __version__
from foresail.project.asking import instant
from foresail.project.results import ExportReport
from foresail.warehouse import Settings
from foresail.warehouse.export import Manifest, now, write_export
from foresail.warehouse.made_of import KEPT
from foresail.warehouse.settings import FILE_NAME


def export(
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    project: Path,
    settings: Settings,
    fingerprint: str,
    *,
    records: bool = False,
    facts: bool = True,
) -> ExportReport:
    """Write what the cursor sees into a folder, with the project's settings, and say what it is.

    With `records`, the canonical tables too; without `facts`, these alone.

    Errors: `ProjectError` when the folder holds anything else, or cannot be written.
    """
    load = cursor.execute("select max(load_id) from meta.load").fetchone()
    about = Manifest(
        foresail=__version__,
        exported_at=now(),
        load=load[0] if load else None,
        as_of=f"{instant(None, settings).isoformat()}Z" if settings.as_of else None,
        fingerprint=fingerprint,
        tables={},
    )
    toml = (project / FILE_NAME).read_text(encoding="utf-8")
    return report_of(
        folder, write_export(cursor, folder, about, toml, records=records, facts=facts)
    )


def report_of(folder: Path, written: Manifest) -> ExportReport:
    """What an export holds."""
    size = sum(
        path.stat().st_size
        for path in folder.rglob("*.parquet")
        if path.is_file() and KEPT not in path.relative_to(folder).parts
    )
    tables = {**written.tables, **{f"records.{name}": n for name, n in written.records.items()}}
    return ExportReport(folder, tables, size, written.load, written.exported_at)
