"""Tables made on Spark: each query's rows are written as Parquet, where the next ones read them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from foresail.core.errors import ProjectError
from foresail.engine.spark import address, first_line, read

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WITHOUT_MARK = {"mapreduce.fileoutputcommitter.marksuccessfuljobs": "false"}
"""Beside the rows Spark is to write nothing."""

MONTH = "made_month"
"""The column that names a row's month while it is written; no table has one of that name."""
OF_MONTH = re.compile(r"(\d+-\d\d|none)-part-.+\.parquet")
EMPTY = "empty.parquet"


class Tables:
    """Tables under names, as folders of files in one folder.

    A name can be given to another table later, which may be made of the one before.
    """

    def __init__(self, session: SparkSession, folder: Path):
        self.session = session
        self.folder = folder
        self.kept: dict[str, Path] = {}
        self._number = 0

    def view(self, name: str, *paths: Path) -> None:
        """Let queries read some files, or the files of a folder, under a name."""
        read(self.session, *paths).createOrReplaceTempView(name)

    def make(self, name: str, sql: str, empty: str, dated_by: str = "") -> int:
        """Make a table of a query, and give the number of its rows.

        `empty` is the statement of DuckDB that makes it without rows. Where a column dates the
        rows, they lie in files of a month each.

        Errors: `ProjectError` when Spark fails.
        """
        path = self._place(name)
        rows = write(self.session, sql, path, dated_by)
        if not rows:
            write_empty(path, empty)
        self.view(name, path)
        return rows

    def make_empty(self, name: str, empty: str) -> None:
        """Make a table without rows by the statement of DuckDB that does; Spark is not asked."""
        path = self._place(name)
        write_empty(path, empty)
        self.view(name, path)

    def drop(self, name: str) -> None:
        """Forget a table that was only a step on the way."""
        del self.kept[name]
        self.session.catalog.dropTempView(name)

    def _place(self, name: str) -> Path:
        """A new folder for a table of this name, which is to be written there next."""
        self._number += 1
        self.kept[name] = self.folder / f"{self._number}-{name}.parquet"
        return self.kept[name]


def write(session: SparkSession, sql: str, path: Path, dated_by: str = "") -> int:
    """Write a query's rows as the files of a new folder, and give their number.

    Where a column dates them, each file is of one month and named after it.

    Errors: `ProjectError` when Spark fails.
    """
    from pyspark.errors import PySparkException

    try:
        if not dated_by:
            session.sql(sql).write.options(**WITHOUT_MARK).parquet(address(path))
        else:
            dated = f"select *, {month_of(dated_by)} as {MONTH} from ({sql})"
            rows = session.sql(dated).hint("rebalance", MONTH)
            rows.write.partitionBy(MONTH).options(**WITHOUT_MARK).parquet(address(path))
            _name_after_months(path)
    except PySparkException as error:
        raise ProjectError(f"Spark could not write {path.stem}: {first_line(error)}") from error
    return rows_in(path)


def write_empty(path: Path, empty: str) -> None:
    """Write a table without rows into a folder, as a statement of DuckDB makes it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute("create schema fact")
        connection.execute(empty)
        found = connection.execute("select schema, name from (show all tables)").fetchone()
        assert found is not None
        table = connection.table(".".join(f'"{each}"' for each in found))
        table.write_parquet(str(path / EMPTY))


def month_of(column: str) -> str:
    """The value of Spark that names a row's month after a date or an instant without a zone.

    >>> month_of("day")
    "coalesce(date_format(cast(`day` as timestamp_ntz), 'yyyy-MM'), 'none')"
    """
    return f"coalesce(date_format(cast(`{column}` as timestamp_ntz), 'yyyy-MM'), 'none')"


def months_in(path: Path) -> dict[str, list[Path]] | None:
    """The files of a table by the month that each is of; None where they do not lie so."""
    if not path.is_dir():
        return None
    found: dict[str, list[Path]] = {}
    for file in sorted(path.glob("*.parquet")):
        named = OF_MONTH.fullmatch(file.name)
        if not named:
            return None
        found.setdefault(named[1], []).append(file)
    return found


def rows_in(path: Path) -> int:
    """How many rows a file holds, or the files of a folder do, as they say themselves."""
    import pyarrow.parquet

    files = [path] if path.is_file() else path.rglob("*.parquet")
    return sum(pyarrow.parquet.read_metadata(each).num_rows for each in files)


def _name_after_months(path: Path) -> None:
    """Files in folders of a month each made into files of one folder."""
    for folder in [each for each in path.iterdir() if each.is_dir()]:
        month = folder.name.partition("=")[2]
        for file in folder.glob("*.parquet"):
            file.rename(path / f"{month}-{file.name}")
        shutil.rmtree(folder)
