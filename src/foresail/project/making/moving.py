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

IS_GONE = "is_gone"


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
        sides = {"true": (earlier, later), "false": (later, earlier)}
        queries = [_only(is_gone, *views) for is_gone, views in sides.items() if views[0]]
        name = table.replace(".", "_")
        place = self.folder / name
        if not write(self.session, " union all ".join(queries), place):
            return Moved("", "")
        rows = f"read_parquet({files(place)})"
        return Moved(self._view(f"gone_{name}", rows, IS_GONE), self._view(f"new_{name}", rows))

    def _view(self, name: str, rows: str, condition: str = f"not {IS_GONE}") -> str:
        """A view of some of the rows that moved; empty where there are none."""
        some = f"from {rows} where {condition}"
        if not self.cursor.execute(f"select 1 {some} limit 1").fetchone():
            return ""
        self.cursor.execute(f"create temp view {name} as select * exclude ({IS_GONE}) {some}")
        return f"temp.{name}"


def _only(is_gone: str, one: str, other: str) -> str:
    """The query for the rows that one view has and the other has not."""
    but = f" except all select * from {other}" if other else ""
    return f"select {is_gone} as {IS_GONE}, * from (select * from {one}{but})"
