"""An engine that keeps count of what runs in it."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from foresail.engine.runner import DuckDBRunner
from foresail.engine.sessions import Session


class Counted(DuckDBRunner):
    """DuckDB, with every query that ran in it."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def run(self, session: Session, sql: str, asked: Mapping[str, pa.Table]) -> pa.Table:
        self.ran.append(sql)
        return super().run(session, sql, asked)
