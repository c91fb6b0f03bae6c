"""The catalogue: every KPI by theme, what it means, and what it lacks here."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from foresail.catalogue import CATALOGUE
from foresail.project.results import KpiInfo
from foresail.web.codes import spoken
from foresail.web.sheets.blocks import Block, Cell, Column, Own, Row, Section, Sheet, Table, Words
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import unit_name


def catalogue(desk: Desk) -> Sheet:
    """The KPIs that are shown here and match what is searched for."""
    wanted = desk.options.get("q", "").strip()
    found = [each for each in desk.kpis.values() if matches(each, wanted)]
    blocks: list[Block] = [_theme(desk, list(kpis)) for _, kpis in groupby(found, THEME)]
    if not blocks:
        blocks = [Words("none", sentences=(f"No KPI is called or explained by “{wanted}”.",))]
    search = Own("search", "", "catalogue/search.html", {"q": wanted, "count": len(found)})
    return Sheet(
        "Catalogue",
        (Section("search-section", "", (search,)), Section("kpis", "", tuple(blocks))),
        lead="What each number means. Its name leads to its definition, query and records.",
        controls=(),
    )


THEME = attrgetter("theme")


def matches(kpi: KpiInfo, wanted: str) -> bool:
    """Whether every word searched for stands in the name, the meaning or the theme."""
    text = f"{kpi.id} {kpi.label} {kpi.meaning} {kpi.theme} {kpi.formula}".casefold()
    return all(word in text for word in wanted.casefold().split())


def is_own(kpi: str) -> bool:
    """Whether the organisation declared a KPI itself."""
    return kpi not in CATALOGUE.known


def _theme(desk: Desk, kpis: list[KpiInfo]) -> Table:
    first = kpis[0]
    return Table(
        f"theme-{first.theme.lower().replace(' ', '-')}",
        f"{first.theme}: {first.theme_question}",
        columns=(
            Column("kpi", "KPI"),
            Column("meaning", "Meaning"),
            Column("unit", "Unit"),
            Column("lacks", "Here"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(
                        each.label,
                        url=desk.definition_url(each.id),
                        mark="own" if is_own(each.id) else "",
                    ),
                    Cell(spoken(each.meaning)),
                    Cell(unit_name(each.unit, desk.currency)),
                    _here(each),
                )
            )
            for each in kpis
        ),
        caption=first.theme,
    )


def _here(kpi: KpiInfo) -> Cell:
    """Whether the data answer it, and what they lack."""
    if kpi.missing:
        return Cell("not answered", mark=f"needs {', '.join(kpi.missing)}", tone="warn")
    if kpi.lacking:
        return Cell("answered", mark="; ".join(str(each) for each in kpi.lacking), tone="warn")
    return Cell("answered")
