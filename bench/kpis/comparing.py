"""Whether Foresail and the SQL by hand give the same numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from bench.kpis.questions import Question
from foresail.project import Project
from foresail.project.results import Answer

AS_OF = dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)
"""Just after the last month of the data."""

Key = tuple[str, ...]
Numbers = tuple[float, ...]


def ask(project: Project, question: Question, as_of: dt.datetime = AS_OF) -> Answer:
    """Foresail's answer."""
    return project.ask(*question.kpis, **question.words, as_of=as_of.isoformat())


def differences(
    project: Project, plain: duckdb.DuckDBPyConnection, question: Question
) -> list[str]:
    """Which rows differ, in words; none where all numbers are the same."""
    found = plain.sql(question.sql)
    names = found.columns
    by_hand = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    own_names = {each: each for each in question.columns.values()}
    theirs = _numbers(by_hand, question.keys, own_names)
    ours = _numbers(ask(project, question).rows, question.keys, question.columns)
    if not theirs:
        return ["by hand there is nothing"]
    return [
        f"{', '.join(key)} is {ours.get(key)}, by hand {theirs.get(key)}"
        for key in sorted(ours.keys() | theirs.keys())
        if not _is_same(ours.get(key), theirs.get(key))
    ]


def _numbers(
    rows: Iterable[Mapping[str, Any]], keys: tuple[str, ...], columns: Mapping[str, str]
) -> dict[Key, Numbers]:
    """The numbers by key, of rows in which anything happened."""
    found = {
        tuple(str(row[key]) for key in keys): tuple(float(row[name] or 0) for name in columns)
        for row in rows
    }
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def _is_same(ours: Numbers | None, theirs: Numbers | None) -> bool:
    if ours is None or theirs is None:
        return False
    pairs = zip(ours, theirs, strict=True)
    return all(abs(one - other) <= 1e-6 * max(1, abs(one)) for one, other in pairs)
