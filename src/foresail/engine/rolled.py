"""Measures answered from the sums that are kept beside a fact.

Days that are over come from a rollup, the rows of the day that still goes on from the fact itself,
and those without a date where all that there ever was is asked for.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any

from foresail.core.anchors import Count, Mean
from foresail.core.measures import Measure
from foresail.core.rollups import KNOWN, VALUE, Rollup, column
from foresail.engine.measured import columns_of, measured_rows
from foresail.engine.question import Question
from foresail.engine.rows import rolled_rows
from foresail.engine.scans import Scan, part_name


def serving(measure: Measure, question: Question) -> Rollup | None:
    """The rollup that answers a measure of a question; none where its rows must be looked at."""
    return next((each for each in measure.fact.rollups if not lacks(each, measure, question)), None)


def lacks(rollup: Rollup, measure: Measure, question: Question) -> str:
    """Why a rollup does not answer a measure of a question; nothing where it does."""
    if question.is_from_facts:
        return "the facts alone were asked"
    if rollup.held(measure) is None:
        return "it is not summed there"
    if question.group_size:
        return "reps are counted"
    if question.looks_at_credit and measure.credit != rollup.credit:
        return f"it is credited to {measure.credit.rule if measure.credit else 'nobody'}"
    unknown = sorted(each.label for each in question.dimensions if not rollup.keeps(each))
    return f"rows are not told apart there by: {', '.join(unknown)}" if unknown else ""


def served(scans: Iterable[Scan], question: Question) -> list[Scan]:
    """The scans, each split into the measures that a rollup answers and those that none does."""
    found = []
    for scan in scans:
        groups: dict[Rollup | None, list[Measure]] = {}
        for measure in scan.measures:
            groups.setdefault(serving(measure, question), []).append(measure)
        found += [Scan(tuple(group), rollup) for rollup, group in groups.items()]
    return found


def numbers(backend: Any, scan: Scan, question: Question, keys: list[str]) -> Any:
    """Rows with some keys, and the columns of the scan's rollup that its measures look at."""
    rollup = scan.rollup
    assert rollup is not None
    held = {found: None for each in scan.measures if (found := rollup.held(each))}
    settled = rolled_rows(backend, rollup, scan.first, question)
    looked_at = columns_of(scan.first).union(*map(columns_of, held))
    rows = measured_rows(backend, scan.first, question, _nothing, looked_at, only_open=True)
    added = {name: one for each in held for name, one in rollup.numbers(rows, each).items()}
    rows = rows.select(
        *keys, **{name: one.cast(settled[name].type()) for name, one in added.items()}
    )
    return settled.select(*keys, *added).union(rows)


def rolled(backend: Any, scan: Scan, question: Question, keys: list[str]) -> Any:
    """One row per slice, a column per part; a slice of no rows that count does not appear."""
    rollup = scan.rollup
    assert rollup is not None
    rows = numbers(backend, scan, question, keys)
    sums = rows.group_by(keys).agg(
        **{name: rows[name].sum() for name in rows.columns if name not in keys}
    )
    counts = [sums[column(_held(rollup, each))] for each in scan.measures]
    sums = sums.filter(reduce(operator.or_, [each != 0 for each in counts]))
    parts: dict[str, Any] = {}
    for measure in scan.measures:
        parts |= _parts(sums, measure, _held(rollup, measure))
    return sums.select(*keys, **parts)


def _parts(sums: Any, measure: Measure, held: Measure) -> dict[str, Any]:
    number = sums[column(held)].cast("float64")
    if isinstance(measure.value, Count):
        return {part_name(measure): number}
    known = sums[column(held, KNOWN)].cast("float64")
    total = sums[column(held, VALUE)].cast("float64")
    if isinstance(measure.value, Mean):
        total = total / known.nullif(0)
    else:
        total = (known != 0).ifelse(total, None)
    parts = {part_name(measure, "n"): known, part_name(measure): total}
    if not isinstance(measure.value, Mean):
        parts[part_name(measure, "rows")] = number
    return parts


def _held(rollup: Rollup, measure: Measure) -> Measure:
    held = rollup.held(measure)
    assert held is not None
    return held


def _nothing(*_asked: Any) -> Any:
    raise AssertionError("What a rollup holds looks nothing up.")
