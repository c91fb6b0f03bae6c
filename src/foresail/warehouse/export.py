"""The facts written as Parquet files, for any engine to read."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from foresail.core.dimensions import DIMENSIONS
from foresail.core.errors import ProjectError
from foresail.warehouse.locking import lock
from foresail.warehouse.settings import FILE_NAME

MANIFEST = "foresail-export.json"
FORMAT = 3
BATCH = 122_880
NAMED = sorted({each.names for each in DIMENSIONS.values() if each.names})
BESIDE = {
    **{f"canonical.{table}": f"{table}_id, name" for table in NAMED},
    "canonical.stage": "pipeline, stage, position, kind",
    "meta.load": "load_id, started_at, finished_at, files, mapping, null::varchar as loaded_by",
    "meta.load_count": (
        "load_id, table_name, file, read, accepted, updated, unchanged, quarantined, replaced"
    ),
}
"""What an answer looks at besides the facts, by table: names to show, the order of
stages, and what was loaded when."""


@dataclass(frozen=True)
class Manifest:
    """What an export is of.

    `load` is the number of the last load that is in it; `fingerprint` stands for the settings and
    declarations that the facts were made with; `as_of` is the instant at which the project's
    questions are fixed, if they are; `tables` gives the rows of each table.
    """

    foresail: str
    exported_at: str
    load: int | None
    as_of: str | None
    fingerprint: str
    tables: dict[str, int]
    format: int = FORMAT


def manifest_of(folder: Path) -> Manifest | None:
    """What the export in a folder is of; None where the folder holds none.

    Errors: `ProjectError` when it cannot be read by this version.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return Manifest(**{"format": 0, **json.loads(text)})
    except (ValueError, TypeError) as error:
        raise ProjectError(
            f"{folder / MANIFEST} is not one that this version of Foresail writes. "
            "Export the project anew."
        ) from error


def write_export(
    cursor: duckdb.DuckDBPyConnection, folder: Path, about: Manifest, toml: str
) -> Manifest:
    """Write every fact, and what answers look at besides, into a folder: whole or not at all.

    An earlier export in the folder is replaced. Errors: `ProjectError` when the folder holds
    anything else, or cannot be written.
    """
    try:
        _refuse_foreign(folder)
        with _draft(folder) as draft:
            counts = {name: _copy(cursor, name, draft) for name in [*_facts(cursor), *BESIDE]}
            manifest = Manifest(**{**asdict(about), "tables": counts})
            (draft / FILE_NAME).write_text(toml, encoding="utf-8")
            (draft / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
    except (OSError, duckdb.IOException) as error:
        raise ProjectError(f"Nothing was exported to {folder}: {error}") from error
    return manifest


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise ProjectError(
            f"{folder} holds something else than an export. Name a new folder, or empty this one."
        )


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder beside, which takes the place of the named one once it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_remains(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    aside = draft.with_suffix(".old")
    try:
        draft.mkdir()
        yield draft
        if folder.exists():
            folder.rename(aside)
        try:
            draft.rename(folder)
        except OSError:
            if aside.exists():
                aside.rename(folder)
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)


def _remove_remains(folder: Path) -> None:
    """Clear up after exports that were killed; put back what one of them had set aside."""
    name = re.compile(rf"\.{re.escape(folder.name)}\.(\d+)\.(part|old)")
    for path in folder.parent.iterdir():
        found = name.fullmatch(path.name)
        if not found or _is_alive(int(found[1])):
            continue
        if found[2] == "old" and not folder.exists():
            path.rename(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True


def _facts(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    rows = cursor.execute(
        "select table_name from information_schema.tables where table_schema = 'fact' order by 1"
    ).fetchall()
    return [f"fact.{name}" for (name,) in rows]


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, draft: Path) -> int:
    """Write one table, and give its number of rows.

    The warehouse itself writes no files, so another connection does, to this folder alone.
    """
    path = file_of(draft, name)
    path.parent.mkdir(exist_ok=True)
    columns = BESIDE.get(name, "*")
    with duckdb.connect(":memory:") as writer:
        lock(writer, readable=[draft])
        rows = cursor.execute(f"select {columns} from {name}").to_arrow_reader(BATCH)
        writer.register("rows", rows)
        found = writer.execute(
            f"copy (from rows) to {quoted(path)} (format parquet, compression zstd)"
        ).fetchone()
    assert found is not None
    count: int = found[0]
    return count


def file_of(folder: Path, name: str) -> Path:
    """The file of a table in an export; `name` is schema and table."""
    schema, _, table = name.partition(".")
    return folder / schema / f"{table}.parquet"


def quoted(path: Path) -> str:
    """A path as DuckDB reads it in a statement."""
    return "'" + str(path).replace("'", "''") + "'"


def now() -> str:
    """This moment in UTC, as a manifest says it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
