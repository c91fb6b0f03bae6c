"""Results at a glance: the numbers with their course, and the actions of the same months."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Section
from foresail.web.sheets.course import course, twelve_months
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.parts import Answerable

DRAWN = ("revenue", "outbound_calls", "meetings_held")
RESULTS = (
    "revenue",
    "revenue_growth",
    "quota_attainment",
    "deals_won",
    "win_rate",
    "avg_deal_size",
    "new_customers",
    "churn_rate",
    "nps",
)
ACTIONS = ("outbound_calls", "meetings_held")
KPIS = (*RESULTS, *ACTIONS)


def glance(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """What came of the period, how it came about month by month, and the work in these months."""
    shown, drawn = has.of(*KPIS), has.of(*DRAWN)
    if not shown:
        return ()
    now = desk.ask(*shown, compare=True)
    about = twelve_months(desk.question, now).but(compare="year-ago")
    sparks: dict[str, tuple[float | None, ...]] = {}
    if others := [each for each in shown if each not in drawn]:
        sparks |= tables.sparks(desk.ask(*others, grain="month", question=about))
    courses = {}
    if drawn:
        months = desk.ask(*drawn, grain="month", compare=True, question=about)
        sparks |= tables.sparks(months)
        courses = {kpi: course(desk, kpi, months, kpi, about=about) for kpi in drawn}

    def tiled(id: str, title: str, kpis: tuple[str, ...], lead: str = "") -> Section | None:
        if not kpis:
            return None
        block = tables.tiles(desk, f"{id}-tiles", now, kpis=kpis, sparks=sparks)
        return Section(id, title, (block,), lead=lead)

    def drawing(kpi: str) -> Section | None:
        if kpi not in courses:
            return None
        return Section(f"{kpi}-course", courses[kpi].title, (courses[kpi],), width="third")

    return (
        tiled("results", "Results", has.of(*RESULTS)),
        tiled("actions", "Actions", has.of(*ACTIONS), "The work that the results follow from."),
        *(drawing(kpi) for kpi in DRAWN),
    )
