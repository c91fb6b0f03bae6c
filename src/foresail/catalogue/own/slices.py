"""Which records an own KPI keeps: the values of dimensions in `where`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foresail.catalogue.own.terms import Builder
from foresail.core.dimensions import DIMENSIONS, HOUR_OF_DAY, WEEKDAY, Dimension
from foresail.core.errors import DefinitionError, nearest
from foresail.core.kpis import KPI, carried
from foresail.core.measures import Measure, measures
from foresail.core.restriction import Restriction
from foresail.core.slices import NONE
from foresail.facts.quotas import Quotas
from foresail.warehouse.settings import WEEKDAYS


def restriction_of(where: Mapping[str, Any], builder: Builder) -> Restriction:
    """What `where` keeps, if every measure of the formula carries its dimensions.

    Errors: `DefinitionError` names the dimension or value that cannot be.
    """
    found = {}
    for name, given in where.items():
        if name not in DIMENSIONS:
            raise DefinitionError(
                f"where: there is no dimension {name}.{nearest(name, DIMENSIONS)}"
            )
        chosen = DIMENSIONS[name]
        for kpi in builder.named:
            _check_carried(kpi, chosen)
        found[chosen] = tuple(_value(chosen, each) for each in listed(given))
        if not found[chosen]:
            raise DefinitionError(f"where: {name} names no value.")
    return Restriction(found)


def words_of(where: Mapping[str, Any]) -> str:
    """What `where` keeps, as people read it."""
    return " and ".join(
        f"{DIMENSIONS[name].label.lower()} {' or '.join(str(each) for each in listed(given))}"
        for name, given in where.items()
    )


def listed(given: Any) -> list[Any]:
    """One value or several as a list."""
    return list(given) if isinstance(given, list | tuple) else [given]


def _check_carried(kpi: KPI, chosen: Dimension) -> None:
    for measure in measures(kpi):
        if chosen not in carried(measure):
            choice = ", ".join(each.id for each in kpi.dimensions) or "nothing"
            raise DefinitionError(
                f"where: {kpi.id} has no {chosen.id}: {measure} cannot be told apart by it. "
                f"{kpi.id} can be kept to: {choice}."
            )
        if chosen.of_rep and _looks_at_quotas(measure):
            raise DefinitionError(
                f"where: {kpi.id} looks at quotas, which are of a rep, a team or the company. "
                f"Leave {chosen.id} out here, and ask with --where {chosen.id}=..."
            )


def _looks_at_quotas(measure: Measure) -> bool:
    inside = [each for term in measure.looked_up for each in measures(term)]
    return any(each.fact is Quotas for each in (measure, *inside))


def _value(chosen: Dimension, given: Any) -> str | None:
    """A value as records hold it; None is "without"."""
    if isinstance(given, bool) or not isinstance(given, str | int) or given == "":
        raise DefinitionError(
            f"where: {given!r} is no value of {chosen.id}. Write a text in quotes."
        )
    value = str(given)
    if value == NONE:
        return None
    if chosen is WEEKDAY:
        if value.lower() not in WEEKDAYS:
            hint = nearest(value.lower(), WEEKDAYS)
            raise DefinitionError(f"where: {value} is no weekday.{hint} Write monday.")
        return str(WEEKDAYS.index(value.lower()) + 1)
    if chosen is HOUR_OF_DAY and value not in map(str, range(24)):
        raise DefinitionError(f"where: {value} is no hour of the day. Write 0 to 23.")
    return value
