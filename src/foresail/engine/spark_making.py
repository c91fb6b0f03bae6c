"""Tables made on Spark: each query's rows are written as Parquet, where the next ones read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from foresail.core.errors import ProjectError
from foresail.engine.spark import first_line, read

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WITHOUT_MARK = {"mapreduce.fileoutputcommitter.marksuccessfuljobs": "false"}
"""Beside the rows Spark is to write nothing."""


class Tables:
    """Tables under names, as folders of files in one folder.

    A name can be given to another table later, which may be made of the one before.
    """

    def __init__(self, session: SparkSession, folder: Path):
        self.session = session
        self.folder = folder
        self.kept: dict[str, Path] = {}
        self._number = 0

    def view(self, name: str, path: Path) -> None:
        """Let queries read a file, or the files of a folder, under a name."""
        read(self.session, path).createOrReplaceTempView(name)

    def make(self, name: str, sql: str) -> int:
        """Make a table of a query, and give the number of its rows.

        Errors: `ProjectError` when Spark fails.
        """
        from pyspark.errors import PySparkException

        path = self.place(name)
        try:
            self.session.sql(sql).write.options(**WITHOUT_MARK).parquet(path.as_uri())
            self.view(name, path)
            return rows_in(path)
        except PySparkException as error:
            raise ProjectError(f"Spark could not make {name}: {first_line(error)}") from error

    def place(self, name: str) -> Path:
        """A new folder for a table of this name, which is to be written there next."""
        self._number += 1
        self.kept[name] = self.folder / f"{self._number}-{name}.parquet"
        return self.kept[name]

    def drop(self, name: str) -> None:
        """Forget a table that was only a step on the way."""
        del self.kept[name]
        self.session.catalog.dropTempView(name)


def rows_in(path: Path) -> int:
    """How many rows the files of a folder hold, as they say themselves."""
    import pyarrow.parquet

    return sum(pyarrow.parquet.read_metadata(each).num_rows for each in path.glob("*.parquet"))
