"""The rows by which two states of a table differ, found on Spark and known to DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from foresail.engine.spark_making import write
from foresail.facts.making.moved import Moved
from foresail.warehouse.export import files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Moving:
    """Finds rows that moved; they lie in a folder, where the cursor looks at them."""

    def __init__(self, session: SparkSession, cursor: duckdb.DuckDBPyConnection, folder: Path):
        self.session = session
        self.cursor = cursor
        self.folder = folder

    def between(self, table: str, earlier: str, later: str) -> Moved:
        """The rows of a table that its earlier state alone has, and its later one alone.

        Each is a view, or empty where it has no rows.
        """
        return Moved(
            self._only("gone", table, earlier, later), self._only("new", table, later, earlier)
        )

    def _only(self, which: str, table: str, one: str, other: str) -> str:
        """The table of the rows that one view has and the other has not; empty where none are."""
        if not one:
            return ""
        name = f"{which}_{table.replace('.', '_')}"
        but = f" except all select * from {other}" if other else ""
        if not write(self.session, f"select * from {one}{but}", self.folder / name):
            return ""
        place = files(self.folder / name)
        self.cursor.execute(f"create temp view {name} as from read_parquet({place})")
        return f"temp.{name}"
