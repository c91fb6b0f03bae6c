"""The activities as CSV, as a CRM would export them, and again with some of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.organisation.kept import Organisation

CHANGED = "if(hash(activity_id) % 10 = 0, coalesce(duration_seconds, 0) + 1, duration_seconds)"
"""One in ten became longer meanwhile."""


@contextmanager
def written(found: Organisation) -> Iterator[tuple[Path, Path]]:
    """Both files, each called `activity.csv`, gone at the end."""
    source = found.folder / "files" / "activity.parquet"
    with TemporaryDirectory(prefix="csv-", dir=found.folder) as name, duckdb.connect() as made:
        paths = [Path(name) / each / "activity.csv" for each in ("first", "again")]
        known = made.read_parquet(str(source))
        later = made.sql(f"select * replace ({CHANGED} as duration_seconds) from known")
        for path, rows in zip(paths, (known, later), strict=True):
            path.parent.mkdir()
            rows.write_csv(str(path))
        first, again = paths
        yield first, again


def read_plainly(folder: Path, file: Path) -> int:
    """Read a file into a new database as DuckDB does by itself; how many rows it has."""
    path = folder / "plain.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as plain:
        plain.execute("create table activity as from read_csv($1)", [str(file)])
        (count,) = plain.sql("select count(*) from activity").fetchall()[0]
    return int(count)
