"""Running resolved questions on an engine, through the plans that are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, astuple, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from foresail.core.kpis import KPI
from foresail.core.measures import Measure, Term, measures
from foresail.engine.asked import fingerprint
from foresail.engine.blanks import blanked, filled
from foresail.engine.columns import Column
from foresail.engine.dialects import Dialect
from foresail.engine.plans import Plan, Plans
from foresail.engine.question import Question
from foresail.engine.runner import Runner
from foresail.engine.stack import numbered
from foresail.engine.windows import NOW
from foresail.project.asking import Asked
from foresail.project.data import Data

if TYPE_CHECKING:
    from foresail.engine.tables import Tables


class Reader:
    """Answers questions from one consistent state of the data."""

    def __init__(self, data: Data, plans: Plans, runner: Runner):
        self.data = data
        self.cursor = data.cursor
        self.plans = plans
        self.runner = runner

    @cached_property
    def backend(self) -> Tables:
        """The tables as queries see them; only needed where no plan is kept yet."""
        return self.tables(self.runner.dialect)

    def tables(self, dialect: Dialect) -> Tables:
        """The tables as queries of a dialect see them."""
        from foresail.engine.tables import Tables

        return Tables(self._columns, dialect, self.plans)

    def _columns(self, name: str, schema: str) -> Any:
        """The columns of a table of the project, as Ibis has them."""

        def look() -> Any:
            import ibis

            source = ibis.duckdb.from_connection(self.cursor)
            return source.table(name, database=schema).schema()

        return self.data.once(("columns", schema, name), look)

    def values(self, asked: Asked) -> tuple[pa.Table, tuple[Column, ...]]:
        """The values of all KPIs, and what the columns hold."""
        plan = self.plan(asked.question)
        return self._run(plan.sql, asked), tuple(Column(*each) for each in plan.about)

    def plan(self, question: Question, dialect: Dialect | None = None) -> Plan:
        """The plan that answers a question, here or on an engine of another dialect."""
        written_for = dialect or self.runner.dialect

        def make(question: Question) -> Plan:
            from foresail.engine.compile import query

            compiled = query(self.tables(written_for), question)
            return Plan(compiled.sql, [astuple(each) for each in compiled.columns])

        return self._kept("values", question, make, written_for)

    def gaps(self, asked: Asked) -> list[tuple[Measure, str, int]]:
        """How many rows each measure leaves out or cannot count: (measure, kind, number).

        Questions of the same rows and windows find what was counted for the others.
        """
        now = tuple(each for each in asked.windows if each.series == NOW)
        question = replace(asked.question, by=(), series=(NOW,))
        tables = replace(asked, question=question, windows=now).tables
        state = fingerprint(tables)
        queries = self._gap_queries(question)
        asking = [sql for sql in queries.values() if not self.data.knows((sql, state))]
        found = self.runner.run(self.cursor, numbered(asking), tables) if asking else None
        counts: dict[str, list[tuple[str, int]]] = {sql: [] for sql in asking}
        for row in found.to_pylist() if found else ():
            counts[asking[row["number"]]].append((row["kind"], row["n"]))
        known = {each.id: each for kpi in question.kpis for each in measures(kpi)}
        return [
            (known[name], kind, number)
            for name, sql in queries.items()
            for kind, number in self.data.once((sql, state), partial(counts.__getitem__, sql))
            if number
        ]

    def _gap_queries(self, question: Question) -> dict[str, str]:
        """The queries for the gaps of a question's measures, by their ids."""
        blank, dialect = blanked(question), self.runner.dialect

        def make() -> dict[str, str]:
            from foresail.engine.gaps import gap_measures, gap_query

            found = gap_measures(blank, blank.kpis)
            queries = {each.id: gap_query(self.backend, blank, each) for each in found}
            return {name: sql for name, sql in queries.items() if sql}

        queries = self.plans.get((f"gaps {dialect.name}", *blank.shape), make)
        return {name: filled(sql, question, dialect) for name, sql in queries.items()}

    def records(self, asked: Asked, part: str, term: Term) -> pa.Table:
        """The rows behind a term."""

        def make(question: Question) -> Plan:
            from foresail.engine.records import records

            expression = records(self.backend, question, term)
            return Plan("" if expression is None else self._sql(expression), None)

        plan = self._kept(f"records {part}", asked.question, make)
        return self._run(plan.sql, asked) if plan.sql else pa.table({})

    def total(self, asked: Asked, *kpis: KPI) -> dict[str, Any]:
        """The values of some KPIs over everything that was asked, not split."""
        whole = replace(asked, question=replace(asked.question, kpis=kpis, by=(), targets={}))
        table, _ = self.values(whole)
        row: dict[str, Any] = table.to_pylist()[0]
        return row

    def result(self, expression: Any, asked: Mapping[str, pa.Table]) -> pa.Table:
        """The result of a query over tables of the project, and a question's own."""
        return self.runner.run(self.cursor, self._sql(expression), asked)

    def _kept(
        self,
        kind: str,
        question: Question,
        make: Callable[[Question], Plan],
        dialect: Dialect | None = None,
    ) -> Plan:
        """A plan of a kind for a question: made with blanks, kept, and filled with its values."""
        written_for = dialect or self.runner.dialect
        blank = blanked(question)
        shape = (kind, written_for.name, *blank.shape)
        found = Plan(**self.plans.get(shape, lambda: asdict(make(blank))))
        return replace(found, sql=filled(found.sql, question, written_for))

    def _sql(self, expression: Any) -> str:
        return self.runner.dialect.sql(expression)

    def _run(self, sql: str, asked: Asked) -> pa.Table:
        return self.runner.run(self.cursor, sql, asked.tables)
