"""The numbers of two answers, held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from bench.kpis.questions import Question

Key = tuple[str, ...]
Numbers = tuple[float, ...]
Row = Mapping[str, Any]


def by_hand(plain: duckdb.DuckDBPyConnection, question: Question) -> list[Row]:
    """The rows that the SQL by hand gives."""
    found = plain.sql(question.sql)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def differing(
    question: Question,
    rows: Iterable[Row],
    theirs: Iterable[Row],
    columns: Mapping[str, str] | None = None,
) -> list[str]:
    """Which rows differ from those by hand, in words; none where all numbers are the same.

    `columns` pairs what the first rows call a number with what the SQL calls it; without it they
    use the names of the SQL.
    """
    own_names = {each: each for each in question.columns.values()}
    expected = _numbers(theirs, question.keys, own_names)
    if not expected:
        return ["by hand there is nothing"]
    found = _numbers(rows, question.keys, columns or own_names)
    return [
        f"{', '.join(key)} is {found.get(key)}, by hand {expected.get(key)}"
        for key in sorted(found.keys() | expected.keys())
        if not _is_same(found.get(key), expected.get(key))
    ]


def _numbers(
    rows: Iterable[Row], keys: tuple[str, ...], columns: Mapping[str, str]
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
