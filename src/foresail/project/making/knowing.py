"""What an export says of its facts: what they were made with, and of what files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow

from foresail.engine.spark_making import rows_in
from foresail.facts.making.fitting import is_current
from foresail.facts.making.makings import TALLIES
from foresail.warehouse import Settings, made_of
from foresail.warehouse.export import Manifest, file_of, files
from foresail.warehouse.made_of import ChangedFiles, Files

FACT = "fact."
MADE_WITH = "fact.made_with"


def knowledge_of(folder: Path) -> duckdb.DuckDBPyConnection:
    """What is looked up in DuckDB: what the facts were made with, and the tallies."""
    known = duckdb.connect(":memory:")
    known.execute("set TimeZone = 'UTC'")
    known.execute("create schema fact")
    for name in (MADE_WITH, *TALLIES):
        place = files(file_of(folder, name))
        with suppress(duckdb.Error):  # then facts are made as a whole
            known.execute(f"create table {name} as from read_parquet({place})")
    return known


def what_changed(
    known: duckdb.DuckDBPyConnection,
    folder: Path,
    found: Files,
    manifest: Manifest,
    settings: Settings,
) -> dict[str, ChangedFiles] | None:
    """The files of records that changed since the facts were made, by table.

    None where they were made with other settings, or are not there as they were made.
    """
    if not is_current(known, settings):
        return None
    facts = {name: rows for name, rows in manifest.tables.items() if name.startswith(FACT)}
    if not all(_holds(file_of(folder, name), rows) for name, rows in facts.items()):
        return None
    return made_of.changes(folder, found)


def _holds(place: Path, rows: int) -> bool:
    try:
        return place.exists() and rows_in(place) == rows
    except (OSError, pyarrow.ArrowException):
        return False
