"""Measures that are answered together, by one pass over the rows of a fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foresail.core.measures import Measure
from foresail.core.rollups import Rollup
from foresail.engine.columns import column_name
from foresail.engine.question import Question


def part_name(measure: Measure, part: str = "") -> str:
    """The column that holds a measure, or one of its parts, in a tally."""
    return column_name(measure.id.lower().replace(".", "_"), part)


@dataclass(frozen=True)
class Scan:
    """Measures answered together, of the rows of a fact or of a rollup of them."""

    measures: tuple[Measure, ...]
    rollup: Rollup | None = None

    @property
    def first(self) -> Measure:
        """Any of them: they share fact, anchor, credit and what they look up."""
        return self.measures[0]

    @property
    def table(self) -> str:
        """What is read, or most of it."""
        return self.rollup.table if self.rollup else self.first.fact.table


def scans(measures: Iterable[Measure], question: Question) -> list[Scan]:
    """The measures grouped into as few scans as there can be, in one order however asked for."""
    by_credit = question.looks_at_credit
    groups: dict[Any, list[Measure]] = {}
    for measure in measures:
        credit = measure.credit if by_credit or measure.per else None
        looked_up = [(keys, tuple(terms.items())) for keys, terms in measure.per.items()]
        later = tuple(measure.later.items())
        key = (measure.fact, measure.at, credit, tuple(looked_up), later)
        groups.setdefault(key, []).append(measure)
    return [Scan(tuple(sorted(group, key=_id))) for group in groups.values()]


def _id(measure: Measure) -> str:
    return measure.id
