"""Running resolved questions on a cursor, through the plans that are kept."""

from __future__ import annotations

from dataclasses import astuple, replace
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa

from foresail.core.dimensions import DIMENSIONS
from foresail.core.kpis import KPI
from foresail.core.measures import Measure, Term, measures
from foresail.engine import asked as asked_tables
from foresail.engine.columns import Column
from foresail.engine.plans import Plan, Plans
from foresail.engine.question import Question
from foresail.project.asking import Asked


class Reader:
    """Answers questions from one consistent state of the data."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, plans: Plans):
        self.cursor = cursor
        self.plans = plans

    @cached_property
    def backend(self) -> Any:
        """The cursor as Ibis sees it; only needed where no plan is kept yet."""
        import ibis

        return ibis.duckdb.from_connection(self.cursor)

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What people see in place of ids: per canonical table the names by id."""
        tables = {each.names for each in DIMENSIONS.values() if each.names}
        return {table: dict(self._names_in(table)) for table in tables}

    def _names_in(self, table: str) -> list[tuple[str, str]]:
        rows = self.cursor.table(f"canonical.{table}").project(f"{table}_id, name")
        return rows.filter("name is not null").fetchall()

    def values(self, asked: Asked) -> tuple[pa.Table, tuple[Column, ...]]:
        """The values of all KPIs, and what the columns hold."""
        plan = self.plan(asked.question)
        return self._run(plan, asked), tuple(Column(*each) for each in plan.about)

    def plan(self, question: Question) -> Plan:
        """The plan that answers a question."""

        def make() -> Plan:
            from foresail.engine.compile import query

            compiled = query(self.backend, question)
            return Plan(self._sql(compiled.expression), [astuple(c) for c in compiled.columns])

        return self.plans.get(("values", *question.shape), make)

    def gaps(self, asked: Asked) -> list[tuple[Measure, str, int]]:
        """How many rows each measure leaves out or cannot count: (measure, kind, number)."""
        question = replace(asked.question, by=())

        def make() -> Plan:
            from foresail.engine.gaps import gap_query

            expression, found = gap_query(self.backend, question, question.kpis)
            sql = "" if expression is None else self._sql(expression)
            return Plan(sql, [each.id for each in found])

        plan = self.plans.get(("gaps", *question.shape), make)
        if not plan.sql:
            return []
        known = {each.id: each for kpi in question.kpis for each in measures(kpi)}
        found = self._run(plan, asked).to_pylist()
        return [
            (known[plan.about[row["number"]]], row["kind"], row["n"]) for row in found if row["n"]
        ]

    def records(self, asked: Asked, part: str, term: Term) -> pa.Table:
        """The rows behind a term."""

        def make() -> Plan:
            from foresail.engine.records import records

            expression = records(self.backend, asked.question, term)
            return Plan("" if expression is None else self._sql(expression), None)

        plan = self.plans.get(("records", part, *asked.question.shape), make)
        return self._run(plan, asked) if plan.sql else pa.table({})

    def total(self, asked: Asked, *kpis: KPI) -> dict[str, Any]:
        """The values of some KPIs over everything that was asked, not split."""
        whole = replace(asked, question=replace(asked.question, kpis=kpis, by=(), targets={}))
        table, _ = self.values(whole)
        row: dict[str, Any] = table.to_pylist()[0]
        return row

    def _sql(self, expression: Any) -> str:
        sql: str = self.backend.compile(expression)
        return sql

    def _run(self, plan: Plan, asked: Asked) -> pa.Table:
        tables = asked_tables.tables(asked.windows, asked.question.series)
        return plan.run(self.cursor, tables)
