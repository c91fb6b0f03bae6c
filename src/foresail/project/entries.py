"""The catalogue as people read it."""

from __future__ import annotations

from foresail.catalogue.catalogue import Catalogue, Group
from foresail.catalogue.sections import SECTIONS
from foresail.catalogue.words import credited_to, dated_by, needs_of, parts_in_words
from foresail.core.errors import QuestionError, nearest
from foresail.core.kpis import KPI
from foresail.health.answering import Lacks, kpi_health
from foresail.project.results import KpiInfo


def catalogue_entries(
    catalogue: Catalogue,
    theme: str | None = None,
    demand: str | None = None,
    missing: frozenset[str] = frozenset(),
    lacks: Lacks | None = None,
) -> list[KpiInfo]:
    """The catalogue's entries, of one theme or demand, with what the data lack for each.

    Errors: `QuestionError` when there is no such theme or demand.
    """
    themes = {each.label.lower(): each for each in catalogue.shown}
    if theme is not None and theme.lower() not in themes:
        raise QuestionError(
            f"There is no theme {theme}.{nearest(theme.lower(), themes)} "
            f"There are: {', '.join(themes)}."
        )
    chosen = [themes[theme.lower()]] if theme else catalogue.shown
    found = [
        entry(kpi, each, missing, lacks)
        for each in chosen
        for kpi in each.kpis
        if demand is None or demand.upper() in kpi.demands
    ]
    if demand is not None and not found:
        known = sorted({each for kpi in catalogue.kpis.values() for each in kpi.demands})
        raise QuestionError(
            f"No KPI answers the demand {demand}.{nearest(demand.upper(), known)} "
            f"Demands are written as {known[0]}."
        )
    return found


def entry(
    kpi: KPI,
    group: Group,
    missing: frozenset[str] = frozenset(),
    lacks: Lacks | None = None,
) -> KpiInfo:
    """One KPI as people read it."""
    health = kpi_health(kpi, missing, lacks or {})
    return KpiInfo(
        id=kpi.id,
        label=kpi.label,
        theme=group.label,
        theme_question=group.question,
        meaning=kpi.meaning,
        formula=str(kpi.formula),
        anchor=dated_by(kpi),
        credit=credited_to(kpi),
        unit=kpi.unit.value,
        better=kpi.better.value,
        kind=kpi.kind.value.partition(":")[0],
        benchmark=kpi.benchmark,
        demands=kpi.demands,
        section=SECTIONS.get(kpi.section, ""),
        dimensions=tuple(each.id for each in kpi.dimensions),
        caveats=kpi.caveats,
        missing=health.missing,
        lacking=health.lacking,
        needs=tuple(map(str, needs_of(kpi))),
        parts=parts_in_words(kpi),
    )
