"""What changed of the records since facts were made of them, seen from the files that changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet

from foresail.engine.spark_making import Tables
from foresail.facts.making.moved import Moved
from foresail.model import TABLES
from foresail.model.links import LINKING, links
from foresail.project.making.moving import Moving
from foresail.warehouse.changes import MANY
from foresail.warehouse.made_of import KEPT, ChangedFiles
from foresail.warehouse.records import FOLDER, quoted

EARLIER, LATER = "earlier", "later"


def moved_rows(
    tables: Tables,
    moving: Moving,
    export: Path,
    changed: Mapping[str, ChangedFiles],
    rows: Mapping[str, int],
) -> dict[str, Moved] | None:
    """The rows of canonical tables that are there no more, and those that are new, by table.

    `rows` says how many each table has. None where facts cannot follow: too many moved, one of them
    hangs together with nothing, or the table has other columns by now.
    """
    found = {}
    for name, files in changed.items():
        gone = [export / KEPT / path for path in files.gone]
        new = [export / FOLDER / path for path in files.new]
        first, *others = (pyarrow.parquet.read_schema(each) for each in (*gone, *new))
        if not all(each.equals(first) for each in others):
            return None
        if gone:
            tables.view(EARLIER, *gone)
        if new:
            tables.view(LATER, *new)
        moved = moving.between(f"canonical.{name}", EARLIER if gone else "", LATER if new else "")
        if moved.gone or moved.new:
            found[f"canonical.{name}"] = moved
            if links(TABLES[name]) and not _can_be_followed(moving, name, moved, rows[name]):
                return None
    return found


def write_named(cursor: duckdb.DuckDBPyConnection, moved: Mapping[str, Moved], folder: Path) -> int:
    """Write the records that rows name which moved, by `kind` and `id`, and give their number."""
    every = "".join(
        f" union select '{kind}', \"{column}\" from ({rows.rows()})"
        for name, rows in moved.items()
        for column, kind in links(TABLES[name.partition(".")[2]]).items()
    )
    folder.mkdir(parents=True)
    found = cursor.execute(
        f"copy (from (select null::varchar as kind, null::varchar as id{every}) "
        f"where id is not null) to {quoted(folder / 'named.parquet')} (format parquet)"
    ).fetchone()
    assert found is not None
    count: int = found[0]
    return count


def records_in(rows: Mapping[str, int]) -> int:
    """How many records there are that others hang together with."""
    return sum(rows.get(name, 0) for name in LINKING)


def _can_be_followed(moving: Moving, name: str, moved: Moved, rows: int) -> bool:
    """Whether few rows of a table moved, and each names a record."""
    loose = " and ".join(f'"{column}" is null' for column in links(TABLES[name]))
    for each in filter(None, (moved.gone, moved.new)):
        found = moving.cursor.execute(
            f"select count(*) * {MANY}, count(*) filter ({loose}) from {each}"
        ).fetchone()
        assert found is not None
        if found[0] > rows or found[1]:
            return False
    return True
