"""The unit of whatever travels with a KPI's value."""

from __future__ import annotations

import operator

from foresail.core.anchors import (
    Aggregate,
    CensoredMedian,
    Count,
    Distinct,
    Incidence,
    Longest,
    Sum,
)
from foresail.core.formulas import kpis_inside, ratio
from foresail.core.kpis import KPI, Unit
from foresail.core.measures import Clock, Formula, Measure, Term, measures, walk


def unit_of(part: str, kpi: KPI) -> str:
    """The unit of a part of a KPI: of the KPI inside, money where it sums money, else a count."""
    if part in ("", "p90"):
        return kpi.unit.value
    head, _, rest = part.partition(".")
    inside = {each.id: each for each in kpis_inside(kpi)}
    if head in inside:
        return unit_of(rest, inside[head])
    if part in kpi.beside:
        return _unit_beside(kpi.beside[part])
    found = ratio(kpi)
    if part not in ("numerator", "denominator") or found is None:
        return "count"
    term = found.left if part == "numerator" else found.right
    unit = _unit_of_sum(term)
    if any(isinstance(each, Clock) for each in walk(term)):
        return "ratio" if unit == "count" else unit
    return unit


def _unit_of_sum(term: Term) -> str:
    """The unit of what a term adds up; a count where it counts anything."""
    found = {each.value.unit for each in measures(term) if isinstance(each.value, Sum)}
    if found == {Unit.DURATION.value} and not any(_is_number(m.value) for m in measures(term)):
        return Unit.DURATION.value
    return "money" if _is_money(term) else "count"


def _unit_beside(term: Term) -> str:
    if isinstance(term, Measure):
        if isinstance(term.value, Incidence):
            return Unit.PERCENT.value
        if isinstance(term.value, Longest | CensoredMedian):
            return Unit.DURATION.value
    if isinstance(term, Formula) and term.apply is operator.truediv and _is_money(term.left):
        return "ratio" if _is_money(term.right) else "money"
    return "money" if _is_money(term) else "count"


def _is_money(term: Term) -> bool:
    found = list(measures(term))
    return bool(found) and not any(_is_number(each.value) for each in found)


def _is_number(value: Aggregate) -> bool:
    return isinstance(value, Count | Distinct) or (isinstance(value, Sum) and value.unit == "count")
