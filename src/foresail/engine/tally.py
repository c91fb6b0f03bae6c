"""From rows to the parts of measures: counts, sums, means, quantiles, distinct counts.

Measures that share a fact and an anchor share one scan. It groups first by the few columns that
their conditions look at, so that many measures cost about as much as one.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

import ibis

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
from foresail.core.expressions import Expression, conjuncts
from foresail.core.measures import Measure
from foresail.engine.groups import is_of_group, reps
from foresail.engine.measured import (
    Lookup,
    columns_of,
    condition_of,
    measured_rows,
    of_each,
    value_of,
)
from foresail.engine.quantiles import numbered_quantile
from foresail.engine.question import Question
from foresail.engine.rolled import rolled
from foresail.engine.scans import Scan, part_name
from foresail.engine.survival import survival

REPS = "reps"
"""The part of a measure that says how many reps are credited with what it counts."""


def tallies(backend: Any, scan: Scan, question: Question, lookup: Lookup) -> Iterator[Any]:
    """One row per window and slice: `label`, `series`, the dimensions, a column per part."""
    columns = set().union(*(columns_of(measure) for measure in scan.measures))
    keys = ["label", "series", *(each.id for each in question.by)]
    if scan.rollup:
        yield rolled(backend, scan, question, keys)
        return
    table = measured_rows(backend, scan.first, question, lookup, columns)
    additive = [m for m in scan.measures if isinstance(m.value, Count | Sum | Mean)]
    ordered = [m for m in scan.measures if isinstance(m.value, Distinct | Quantile | Longest)]
    watched = [m for m in scan.measures if isinstance(m.value, CensoredMedian | Incidence)]
    if not backend.dialect.has_quantile:
        for measure in (m for m in ordered if isinstance(m.value, Quantile)):
            yield numbered_quantile(table, keys, measure, part_name(measure), question)
        ordered = [m for m in ordered if not isinstance(m.value, Quantile)]
    if additive:
        yield _additive(table, keys, additive, question)
    if ordered:
        yield _ordered(table, keys, ordered, question)
    for measure in (m for m in scan.measures if isinstance(m.value, SumOfEach)):
        things = of_each(table, keys, measure, question)
        total = things.value.sum().cast("float64")
        yield things.group_by(keys).agg(**{part_name(measure): total})
    if guarded := [m for m in scan.measures if is_of_group(m, question)]:
        counts = {part_name(m, REPS): reps(table, m, question).cast("float64") for m in guarded}
        yield table.group_by(keys).agg(**counts)
    for measure in watched:
        yield survival(table, keys, measure, part_name(measure), question)


def _ordered(table: Any, keys: list[str], measures: list[Measure], question: Question) -> Any:
    """Quantiles, longest and distinct counts, over the rows that one of them looks at."""
    conditions = [condition_of(table, measure, question) for measure in measures]
    table = table.filter(reduce(operator.or_, conditions))
    parts: dict[str, Any] = {}
    for measure in measures:
        value = value_of(table, measure, question)
        where = condition_of(table, measure, question)
        if isinstance(measure.value, Quantile):
            value = value.cast("float64")
            parts[part_name(measure)] = value.quantile(measure.value.share, where=where)
            parts[part_name(measure, "n")] = value.count(where=where).cast("float64")
        elif isinstance(measure.value, Longest):
            parts[part_name(measure)] = value.cast("float64").max(where=where)
        else:
            parts[part_name(measure)] = value.nunique(where=where).cast("float64")
    return table.group_by(keys).agg(**parts)


def grouped_by(measures: Iterable[Measure]) -> list[str]:
    """The columns of few values that conditions look at: rows are grouped by them first."""
    found: set[str] = set()
    for measure in measures:
        small = frozenset(getattr(measure.fact, "small", ()))
        columns = [each.columns() for each in conjuncts(measure.where)]
        found.update(*(each for each in columns if each <= small))
    return sorted(found)


def _additive(table: Any, keys: list[str], measures: list[Measure], question: Question) -> Any:
    """Group by the columns that the conditions look at, then sum the groups per measure.

    A condition over columns with many values becomes a yes-or-no column before grouping.
    """
    small = set(getattr(measures[0].fact, "small", ()))
    early: dict[str, Any] = {}
    tests: dict[Measure, list[Any]] = {}
    for measure in measures:
        tests[measure] = []
        for test in conjuncts(measure.where):
            if not isinstance(test, Expression):
                tests[measure].append(test)
                continue
            columns = test.columns()
            if columns and columns <= small:
                tests[measure].append(test)
            else:
                name = repr(test)
                early[name] = test
                tests[measure].append(name)
    names = {name: f"test_{number}" for number, name in enumerate(early)}
    marked = table.mutate(
        **{
            names[name]: _as_boolean(test.resolve(table, question.context))
            for name, test in early.items()
        }
    )
    values = {
        repr(m.value.value) + getattr(m.value, "currency", ""): m
        for m in measures
        if not isinstance(m.value, Count)
    }
    numbers = {key: f"value_{number}" for number, key in enumerate(values)}
    sums: dict[str, Any] = {"rows_": marked.count()}
    for key, measure in values.items():
        value = value_of(marked, measure, question)
        sums[numbers[key]] = value.sum()
        sums[f"{numbers[key]}_known"] = value.count()
    grouped = marked.group_by(
        list(dict.fromkeys([*keys, *grouped_by(measures), *names.values()]))
    ).agg(**sums)
    if shared := _shared(tests):
        grouped = grouped.filter(_all(grouped, shared, names, question))
    parts: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    for number, measure in enumerate(measures):
        where = _all(grouped, tests[measure], names, question)
        rows = grouped.rows_.sum(where=where).fill_null(0).cast("float64")
        counts[f"count_{number}"] = rows
        if isinstance(measure.value, Count):
            parts[part_name(measure)] = rows
            continue
        column = numbers[repr(measure.value.value) + getattr(measure.value, "currency", "")]
        total = grouped[column].sum(where=where).cast("float64")
        known = grouped[f"{column}_known"].sum(where=where).fill_null(0).cast("float64")
        parts[part_name(measure, "n")] = known
        if isinstance(measure.value, Mean):
            parts[part_name(measure)] = total / known.nullif(0)
        else:
            parts[part_name(measure)] = total
            parts[part_name(measure, "rows")] = rows
    slices = grouped.group_by(keys).agg(**parts, **counts)
    slices = slices.filter(reduce(operator.or_, (slices[name] > 0 for name in counts)))
    return slices.select(*keys, *parts)


def _shared(tests: Mapping[Measure, list[Any]]) -> list[Any]:
    """The tests that all measures make: rows that fail one are left out before they are grouped.

    Only by these: a choice between the tests of several measures would be made for each row, which
    takes longer than to group the rows.
    """
    first, *others = tests.values()
    made = [{repr(each) for each in found} for found in others]
    return [each for each in first if all(repr(each) in found for found in made)]


def _as_boolean(value: Any) -> Any:
    return ibis.literal(value) if isinstance(value, bool) else value.fill_null(False)


def _all(grouped: Any, tests: list[Any], names: dict[str, str], question: Question) -> Any:
    where = ibis.literal(True)
    for test in tests:
        if isinstance(test, str):
            where = where & grouped[names[test]]
        elif isinstance(test, bool):
            where = where & test
        else:
            where = where & _as_boolean(test.resolve(grouped, question.context))
    return where
