"""What a question takes besides its query: until the query starts, and after it.

Run: .venv/bin/python -m bench.kpis.overhead [--millions N] [--rounds N] [QUESTION ...]

A question is planned when it is put again as of another instant; when it is the first of its kind
in a process that finds its plan in the cache; and when nobody ever put it, so that its plan is
written now.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.kpis.comparing import AS_OF, ask
from bench.kpis.questions import QUESTIONS, Question
from bench.measuring import Table, ms
from bench.organisation.kept import options, organisation
from foresail.project import Project

COLUMNS = ("question", "until its query starts", "its queries", "the rest")


@dataclass
class Watched:
    """An engine that notes when it was first asked, and how many ms it ran in all."""

    inner: Any
    started: float = 0.0
    ran: float = 0.0
    dialect: Any = field(init=False)

    def __post_init__(self) -> None:
        self.dialect = self.inner.dialect

    def run(self, *question: Any) -> Any:
        """The engine's result."""
        begun = time.perf_counter()
        self.started = self.started or begun
        try:
            return self.inner.run(*question)
        finally:
            self.ran += 1000 * (time.perf_counter() - begun)


@dataclass(frozen=True)
class Spent:
    """What one question took, in ms."""

    planned: float
    ran: float
    rest: float


def main() -> None:
    """Print the table."""
    parser = options(__doc__)
    parser.add_argument("questions", nargs="*", default=["Q1n", "Q4", "Q6"])
    given = parser.parse_args()
    table = Table(f"Besides the query, {given.millions:g} M", COLUMNS)
    with organisation(given.folder, given.millions).opened() as (project, _):
        for each in QUESTIONS:
            if each.name in given.questions:
                ask(project, each)
                rounds = range(given.rounds)
                _show(table, each, "again", [spent(project, each, n) for n in rounds])
                found = [spent(_like_new(project), each, n + 1000) for n in rounds]
                _show(table, each, "first in a process", found)
                with _nothing_planned():
                    _show(table, each, "first ever", [spent(_like_new(project), each, 2000)])


def _show(table: Table, question: Question, when: str, found: list[Spent]) -> None:
    middle = [
        statistics.median(getattr(each, name) for each in found)
        for name in ("planned", "ran", "rest")
    ]
    table.row(f"{question.name}, {when}", *(ms(each) for each in middle))


def spent(project: Project, question: Question, number: int) -> Spent:
    """What a question took, as of an instant of this number."""
    engine = Watched(project.runner)
    project.runner = engine
    begun = time.perf_counter()
    ask(project, question, AS_OF + dt.timedelta(seconds=1 + number))
    whole = 1000 * (time.perf_counter() - begun)
    project.runner = engine.inner
    planned = 1000 * (engine.started - begun)
    return Spent(planned, engine.ran, whole - planned - engine.ran)


def _like_new(project: Project) -> Project:
    """The project as a process that has just begun has it: it remembers nothing."""
    found = project.with_settings(project.settings)
    found.ask("pipeline_value")
    return found


@contextmanager
def _nothing_planned() -> Iterator[None]:
    """No plan is kept from earlier processes."""
    kept = os.environ.get("FORESAIL_CACHE")
    with tempfile.TemporaryDirectory() as empty:
        os.environ["FORESAIL_CACHE"] = empty
        try:
            yield
        finally:
            del os.environ["FORESAIL_CACHE"]
            if kept is not None:
                os.environ["FORESAIL_CACHE"] = kept


if __name__ == "__main__":
    main()
