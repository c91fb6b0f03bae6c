"""The facts written as Parquet files, for any engine to read."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import duckdb

from foresail.core.dimensions import DIMENSIONS
from foresail.core.errors import ProjectError
from foresail.warehouse import made_of
from foresail.warehouse.drafts import draft_of
from foresail.warehouse.linking import link
from foresail.warehouse.locking import lock
from foresail.warehouse.records import quoted, write_records
from foresail.warehouse.schema import SURROGATE
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
    questions are fixed, if they are; `tables` gives the rows of each table, `records` those of the
    canonical tables, where the export holds them.
    """

    foresail: str
    exported_at: str
    load: int | None
    as_of: str | None
    fingerprint: str
    tables: dict[str, int]
    records: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Say it in an export's folder."""
        text = json.dumps(asdict(self), indent=2)
        (folder / MANIFEST).write_text(text, encoding="utf-8")


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
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    about: Manifest,
    toml: str,
    *,
    records: bool = False,
    facts: bool = True,
) -> Manifest:
    """Write every fact, and what answers look at besides, into a folder: whole or not at all.

    With `records`, the canonical tables too, so that facts can be made of them there. Without
    `facts`, those of an earlier export stay as they are until then.

    An earlier export in the folder is replaced. Errors: `ProjectError` when the folder holds
    anything else, or cannot be written.
    """
    try:
        _refuse_foreign(folder)
        with draft_of(folder) as draft:
            names = [*(_facts(cursor) if facts else ()), *BESIDE]
            counts = {name: _copy(cursor, name, draft) for name in names}
            manifest = replace(about, tables=counts)
            if records:
                _link_known(folder, draft)
                manifest = replace(manifest, records=write_records(cursor, draft, folder))
            if not facts:
                manifest = _with_earlier_facts(manifest, folder, draft)
            elif records:
                made_of.keep(draft, made_of.files_now(draft))
            (draft / FILE_NAME).write_text(toml, encoding="utf-8")
            manifest.write(draft)
    except (OSError, duckdb.IOException) as error:
        raise ProjectError(f"Nothing was exported to {folder}: {error}") from error
    return manifest


def _link_known(folder: Path, draft: Path) -> None:
    """Link what an earlier export's facts were made of, so that it is not read again."""
    if (folder / made_of.KEPT).is_dir():
        shutil.copytree(folder / made_of.KEPT, draft / made_of.KEPT, copy_function=link)


def _with_earlier_facts(manifest: Manifest, folder: Path, draft: Path) -> Manifest:
    """Link the facts of an earlier export into a draft, where there are any, and say so."""
    earlier = manifest_of(folder)
    if earlier is None or not (folder / "fact").is_dir():
        return replace(manifest, fingerprint="")
    shutil.copytree(folder / "fact", draft / "fact", copy_function=link)
    facts = {name: rows for name, rows in earlier.tables.items() if name.startswith("fact.")}
    tables = {**facts, **manifest.tables}
    return replace(manifest, tables=tables, fingerprint=earlier.fingerprint)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise ProjectError(
            f"{folder} holds something else than an export. Name a new folder, or empty this one."
        )


def _facts(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    rows = cursor.execute(
        "select table_name from information_schema.tables where table_schema = 'fact' order by 1"
    ).fetchall()
    return [f"fact.{name}" for (name,) in rows if not name.endswith(SURROGATE)]


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, draft: Path) -> int:
    """Write one table, and give its number of rows.

    The warehouse itself writes no files, so another connection does, to this folder alone.
    """
    path = file_of(draft, name)
    path.parent.mkdir(exist_ok=True)
    columns = BESIDE.get(name, f"columns(lambda name: not suffix(name, '{SURROGATE}'))")
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
    """The file of a table in an export, or the folder of its files; `name` is schema and table."""
    schema, _, table = name.partition(".")
    return folder / schema / f"{table}.parquet"


def files(path: Path) -> str:
    """What DuckDB is to read for a file, or for a folder of files, in a statement."""
    return quoted(path / "*.parquet" if path.is_dir() else path)


def now() -> str:
    """This moment in UTC, as a manifest says it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
