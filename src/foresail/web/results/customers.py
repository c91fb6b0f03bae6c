"""Results with customers: who leaves and why, what is kept, what they are worth and say of us."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.project.results import Answer
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.course import course, twelve_months
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn
from foresail.web.sheets.parts import Answerable

KEPT = ("churn_rate", "lost_customers", "net_revenue_retention", "gross_revenue_retention")
WORTH = ("customer_lifetime_value", "cost_per_conversion", "clv_to_cac", "market_share", "nps")
TILES = (*KEPT, *WORTH)
ACTIONS = ("key_account_touches", "key_account_coverage", "engagement_rate", "survey_response_rate")
KPIS = (*TILES, *ACTIONS)


def customers(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """Churn, retention, worth and recommendation, beside what is done for it."""
    if not has.of(*KPIS):
        return ()
    now = desk.ask(*has.of(*KPIS), compare=True)

    def tiled(id: str, title: str, kpis: tuple[str, ...], lead: str = "") -> Section | None:
        if not kpis:
            return None
        block = tables.tiles(desk, f"{id}-tiles", now, kpis=kpis)
        return Section(id, title, (block,), lead=lead)

    return (
        tiled("kept", "Who stays", has.of(*KEPT)),
        tiled("worth", "What they are worth, and say of us", has.of(*WORTH)),
        tiled("actions", "What is done for it", has.of(*ACTIONS)),
        _reasons(desk, has),
        *_courses(desk, has, now),
    )


def _reasons(desk: Desk, has: Answerable) -> Section | None:
    if not has.of("lost_customers"):
        return None
    reasons = desk.ask("lost_customers", by=("end_reason",), order="-lost_customers")
    table = tables.table(
        desk, "reasons-table", reasons, empty="No customer was lost in this period."
    )
    if not reasons.rows:
        return Section("reasons", "Why they left", (table,), width="third")
    chart = Chart(
        "reasons-chart",
        spec=charts.bars(drawn(desk, reasons, "lost_customers"), unit="count", x="end_reason"),
        table=table,
        about="Customers lost by the reason of the end.",
    )
    return Section("reasons", "Why they left", (chart,), width="third")


def _courses(desk: Desk, has: Answerable, now: Answer) -> Sequence[Section]:
    kpis = has.of("churn_rate", "nps")
    if not kpis:
        return ()
    about = twelve_months(desk.question, now)
    months = desk.ask(*kpis, grain="month", question=about)
    return [
        Section(
            f"{kpi}-course",
            f"{desk.kpis[kpi].label} by month",
            (course(desk, f"{kpi}-chart", months, kpi, about=about),),
            width="third",
        )
        for kpi in kpis
    ]
