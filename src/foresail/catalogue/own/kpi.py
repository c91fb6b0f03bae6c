"""One KPI of an organisation's own, made of those that its formula names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from foresail.catalogue.own.benchmarks import benchmark_of
from foresail.catalogue.own.formula import Name, read
from foresail.catalogue.own.slices import restriction_of, words_of
from foresail.catalogue.own.terms import Builder, Built, Known
from foresail.catalogue.own.units import fitting
from foresail.core.errors import DefinitionError, nearest
from foresail.core.kpis import KPI, Better, Kind, Unit
from foresail.core.measures import Formula, Measure, Term
from foresail.core.restriction import Restriction
from foresail.warehouse.own import OwnKpi

AnyEnum = TypeVar("AnyEnum", bound=Enum)
KINDS = {"action": Kind.LEADING, "result": Kind.LAGGING}


def made(own: OwnKpi, known: Known, names: Iterable[str]) -> KPI:
    """The KPI that some settings declare.

    Errors: `DefinitionError` says what is wrong, and points at the place in a formula.
    """
    if not own.meaning.strip():
        raise DefinitionError("meaning: it is empty. Say in a sentence what is counted.")
    unit = one_of(Unit, own.unit, "unit")
    better = one_of(Better, own.direction, "direction")
    text = " ".join(own.formula.split())
    part = read(text)
    builder = Builder(text, part, known, names)
    if not builder.named:
        raise DefinitionError("formula: it names no KPI. Write deals_won / outbound_calls.")
    try:
        built = builder.built(part)
        term = built.whole()
    except OverflowError:
        raise DefinitionError("formula: its numbers are too large.") from None
    _check_unit(unit, built, builder.named)
    restriction = restriction_of(own.where, builder)
    kpi = KPI(
        meaning=own.meaning.strip(),
        formula=restriction.of(term),
        unit=unit,
        better=better,
        kind=_kind(own, builder.named),
        demands=(),
        section="",
        caveats=tuple(
            dict.fromkeys((*own.caveats, *(c for k in builder.named for c in k.caveats)))
        ),
    )
    if isinstance(part, Name) and "." not in part.text:
        kpi = _taken_over(kpi, builder.named[0], restriction)
    kpi = _told(kpi, own).called(own.id)
    return replace(kpi, benchmark=benchmark_of(own.benchmark, kpi, "benchmark")).called(own.id)


def _taken_over(kpi: KPI, other: KPI, restriction: Restriction) -> KPI:
    """A KPI that is another over fewer records: all that travels with that travels with it."""
    inside = restriction.of(other)
    return replace(
        kpi,
        formula=inside.formula,
        given=inside.given,
        left_out=inside.left_out,
        beside=inside.beside,
    )


def _told(kpi: KPI, own: OwnKpi) -> KPI:
    """The KPI whose formula says which records it keeps."""
    if not own.where:
        return kpi
    words = f"{kpi.formula}, only {words_of(own.where)}"
    term: Term = kpi.formula
    if isinstance(term, Formula):
        term = term.named(words)
    elif isinstance(term, Measure):
        term = replace(term, words=words)
    return replace(kpi, formula=term)


def _kind(own: OwnKpi, named: list[KPI]) -> Kind:
    """As it is declared; else an action where all that it is made of are."""
    if own.kind:
        if own.kind not in KINDS:
            raise DefinitionError(f"kind: there is no {own.kind}. Write action or result.")
        return KINDS[own.kind]
    is_action = all(each.kind is Kind.LEADING for each in named)
    return Kind.LEADING if is_action else Kind.LAGGING


def one_of(choices: type[AnyEnum], name: str, setting: str) -> AnyEnum:
    """The choice of that name.

    Errors: `DefinitionError` with the nearest and all of them.
    """
    known = {str(each.value): each for each in choices}
    if name not in known:
        raise DefinitionError(
            f"{setting}: there is no {setting} {name}.{nearest(name, known)} "
            f"There are: {', '.join(known)}."
        )
    return known[name]


def _check_unit(unit: Unit, built: Built, named: list[KPI]) -> None:
    """Refuse a unit that the formula's number does not have."""
    allowed = fitting(built.kinds)
    if unit not in allowed:
        raise DefinitionError(
            f"unit: {unit.value} does not fit, the formula gives {built.kinds}. "
            f"Write {' or '.join(each.value for each in allowed)}."
        )
    if unit is Unit.PERCENT and built.factor in (100, 1000):
        raise DefinitionError(
            f"unit: a share is 0 to 1, and shown as %. Leave out the * {built.factor}."
        )
    is_scaled = built.factor != 1 or any(each.unit is Unit.PER_1000 for each in named)
    if unit is Unit.PER_1000 and not is_scaled:
        raise DefinitionError("unit: per 1,000 needs a formula that ends in * 1000.")
