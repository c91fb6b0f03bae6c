"""Running resolved questions on an engine, through the plans that are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, astuple, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from foresail.core.dimensions import REP
from foresail.core.formulas import signature
from foresail.core.kpis import KPI
from foresail.core.measures import Measure, Term, measures
from foresail.engine.asked import fingerprint
from foresail.engine.cause import Gap, Rows, counting
from foresail.engine.columns import Column
from foresail.engine.cut import COUNTED, Cut, count_sql
from foresail.engine.dialects import Dialect
from foresail.engine.lookups import windows_of
from foresail.engine.plans import Plan, Plans
from foresail.engine.question import Question
from foresail.engine.runner import Runner
from foresail.engine.windows import NOW, PREVIOUS
from foresail.project.asking import Asked
from foresail.project.data import Data
from foresail.warehouse.cache import key_of

if TYPE_CHECKING:
    from foresail.engine.tables import Tables

OF_NOW = (NOW, NOW + PREVIOUS)
NONE_BESIDE: Mapping[str, pa.Table] = {}


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
        """The values of all KPIs, and what the columns hold.

        Those that are not split are found out once, KPI by KPI, for all questions of the same rows
        and windows: the totals of one table of a page often are among the numbers above another.
        """
        plan = self.plan(asked.question)
        columns = tuple(Column(*each) for each in plan.about)
        run = cache(lambda: self._run(plan, asked))
        if asked.question.by:
            return run(), columns
        rest = (replace(asked.question, kpis=(), targets={}).shape, fingerprint(asked.tables))
        whole: dict[str, Any] = {}
        for kpi in asked.question.kpis:
            names = ["label", *(each.name for each in columns if each.kpi == kpi.id)]
            key = ("values", signature(kpi), kpi.id in asked.question.targets, rest)
            found = self.data.once(key, partial(_columns_of, run, names))
            whole |= zip(found.column_names, found.columns, strict=True)
        return pa.table(whole), columns

    def plan(self, question: Question, dialect: Dialect | None = None) -> Plan:
        """The plan that answers a question, here or on an engine of another dialect."""
        written_for = dialect or self.runner.dialect

        def make() -> Plan:
            from foresail.engine.stages import query

            compiled = query(self.tables(written_for), question)
            return Plan(
                compiled.sql, [astuple(each) for each in compiled.columns], compiled.lookups
            )

        return self._kept("values", question, make, written_for)

    def knows(self, question: Question) -> bool:
        """Whether the plan that answers a question is known already."""
        return self.plans.knows(("values", *self.runner.dialect.key, *question.shape))

    def gaps(self, asked: Asked) -> list[tuple[Measure, str, int]]:
        """How many rows each measure leaves out or cannot count: (measure, kind, number).

        Questions of the same rows and windows find what was counted for the others; what the data
        give no cause for is not counted.
        """
        ways = self.ways(asked)
        if not ways:
            return []
        question = replace(asked.question, by=(), series=(NOW,))
        now = tuple(each for each in asked.windows if each.series == NOW)
        tables = replace(asked, question=question, windows=now).tables
        rest = replace(question, kpis=(), targets={}, context={}, missing=frozenset())
        state = (key_of(*rest.shape), fingerprint(tables))
        measured = {each.id: each for kpi in question.kpis for each in measures(kpi)}
        asking = [
            replace(rows, gaps=unknown)
            for rows in ways
            if (unknown := tuple(gap for gap in rows.gaps if not self.data.knows((gap, state))))
        ]
        counts = self._counted(asking, asked, tables) if asking else {}
        told = (
            (gap, self.data.once((gap, state), partial(counts.__getitem__, gap)))
            for rows in ways
            for gap in rows.gaps
        )
        return [(measured[gap.measure], gap.kind, number) for gap, number in told if number]

    def ways(self, asked: Asked) -> list[Rows]:
        """The ways in which something may be left out that the data give cause for."""
        question = replace(asked.question, by=(), series=(NOW,))
        return [
            replace(rows, gaps=gaps)
            for rows in self._gaps(question)
            if (gaps := tuple(gap for gap in rows.gaps if self._has_cause(gap, asked)))
        ]

    def _has_cause(self, gap: Gap, asked: Asked) -> bool:
        of_reps = [each.values for each in asked.question.where if each.dimension is REP]
        return self.data.has_cause(gap, asked.moment.as_of, of_reps[0] if of_reps else None)

    def _counted(
        self, asking: list[Rows], asked: Asked, tables: Mapping[str, pa.Table]
    ) -> dict[Gap, int]:
        """How many rows each gap has."""
        sql = counting(asking, asked.question.group_size)
        return {
            gap: row[f"n{place}"]
            for row in self.runner.run(self.session, sql, tables).to_pylist()
            for place, gap in enumerate(asking[row["number"]].gaps)
        }

    def _gaps(self, question: Question) -> list[Rows]:
        """The ways in which each of a question's measures may leave something out."""

        def make() -> list[Any]:
            from foresail.engine.gaps import gap_measures, gaps

            found = gaps(self.backend, question, gap_measures(question, question.kpis))
            return [(each.sql, list(map(astuple, each.gaps)), each.are_sums) for each in found]

        kept = self.plans.get(("gaps", *self.runner.dialect.key, *question.shape), make)
        return [Rows(sql, tuple(Gap(*gap) for gap in gaps), sums) for sql, gaps, sums in kept]

    def records(self, asked: Asked, part: str, term: Term) -> Plan:
        """The query for the rows behind a term, and its columns; none where the data lack them."""

        def make() -> Plan:
            from foresail.engine.records import records

            expression = records(self.backend, asked.question, term)
            if expression is None:
                return Plan("", [])
            made = self.backend.piece(expression)
            return Plan(made.sql, list(expression.columns), made.lookups)

        return self._kept(f"records {part}", asked.question, make)

    def cut(self, plan: Plan, asked: Asked, cut: Cut) -> tuple[pa.Table, int]:
        """Some rows of a query for records, and how many there are in all."""
        if not plan.sql:
            return pa.table({}), 0
        sql = cut.sql(plan.sql, plan.about, self.runner.dialect)
        table = self._run(plan, asked, sql, cut.tables)
        if cut.limit is None and (table.num_rows or not cut.offset):
            return table, cut.offset + table.num_rows
        if not (table.num_rows or cut.offset or cut.limit == 0):
            return table, 0
        if table.num_rows and cut.limit is not None:
            return table.drop_columns([COUNTED]), table[COUNTED][0].as_py()
        (row,) = self._run(plan, asked, count_sql(plan.sql)).to_pylist()
        return table, row["n"]

    def total(self, asked: Asked, *kpis: KPI) -> dict[str, Any]:
        """The values of some KPIs now over everything that was asked, not split.

        They are found out once for all questions of the same rows and windows.
        """
        now = tuple(each for each in asked.windows if each.series in OF_NOW)
        series = tuple(each for each in asked.question.series if each in OF_NOW)
        question = replace(asked.question, kpis=kpis, by=(), targets={}, series=series)
        whole = replace(asked, question=question, windows=now)

        def find() -> dict[str, Any]:
            table, _ = self.values(whole)
            row: dict[str, Any] = table.to_pylist()[0]
            return row

        return self.data.once((key_of(*question.shape), fingerprint(whole.tables)), find)

    def result(
        self,
        kind: str,
        question: Question,
        make: Callable[[], Any],
        asked: Mapping[str, pa.Table],
    ) -> pa.Table:
        """The result of a query over tables of the project, and a question's own.

        `make` gives the expression for a question; those of a kind and shape share it.
        """
        plan = self._kept(kind, question, lambda: Plan(self._sql(make()), None))
        return self.runner.run(self.session, plan.sql, asked)

    def _kept(
        self,
        kind: str,
        question: Question,
        make: Callable[[], Plan],
        dialect: Dialect | None = None,
    ) -> Plan:
        """A plan of a kind for a question and all others of its shape."""
        written_for = dialect or self.runner.dialect
        shape = (kind, *written_for.key, *question.shape)
        return Plan(**self.plans.get(shape, lambda: asdict(make())))

    def _sql(self, expression: Any) -> str:
        return self.runner.dialect.sql(expression)

    def _run(
        self, plan: Plan, asked: Asked, sql: str = "", beside: Mapping[str, pa.Table] = NONE_BESIDE
    ) -> pa.Table:
        """The result of a plan's query, or of one made of it, to which other tables may be lent."""
        given = {**asked.tables, **beside, **self._looked_up(plan, asked)}
        return self.runner.run(self.session, sql or plan.sql, given)

    def _looked_up(self, plan: Plan, asked: Asked) -> dict[str, pa.Table]:
        """What a plan looks up, found once for all questions of the same windows, whoever asks."""
        found: dict[str, pa.Table] = {}
        for name, sql in plan.lookups.items():
            windows = windows_of(name, asked.tables)
            find = partial(self.runner.run, self.session, sql, {**windows, **found})
            found[name] = self.data.once((name, fingerprint(windows)), find)
        return found


def _columns_of(run: Callable[[], pa.Table], names: list[str]) -> pa.Table:
    return run().select(names)
