"""What runs the SQL of a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from foresail.engine.dialects import DUCKDB, WAREHOUSE, Dialect

if TYPE_CHECKING:
    import pyarrow as pa

    from foresail.engine.sessions import Session


class Runner(Protocol):
    """An engine that holds the facts, in tables of their names in the schema `fact`."""

    dialect: Dialect

    def run(
        self,
        session: Session,
        sql: str,
        asked: Mapping[str, pa.Table],
    ) -> pa.Table:
        """A query's result, where the query sees the asked tables by their names.

        `session` is the project's own, with the state of the data that the question began with.
        """


class DuckDBRunner:
    """Runs in the process, on the project's own tables."""

    dialect = WAREHOUSE

    def run(
        self,
        session: Session,
        sql: str,
        asked: Mapping[str, pa.Table],
    ) -> pa.Table:
        """The query's result, by the session itself."""
        return session.query(sql, asked)


class ExportRunner(DuckDBRunner):
    """Runs in the process, on the tables of an export."""

    dialect = DUCKDB
