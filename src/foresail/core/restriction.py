"""A term over the records of some slices alone: what an organisation's own KPI looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import reduce
from operator import and_
from typing import TypeVar

from foresail.core.dimensions import Dimension
from foresail.core.expressions import Expression, conjuncts
from foresail.core.kpis import KPI
from foresail.core.measures import Measure, Term, measures
from foresail.core.slices import DimensionValue, Slice

Values = tuple[str | None, ...]
AnyTerm = TypeVar("AnyTerm", bound=Term)


@dataclass(frozen=True)
class Restriction:
    """Keeps the rows whose dimensions have some values, in every measure of a term.

    What came of what stays so: a numerator whose records are some of its denominator's is made of
    the restricted denominator again, and its share remains a share.
    """

    where: Mapping[Dimension, Values]
    _made: dict[int, tuple[Term, Term]] = field(default_factory=dict, compare=False)

    def of(self, term: AnyTerm) -> AnyTerm:
        """The term over fewer rows; itself where nothing is restricted."""
        if not self.where:
            return term
        if id(term) not in self._made:
            self._made[id(term)] = (term, self._of(term))
        _, found = self._made[id(term)]
        assert isinstance(found, type(term))
        return found

    def _of(self, term: Term) -> Term:
        if isinstance(term, Measure):
            return self._of_measure(term)
        assert is_dataclass(term)
        inside = {each.name: getattr(term, each.name) for each in fields(term)}
        changed = {name: self.of(each) for name, each in inside.items() if isinstance(each, Term)}
        if isinstance(term, KPI):
            beside = {name: self.of(each) for name, each in term.beside.items()}
            return replace(term, **changed, beside=beside).called(term.name)
        made: Term = replace(term, **changed)
        return made

    def _of_measure(self, measure: Measure) -> Measure:
        words = str(measure)
        if measure.parent is None:
            return measure.only(self._condition(measure), words=words)
        condition = self._condition(measure)
        where = condition if measure.where is None else measure.where & condition
        return replace(measure, where=where, parent=self.of(measure.parent), words=words)

    def _condition(self, measure: Measure) -> Expression:
        slices = (
            Slice(DimensionValue(each, measure.at, measure.credit), values)
            for each, values in self.where.items()
        )
        condition: Expression = reduce(and_, slices)
        return condition


def slices_of(term: Term) -> list[tuple[Dimension, Values]]:
    """The dimensions and values that the measures of a term are kept to, each once."""
    found = (
        (each.of.dimension, each.values)
        for measure in measures(term)
        for each in conjuncts(measure.where)
        if isinstance(each, Slice)
    )
    return list(dict.fromkeys(found))
