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
from foresail.engine.blanks import blanked
from foresail.engine.cause import Gap
from foresail.engine.columns import Column
from foresail.engine.cut import Cut, count_sql
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
        self.session = data.session
        self.cursor = data.session.cursor
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

        Questions of the same rows and windows find what was counted for the others; what the data
        give no cause for is not counted.
        """
        now = tuple(each for each in asked.windows if each.series == NOW)
        question = replace(asked.question, by=(), series=(NOW,))
        tables = replace(asked, question=question, windows=now).tables
        state = (fingerprint(tables), question.where)
        ways = [
            (name, gap.sql)
            for name, gap in self._gaps(question)
            if self.data.has_cause(gap, asked.moment.as_of)
        ]
        unknown = (sql for _, sql in ways if not self.data.knows((sql, state)))
        asking = list(dict.fromkeys(unknown))
        found = self._run(numbered(asking), asked, tables) if asking else None
        counts = {
            asking[row["number"]]: (row["kind"], row["n"])
            for row in (found.to_pylist() if found else ())
        }
        known = {each.id: each for kpi in question.kpis for each in measures(kpi)}
        told = (
            (name, *self.data.once((sql, state), partial(counts.__getitem__, sql)))
            for name, sql in ways
        )
        return [(known[name], kind, number) for name, kind, number in told if number]

    def _gaps(self, question: Question) -> list[tuple[str, Gap]]:
        """The ways in which each of a question's measures, by its id, may leave something out."""
        blank, dialect = blanked(question), self.runner.dialect

        def make() -> list[Any]:
            from foresail.engine.gaps import gap_measures, gaps

            return [
                (each.id, astuple(gap))
                for each in gap_measures(blank, blank.kpis)
                for gap in gaps(self.backend, blank, each)
            ]

        kept = self.plans.get((f"gaps {dialect.name}", *blank.shape), make)
        return [(name, Gap(*gap)) for name, gap in kept]

    def records(self, asked: Asked, part: str, term: Term) -> Plan:
        """The query for the rows behind a term, and its columns; none where the data lack them."""

        def make(question: Question) -> Plan:
            from foresail.engine.records import records

            expression = records(self.backend, question, term)
            if expression is None:
                return Plan("", [])
            return Plan(self._sql(expression), list(expression.columns))

        return self._kept(f"records {part}", asked.question, make)

    def cut(self, plan: Plan, asked: Asked, cut: Cut) -> tuple[pa.Table, int]:
        """Some rows of a query for records, and how many there are in all."""
        if not plan.sql:
            return pa.table({}), 0
        sql = cut.sql(plan.sql, plan.about, self.runner.dialect)
        table = self._run(sql, asked, {**asked.tables, **cut.tables})
        is_last = cut.limit is None or table.num_rows < cut.limit
        if is_last and (table.num_rows or not cut.offset):
            return table, cut.offset + table.num_rows
        (row,) = self._run(count_sql(plan.sql), asked).to_pylist()
        return table, row["n"]

    def total(self, asked: Asked, *kpis: KPI) -> dict[str, Any]:
        """The values of some KPIs over everything that was asked, not split."""
        whole = replace(asked, question=replace(asked.question, kpis=kpis, by=(), targets={}))
        table, _ = self.values(whole)
        row: dict[str, Any] = table.to_pylist()[0]
        return row

    def result(
        self,
        kind: str,
        question: Question,
        make: Callable[[Question], Any],
        asked: Mapping[str, pa.Table],
    ) -> pa.Table:
        """The result of a query over tables of the project, and a question's own.

        `make` gives the expression for a question with blanks; questions of a kind share it.
        """
        plan = self._kept(kind, question, lambda blank: Plan(self._sql(make(blank)), None))
        return self.runner.run(self.session, plan.sql, asked, question.where)

    def _kept(
        self,
        kind: str,
        question: Question,
        make: Callable[[Question], Plan],
        dialect: Dialect | None = None,
    ) -> Plan:
        """A plan of a kind for a question, with blanks for the values of its filters."""
        written_for = dialect or self.runner.dialect
        blank = blanked(question)
        shape = (kind, written_for.name, *blank.shape)
        return Plan(**self.plans.get(shape, lambda: asdict(make(blank))))

    def _sql(self, expression: Any) -> str:
        return self.runner.dialect.sql(expression)

    def _run(
        self, sql: str, asked: Asked, tables: Mapping[str, pa.Table] | None = None
    ) -> pa.Table:
        given = asked.tables if tables is None else tables
        return self.runner.run(self.session, sql, given, asked.question.where)
