"""Where the time of a question goes: its steps, and the operators of its queries.

Run: .venv/bin/python -m bench.kpis.profile [--millions N] [--rounds N] [--facts] [QUESTION ...]

DuckDB's own profile of each query, added up by the kind of operator over both threads.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.kpis.comparing import AS_OF, ask
from bench.kpis.overhead import spent
from bench.kpis.questions import QUESTIONS, Question
from bench.measuring import Table, ms
from bench.organisation.kept import options, organisation
from foresail.project import Project

MOST_SHOWN = 8


@dataclass
class Profiled:
    """An engine that lets DuckDB analyse each query once more."""

    inner: Any
    operators: Counter[str] = field(default_factory=Counter)
    queries: int = 0
    dialect: Any = field(init=False)

    def __post_init__(self) -> None:
        self.dialect = self.inner.dialect

    def run(self, session: Any, sql: str, asked: Mapping[str, Any]) -> Any:
        """The engine's result."""
        text = session._with_lent(sql, asked)
        told = session.cursor.execute(f"explain (analyze, format json) {text}").fetchall()
        for name, seconds in _operators(json.loads(told[0][1])):
            self.operators[name] += round(1e6 * seconds)
        self.queries += 1
        return self.inner.run(session, sql, asked)


def _operators(node: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Each operator of a plan, and the seconds it took itself."""
    kind = node.get("operator_type") or node.get("operator_name") or ""
    scanned = (node.get("extra_info") or {}).get("Table", "")
    yield f"{kind} {scanned}".strip(), float(node.get("operator_timing") or 0)
    for each in node.get("children", ()):
        yield from _operators(each)


def main() -> None:
    """Print a table for each question."""
    parser = options(__doc__)
    parser.add_argument("questions", nargs="*", help="names of questions; all")
    parser.add_argument("--facts", action="store_true", help="without sums made beforehand")
    given = parser.parse_args()
    with organisation(given.folder, given.millions).opened() as (project, _):
        source = project.from_facts() if given.facts else project
        for each in QUESTIONS:
            if each.name in (given.questions or [each.name]):
                _show(source, each, given.millions)


def _show(project: Project, question: Question, millions: float) -> None:
    ask(project, question)
    steps = spent(project, question, 0)
    engine = Profiled(project.runner)
    project.runner = engine
    ask(project, question, AS_OF + dt.timedelta(seconds=77))
    project.runner = engine.inner
    table = Table(f"{question.name}, {millions:g} M", ("step or operator", "takes"))
    table.row("until its query starts", ms(steps.planned))
    table.row(f"its {engine.queries} queries", ms(steps.ran))
    table.row("the rest", ms(steps.rest))
    for name, microseconds in engine.operators.most_common(MOST_SHOWN):
        table.row(f"in the queries: {name}", ms(microseconds / 1000))


if __name__ == "__main__":
    main()
