"""What runs the SQL of a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import duckdb
import pyarrow as pa

from foresail.engine.asked import registered
from foresail.engine.dialects import DUCKDB, Dialect


class Runner(Protocol):
    """An engine that holds the facts, in tables of their names in the schema `fact`."""

    dialect: Dialect

    def run(
        self, cursor: duckdb.DuckDBPyConnection, sql: str, asked: Mapping[str, pa.Table]
    ) -> pa.Table:
        """A query's result, where the query sees the asked tables by their names.

        `cursor` is the project's own, with the state of the data that the question began with.
        """


class DuckDBRunner:
    """Runs in the process, on the project's own tables."""

    dialect = DUCKDB

    def run(
        self, cursor: duckdb.DuckDBPyConnection, sql: str, asked: Mapping[str, pa.Table]
    ) -> pa.Table:
        """The query's result, by the cursor itself."""
        with registered(cursor, asked):
            return cursor.execute(sql).to_arrow_table()
