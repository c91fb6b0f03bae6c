"""The parts of a KPI that can be looked into, and the measures whose rows make them up."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass

from foresail.core.anchors import Count
from foresail.core.errors import QuestionError
from foresail.core.formulas import kpis_inside, ratio
from foresail.core.kpis import KPI
from foresail.core.measures import (
    Above,
    Absolute,
    Before,
    Finished,
    Formula,
    Measure,
    Term,
    measures,
)
from foresail.engine.windows import NOW, PREVIOUS


@dataclass(frozen=True)
class Piece:
    """A measure whose rows make up a term, added or taken away, in one series."""

    measure: Measure
    sign: int
    series: str


def parts(kpi: KPI) -> dict[str, Term]:
    """What can be looked into: numerator and denominator, else the KPIs inside, else the whole.

    So can everything that is counted beside it.
    """
    found = ratio(kpi)
    counted = {
        name: term
        for name, term in kpi.beside.items()
        if isinstance(term, Measure) and isinstance(term.value, Count)
    }
    if found is not None:
        return {"numerator": found.left, "denominator": found.right, **counted}
    return {**({each.id: each for each in kpis_inside(kpi)} or {"": kpi.formula}), **counted}


def part_of(kpi: KPI, part: str | None) -> tuple[str, Term]:
    """The term that a part names: the whole, numerator or denominator, a KPI inside, or what
    stands beside the value.

    A part of a KPI inside follows its name after a dot: `win_rate.denominator`.

    Errors: `QuestionError` when the KPI has no such part, with those that it has.
    """
    terms = {**kpi.beside, **parts(kpi)}
    head, _, rest = (next(iter(parts(kpi))) if part is None else part).partition(".")
    term = terms.get(head)
    if isinstance(term, KPI):
        inner_part, inner = part_of(term, rest or None)
        return f"{head}.{inner_part}".rstrip("."), inner
    if term is None or rest:
        choice = ", ".join(filter(None, terms)) or "none; leave --part out"
        raise QuestionError(f"{kpi.id} has no part {part}. Its parts are: {choice}.")
    return head, term


def pieces(term: Term, series: str = NOW, sign: int = 1) -> Iterator[Piece]:
    """The measures whose rows make up a term."""
    if isinstance(term, Measure):
        yield Piece(term, sign, series)
    elif isinstance(term, KPI):
        yield from pieces(term.formula, series, sign)
    elif isinstance(term, Before):
        yield from pieces(term.inner, series + PREVIOUS, sign)
    elif isinstance(term, Above | Absolute | Finished):
        yield from pieces(term.inner, series, sign)
    elif isinstance(term, Formula):
        yield from _of_formula(term, series, sign)


def _of_formula(term: Formula, series: str, sign: int) -> Iterator[Piece]:
    if term.apply in (operator.add, operator.sub):
        yield from pieces(term.left, series, sign)
        yield from pieces(term.right, series, -sign if term.apply is operator.sub else sign)
    elif any(True for _ in measures(term.left)):
        yield from pieces(term.left, series, sign)
    else:
        yield from pieces(term.right, series, sign)
