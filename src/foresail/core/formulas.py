"""What can be read off a formula: its parts, whether it is a share, what it adds up to."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from foresail.core.anchors import Count, Distinct, Quantile, Standing, Sum
from foresail.core.kpis import KPI
from foresail.core.measures import Before, Constant, Formula, Measure, Term, measures, walk


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
    if part.apply is operator.truediv and not any(isinstance(p, KPI) for p in walk(part)):
        return part
    if isinstance(part.left, Constant):
        return ratio(part.right)
    if isinstance(part.right, Constant):
        return ratio(part.left)
    return None


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
    return all(not isinstance(each.value, Sum) for each in measures(part))


def kpis_inside(part: Term) -> list[KPI]:
    """The KPIs directly inside a formula, each once."""
    found: dict[str, KPI] = {}
    for each in walk(part):
        if isinstance(each, KPI) and each is not part:
            found.setdefault(each.name, each)
    return list(found.values())


def has_previous(terms: Iterable[Term]) -> bool:
    """Whether a term asks for the period before."""
    return any(isinstance(each, Before) for term in terms for each in walk(term))


def is_summed(kpi: KPI) -> bool:
    """Whether a KPI of a longer period is what its days add up to."""
    found = [each for each in walk(kpi.formula) if isinstance(each, Measure | Formula)]
    return all(
        each.apply is operator.add
        if isinstance(each, Formula)
        else isinstance(each.value, Count | Sum | Distinct) and not isinstance(each.at, Standing)
        for each in found
    )
