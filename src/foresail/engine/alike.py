"""Rows that are alike in all that measures look at, counted together.

Measures that share a scan group its rows once, by the few columns that their conditions look at;
each is then worked out from the small result, so that many cost about as much as one.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis

from foresail.core.anchors import Count, Mean
from foresail.core.expressions import Expression, conjuncts
from foresail.core.measures import Measure
from foresail.engine.measured import value_of
from foresail.engine.question import Question
from foresail.engine.scans import part_name
from foresail.engine.survival import case_of, of_cases

Test = Expression | bool | str
"""A condition over columns of few values, or the name of a column that holds what one found."""


def grouped_by(measures: Iterable[Measure]) -> list[str]:
    """The columns of few values that conditions look at: rows are grouped by them first."""
    found: set[str] = set()
    for measure in measures:
        small = frozenset(getattr(measure.fact, "small", ()))
        columns = [each.columns() for each in conjuncts(measure.where)]
        found.update(*(each for each in columns if each <= small))
    return sorted(found)


@dataclass(frozen=True)
class Alike:
    """Rows grouped for additive measures and for shares by a horizon.

    `rows` has the keys, `rows_` (how many they were), sums, and per share how long its cases were
    watched and what ended that.
    """

    rows: Any
    keys: list[str]
    tests: Mapping[Measure, list[Test]]
    numbers: Mapping[str, str]
    question: Question

    def sums(self) -> Any:
        """One row per slice, the parts of each additive measure; none of a slice of no rows."""
        parts: dict[str, Any] = {}
        counts: dict[str, Any] = {}
        for number, measure in enumerate(self.tests):
            where = self._all(self.tests[measure])
            rows = self.rows.rows_.sum(where=where).fill_null(0).cast("float64")
            counts[f"count_{number}"] = rows
            parts |= self._parts(measure, where, rows)
        slices = self.rows.group_by(self.keys).agg(**parts, **counts)
        slices = slices.filter(reduce(operator.or_, (slices[name] > 0 for name in counts)))
        return slices.select(*self.keys, *parts)

    def share(self, measure: Measure) -> Any:
        """One row per slice: the share of cases by a horizon, and how many they were."""
        length, end = _of_cases(measure)
        cases = self.rows.select(
            *self.keys, length=self.rows[length], end=self.rows[end], number=self.rows.rows_
        )
        return of_cases(cases, self.keys, measure, part_name(measure))

    def _parts(self, measure: Measure, where: Any, rows: Any) -> dict[str, Any]:
        if isinstance(measure.value, Count):
            return {part_name(measure): rows}
        column = self.numbers[_value(measure)]
        total = self.rows[column].sum(where=where).cast("float64")
        known = self.rows[f"{column}_known"].sum(where=where).fill_null(0).cast("float64")
        parts = {part_name(measure, "n"): known}
        if isinstance(measure.value, Mean):
            return parts | {part_name(measure): total / known.nullif(0)}
        return parts | {part_name(measure): total, part_name(measure, "rows"): rows}

    def _all(self, tests: Iterable[Test]) -> Any:
        return all_of(self.rows, tests, self.question)


def alike(
    table: Any,
    keys: list[str],
    additive: list[Measure],
    shares: list[Measure],
    question: Question,
) -> Alike:
    """The rows of a scan, grouped by slice and by what its measures look at.

    A condition over columns with many values becomes a yes-or-no column before grouping. Rows that
    fail what all measures ask for are left out, unless a share looks at them. Only these: a choice
    between the tests of several measures would be made for each row, which takes longer than to
    group the rows.
    """
    early: dict[str, tuple[str, Expression]] = {}
    tests = {measure: _tests(measure, early) for measure in additive}
    marks = {
        name: as_boolean(test.resolve(table, question.context)) for name, test in early.values()
    }
    for measure in shares:
        marks |= dict(zip(_of_cases(measure), case_of(table, measure, question), strict=True))
    marked = table.mutate(**marks)
    values = {_value(m): m for m in additive if not isinstance(m.value, Count)}
    numbers = {key: f"value_{number}" for number, key in enumerate(values)}
    sums: dict[str, Any] = {"rows_": marked.count()}
    for key, measure in values.items():
        value = value_of(marked, measure, question)
        sums[numbers[key]] = value.sum()
        sums[f"{numbers[key]}_known"] = value.count()
    by = list(dict.fromkeys([*keys, *grouped_by(additive), *marks]))
    rows = marked.group_by(by).agg(**sums)
    if not shares and (made := _made_by_all(tests.values())):
        rows = rows.filter(all_of(rows, made, question))
    return Alike(rows, keys, tests, numbers, question)


def _tests(measure: Measure, early: dict[str, tuple[str, Expression]]) -> list[Test]:
    """The tests of a measure; those to be made before grouping get a name in `early`."""
    small = set(getattr(measure.fact, "small", ()))
    found: list[Test] = []
    for test in conjuncts(measure.where):
        columns = test.columns() if isinstance(test, Expression) else None
        if columns is None or (columns and columns <= small):
            found.append(test)
        else:
            name, _ = early.setdefault(repr(test), (f"test_{len(early)}", test))
            found.append(name)
    return found


def common(measures: Iterable[Measure]) -> list[Test]:
    """The tests that all measures make."""
    return _made_by_all([list(conjuncts(each.where)) for each in measures])


def _made_by_all(tests: Collection[list[Test]]) -> list[Test]:
    first, *others = tests
    made = [{repr(each) for each in found} for found in others]
    return [each for each in first if all(repr(each) in found for found in made)]


def _value(measure: Measure) -> str:
    """What two measures share that sum the same."""
    return repr(measure.value.value) + getattr(measure.value, "currency", "")


def _of_cases(measure: Measure) -> tuple[str, str]:
    """The columns that say how long the cases of a share were watched, and what ended that."""
    return part_name(measure, "length"), part_name(measure, "end")


def all_of(table: Any, tests: Iterable[Test], question: Question) -> Any:
    """Whether rows pass some tests."""
    where = ibis.literal(True)
    for test in tests:
        if isinstance(test, str):
            where = where & table[test]
        elif isinstance(test, bool):
            where = where & test
        else:
            where = where & as_boolean(test.resolve(table, question.context))
    return where


def passing(table: Any, tests: Iterable[Test], question: Question) -> Any:
    """The rows that pass some tests, filtered test by test.

    An engine makes most of them while it reads, and reads the other columns of no other rows.
    """
    made = [all_of(table, [test], question) for test in tests]
    return table.filter(made) if made else table


def as_boolean(value: Any) -> Any:
    """A test's finding: what is unknown does not pass."""
    return ibis.literal(value) if isinstance(value, bool) else value.fill_null(False)
