"""Numbers of groups alone: a number to which few reps are credited stays unknown."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any

import ibis

from foresail.core.anchors import CensoredMedian, Count, SumOfEach
from foresail.core.dimensions import REP
from foresail.core.measures import Measure
from foresail.engine.measured import condition_of, value_of
from foresail.engine.question import Question


def is_of_group(measure: Measure, question: Question) -> bool:
    """Whether a measure is told only where enough reps are credited with what it counts."""
    return bool(question.group_size and measure.credit and REP in measure.credit.carries)


def reps(table: Any, measure: Measure, question: Question) -> Any:
    """How many reps are credited with what a measure counts, over some of its rows."""
    assert measure.credit is not None
    counted = condition_of(table, measure, question)
    if not isinstance(measure.value, Count | SumOfEach):
        value = value_of(table, measure, question)
        counted = counted & value.notnull()
        if isinstance(measure.value, CensoredMedian):
            counted = counted & (value >= 0).fill_null(False)
    return table[measure.credit.column(REP)].nunique(where=counted)


def of_large_groups(table: Any, keys: Iterable[str], measure: Measure, question: Question) -> Any:
    """The rows of the slices to which enough reps are credited."""
    names = list(keys)
    groups = table.group_by(names).agg(reps_credited=reps(table, measure, question))
    large = groups.filter(groups.reps_credited >= question.group_size)
    return table.semi_join(large, [table[name].identical_to(large[name]) for name in names])


def is_withheld(counts: Iterable[Any], question: Question) -> Any:
    """Whether one of some numbers of reps is too small for what they are credited with."""
    few = [each.fill_null(0) < question.group_size for each in counts]
    return reduce(operator.or_, few, ibis.literal(False))
