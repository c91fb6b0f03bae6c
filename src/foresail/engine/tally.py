"""From rows to the parts of measures: counts, sums, means, quantiles, distinct counts.

Measures that share a fact and an anchor share one scan.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from foresail.core.anchors import (
    CensoredMedian,
    Count,
    Distinct,
    Incidence,
    Longest,
    Mean,
    Quantile,
    Sum,
    SumOfEach,
)
from foresail.core.measures import Measure
from foresail.engine.alike import alike, common, passing
from foresail.engine.asked import NUMBER
from foresail.engine.groups import is_of_group, reps
from foresail.engine.measured import (
    Lookup,
    columns_of,
    condition_of,
    measured_rows,
    of_each,
    surrogate_of,
    value_of,
)
from foresail.engine.quantiles import numbered_quantile
from foresail.engine.question import Question
from foresail.engine.rolled import rolled
from foresail.engine.rows import named
from foresail.engine.scans import Scan, part_name
from foresail.engine.stack import aligned
from foresail.engine.survival import is_bounded, survival

REPS = "reps"
"""The part of a measure that says how many reps are credited with what it counts."""


def tallies(backend: Any, scan: Scan, question: Question, lookup: Lookup) -> Iterator[Any]:
    """One row per window and slice: `label`, `series`, the dimensions, a column per part."""
    by = [each.id for each in question.by]
    if scan.rollup:
        yield rolled(backend, scan, question, ["label", "series", *by])
    else:
        yield from map(named, _of_rows(backend, scan, question, lookup, [NUMBER, *by]))


def _of_rows(
    backend: Any, scan: Scan, question: Question, lookup: Lookup, keys: list[str]
) -> Iterator[Any]:
    """The same of the rows of a fact, of numbered windows."""
    columns = set().union(*(columns_of(measure) for measure in scan.measures))
    if backend.dialect.has_surrogates:
        columns |= set(map(surrogate_of, scan.measures))
    table = measured_rows(backend, scan.first, question, lookup, columns)
    ordered = [m for m in scan.measures if isinstance(m.value, Quantile | Longest)]
    watched = [m for m in scan.measures if isinstance(m.value, CensoredMedian | Incidence)]
    if not backend.dialect.has_quantile:
        for measure in (m for m in ordered if isinstance(m.value, Quantile)):
            yield numbered_quantile(table, keys, measure, part_name(measure), question)
        ordered = [m for m in ordered if not isinstance(m.value, Quantile)]
    additive = [m for m in scan.measures if isinstance(m.value, Count | Sum | Mean)]
    shares = [m for m in watched if is_bounded(m)]
    if not shares and _are_all_counted(additive, ordered):
        additive, ordered = [], [*ordered, *additive]
    if additive or shares:
        yield _counted(table, keys, additive, shares, question)
    if ordered:
        yield _ordered(table, keys, ordered, question)
    for measures in _by_value(scan):
        yield _different(table, keys, measures, question)
    for measure in (m for m in scan.measures if isinstance(m.value, SumOfEach)):
        things = of_each(table, keys, measure, question)
        total = things.value.sum().cast("float64")
        yield things.group_by(keys).agg(**{part_name(measure): total})
    if guarded := [m for m in scan.measures if is_of_group(m, question)]:
        counts = {part_name(m, REPS): reps(table, m, question).cast("float64") for m in guarded}
        yield table.group_by(keys).agg(**counts)
    for measure in (m for m in watched if not is_bounded(m)):
        yield survival(table, keys, measure, part_name(measure), question)


def _are_all_counted(additive: list[Measure], ordered: list[Measure]) -> bool:
    """Whether all are counts of rows that others put in order, so that one pass does for both."""
    passed = {repr(each.where) for each in ordered}
    return all(isinstance(each.value, Count) and repr(each.where) in passed for each in additive)


def _counted(
    table: Any,
    keys: list[str],
    additive: list[Measure],
    shares: list[Measure],
    question: Question,
) -> Any:
    """Counts, sums, means, and shares by a horizon: all of rows that are grouped once.

    They are one table, so that an engine can keep these groups for all of them.
    """
    rows = alike(table, keys, additive, shares, question)
    found = [rows.sums()] if additive else []
    return aligned([*found, *map(rows.share, shares)], keys)


def _ordered(table: Any, keys: list[str], measures: list[Measure], question: Question) -> Any:
    """Quantiles, longest, and counts, over the rows that one of them looks at."""
    conditions = [condition_of(table, measure, question) for measure in measures]
    table = passing(table, common(measures), question).filter(reduce(operator.or_, conditions))
    parts: dict[str, Any] = {}
    for measure in measures:
        is_all = measure.where is None
        where = None if is_all else condition_of(table, measure, question)
        if isinstance(measure.value, Count):
            parts[part_name(measure)] = table.count(where=where).cast("float64")
            continue
        value = value_of(table, measure, question).cast("float64")
        if isinstance(measure.value, Quantile):
            parts[part_name(measure)] = value.quantile(measure.value.share, where=where)
            parts[part_name(measure, "n")] = value.count(where=where).cast("float64")
        else:
            parts[part_name(measure)] = value.max(where=where)
    return table.group_by(keys).agg(**parts)


def _by_value(scan: Scan) -> Iterable[list[Measure]]:
    """The distinct counts of a scan, those of one value together."""
    found: dict[str, list[Measure]] = {}
    for measure in scan.measures:
        if isinstance(measure.value, Distinct):
            found.setdefault(repr(measure.value.value), []).append(measure)
    return found.values()


def _different(table: Any, keys: list[str], measures: list[Measure], question: Question) -> Any:
    """Distinct counts of one value: each value once per slice first, then the values.

    Engines do that faster than they count different values group by group.
    """
    tests = {part_name(each): condition_of(table, each, question) for each in measures}
    table = passing(table, common(measures), question)
    table = table.mutate(thing=_told_apart(table, measures[0], question), **tests)
    table = table.filter(reduce(operator.or_, (table[name] for name in tests)))
    things = table.group_by([*keys, "thing"]).agg(**{name: table[name].any() for name in tests})
    return things.group_by(keys).agg(
        **{name: things.thing.count(where=things[name]).cast("float64") for name in tests}
    )


def _told_apart(table: Any, measure: Measure, question: Question) -> Any:
    """What is counted apart: the number in place of an id, where the rows have it."""
    surrogate = surrogate_of(measure)
    return table[surrogate] if surrogate in table.columns else value_of(table, measure, question)
