"""Whether Foresail and the SQL by hand give the same numbers."""

from __future__ import annotations

import datetime as dt

import duckdb

from bench.kpis.numbers import by_hand, differing
from bench.kpis.questions import Question
from foresail.project import Project
from foresail.project.results import Answer

AS_OF = dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)
"""Just after the last month of the data."""


def ask(project: Project, question: Question, as_of: dt.datetime = AS_OF) -> Answer:
    """Foresail's answer."""
    return project.ask(*question.kpis, **question.words, as_of=as_of.isoformat())


def differences(
    project: Project, plain: duckdb.DuckDBPyConnection, question: Question
) -> list[str]:
    """Which rows differ, in words; none where all numbers are the same."""
    rows = ask(project, question).rows
    return differing(question, rows, by_hand(plain, question), question.columns)
