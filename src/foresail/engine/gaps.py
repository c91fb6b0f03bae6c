"""What a number leaves out: rows without a date, values that are unknown, rows that came late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis

from foresail.core.anchors import At, On, Standing, Sum
from foresail.core.measures import Measure, Term
from foresail.engine.compile import needed, per_rep_of
from foresail.engine.question import Question
from foresail.engine.rows import INSTANT
from foresail.engine.tally import condition_of, measured_rows, value_of
from foresail.engine.windows import NOW

BEGINNING = dt.datetime(1, 1, 1)


@dataclass(frozen=True)
class Gap:
    """How many rows of a measure are left out, or came after the as-of instant."""

    measure: Measure
    undated: int
    unknown: int
    late: int


def gaps(backend: Any, question: Question, terms: Iterable[Term]) -> list[Gap]:
    """The gaps of every measure of some terms, asked in one query."""
    windows = [each for each in question.windows if each.series == NOW and each.is_known]
    asked = [each for each in needed(terms, question) if not each.per_rep and _is_event(each)]
    if not windows or not asked:
        return []
    counts = [_counts(backend, question, number, each) for number, each in enumerate(asked)]
    found = backend.to_pyarrow(reduce(ibis.union, counts)).to_pylist()
    return [Gap(asked[row["number"]], row["undated"], row["unknown"], row["late"]) for row in found]


def _is_event(measure: Measure) -> bool:
    """Whether rows of the measure can lack a date; stocks and calendars cannot."""
    if isinstance(measure.at, On):
        return not measure.at.sees_future and bool(measure.fact.has_deletion or measure.fact.shows)
    return True


def _counts(backend: Any, question: Question, number: int, measure: Measure) -> Any:
    windows = [each for each in question.windows if each.series == NOW and each.is_known]
    table = measured_rows(backend, measure, question, windows, per_rep_of(backend, question))
    table = table.filter(condition_of(table, measure, question))
    unknown = ibis.literal(0)
    if isinstance(measure.value, Sum):
        unknown = value_of(table, measure, question).isnull().sum().fill_null(0)
    late = ibis.literal(0)
    if "loaded_at" in table.columns:
        late = (table.loaded_at > ibis.literal(question.as_of, INSTANT)).sum().fill_null(0)
    counted = table.agg(unknown=unknown, late=late)
    undated = _undated(backend, question, measure)
    return counted.cross_join(undated).select(
        number=ibis.literal(number),
        undated=undated.undated.cast("int64"),
        unknown=counted.unknown.cast("int64"),
        late=counted.late.cast("int64"),
    )


def _undated(backend: Any, question: Question, measure: Measure) -> Any:
    table = backend.table(measure.fact.table, database="fact")
    as_of = ibis.literal(question.as_of, INSTANT)
    if any(window.is_all for window in question.windows):
        return table.agg(undated=ibis.literal(0).max())
    if isinstance(measure.at, Standing):
        table = table.filter(table.since <= ibis.literal(BEGINNING, INSTANT))
        table = table.filter(table.until > as_of)
        condition = _own_condition(measure)
    else:
        table = table.filter(table[measure.at.on].isnull())
        if measure.fact.has_validity and isinstance(measure.at, At):
            table = table.filter((table.since <= as_of) & (table.until > as_of))
        condition = measure
    if measure.fact.has_deletion:
        table = table.filter(table.deleted_at.isnull() | (table.deleted_at > as_of))
    if condition is not None:
        table = table.filter(condition_of(table, condition, question))
    return table.agg(undated=table.count())


def _own_condition(measure: Measure) -> Measure | None:
    """A stock's condition, unless it looks at the window, which undated rows have none of."""
    columns = measure.where.columns() if measure.where is not None else frozenset()
    windowed = {"window_start", "window_end", "window_days", "stands_at", "stands_on", "outset_at"}
    return None if columns & windowed else measure
