"""What can be read off a formula: its parts, whether it is a share, what it adds up to."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from foresail.core.anchors import Count, Distinct, Quantile, Standing, Sum, SumOfEach
from foresail.core.kpis import KPI
from foresail.core.measures import Above, Before, Constant, Formula, Measure, Term, measures, walk


@cache
def ninth_decile(measure: Measure) -> Measure:
    """The 90 % quantile of what a measure takes the median of."""
    assert measure.value.value is not None
    return replace(measure, value=Quantile(measure.value.value, 0.9), parent=measure)


def ratio(part: Term) -> Formula | None:
    """The division whose parts travel with the value: the term itself, or what a constant scales
    or shifts.
    """
    if isinstance(part, KPI):
        return ratio(part.formula)
    if not isinstance(part, Formula):
        return None
    divides = part.apply is operator.truediv
    if isinstance(part.right, Constant) and part.apply is not operator.pow:
        return ratio(part.left)
    if isinstance(part.left, Constant) and part.apply in (operator.add, operator.sub, operator.mul):
        return ratio(part.right)
    return part if divides and not any(isinstance(each, KPI) for each in walk(part)) else None


def is_share(part: Term) -> bool:
    """Whether a term is a ratio whose numerator's records are some of its denominator's."""
    found = ratio(part)
    return found is not None and found is inner(part) and _comes_from(found.left, found.right)


def inner(part: Term) -> Term:
    """The formula of a KPI; any other term as it is."""
    return part.formula if isinstance(part, KPI) else part


def _comes_from(part: Term, whole: Term) -> bool:
    step: Any = part
    while step is not None:
        if step is whole:
            return True
        step = getattr(step, "parent", None)
    return False


def is_counted(part: Term) -> bool:
    """Whether a term counts things, so that an interval for a share of them means something."""
    return all(not isinstance(each.value, Sum | SumOfEach) for each in measures(part))


def kpis_inside(part: Term) -> list[KPI]:
    """The KPIs directly inside a term, each once; not those inside of them."""
    found: dict[str, KPI] = {}
    for each in part.parts():
        for one in [each] if isinstance(each, KPI) else kpis_inside(each):
            found.setdefault(one.name, one)
    return list(found.values())


def kpis_within(part: Term) -> list[KPI]:
    """The term itself where it is a KPI, and all KPIs inside, however deep."""
    return list(dict.fromkeys(each for each in walk(part) if isinstance(each, KPI)))


def parts_of_value(kpi: KPI) -> dict[str, Term]:
    """The terms that travel with a KPI's value, by the names that they have in an answer."""
    found = ratio(kpi)
    terms: dict[str, Term] = {}
    if found is not None:
        terms = {"numerator": found.left, "denominator": found.right}
    if kpi.left_out is not None:
        terms["left_out"] = kpi.left_out
    return {**terms, **kpi.beside}


def balance(kpi: KPI) -> tuple[str, str] | None:
    """The names of the counts beside a KPI of which it is the difference of shares: what is added
    and what is taken away; none where it is no such difference.
    """
    found = ratio(kpi)
    if found is None or not isinstance(found.left, Formula):
        return None
    sides = (found.left.left, found.left.right)
    names = {id(term): name for name, term in kpi.beside.items()}
    is_difference = found.left.apply is operator.sub and all(
        _comes_from(side, found.right) and id(side) in names for side in sides
    )
    return (names[id(sides[0])], names[id(sides[1])]) if is_difference else None


@lru_cache(maxsize=4096)
def signature(part: Term) -> tuple[Any, ...]:
    """What a term computes, as plain values: terms of one signature share a plan."""
    inside = tuple(signature(each) for each in part.parts())
    if isinstance(part, Measure):
        return (part.id, repr(part.where))
    if isinstance(part, KPI):
        return (part.id, part.unit.value, tuple(part.beside), part.given is None, *inside)
    if isinstance(part, Formula):
        return (part.apply.__name__, *inside)
    if isinstance(part, Constant):
        return (part.number,)
    return (type(part).__name__, str(part), *inside)


def has_previous(terms: Iterable[Term]) -> bool:
    """Whether a term asks for the period before."""
    return any(map(_asks_before, terms))


@lru_cache(maxsize=4096)
def _asks_before(term: Term) -> bool:
    return any(isinstance(each, Before) for each in walk(term))


def is_summed(kpi: KPI) -> bool:
    """Whether a KPI of a longer period is what its days add up to."""
    return _adds_up(kpi.formula)


def _adds_up(part: Term) -> bool:
    if isinstance(part, Measure):
        return isinstance(part.value, Count | Sum | Distinct) and not isinstance(part.at, Standing)
    if isinstance(part, KPI):
        return _adds_up(part.formula)
    if isinstance(part, Before | Above):
        return _adds_up(part.inner)
    if not isinstance(part, Formula):
        return False
    if part.apply in (operator.add, operator.sub):
        return _adds_up(part.left) and _adds_up(part.right)
    if isinstance(part.right, Constant) and part.apply in (operator.mul, operator.truediv):
        return _adds_up(part.left)
    is_scaled = part.apply is operator.mul and isinstance(part.left, Constant)
    return is_scaled and _adds_up(part.right)
