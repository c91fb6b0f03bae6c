"""Cost of winning: what a lead and a customer cost, salaries and time included."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.parts import Answerable

TILES = (
    "cost_per_lead",
    "cost_per_conversion",
    "marketing_cost",
    "sales_cost",
    "cost_of_sales_ratio",
    "value_per_lead",
    "clv_to_cac",
)
BY_SOURCE = ("marketing_cost", "cost_per_lead", "cost_per_conversion", "lead_flow")
BY_KIND = ("marketing_cost", "sales_cost")
KPIS = tuple(dict.fromkeys((*TILES, *BY_SOURCE)))


def costs(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """What winning costs in all, by source and by kind of cost."""
    return (
        _section(desk, "now", "", has.of(*TILES)),
        _section(
            desk,
            "sources",
            "By source",
            has.of(*BY_SOURCE),
            by="source",
            lead="What was spent, and the leads that it brought.",
        ),
        _section(
            desk,
            "kinds",
            "By kind of cost",
            has.of(*BY_KIND),
            by="cost_category",
            lead="Salaries and the time paid for are in both: those of marketing in marketing "
            "cost, those of sales and its commission in sales cost.",
        ),
    )


def _section(
    desk: Desk, id: str, title: str, kpis: tuple[str, ...], *, by: str = "", lead: str = ""
) -> Section | None:
    if not kpis:
        return None
    if not by:
        answer = desk.ask(*kpis, compare=True)
        return Section(id, title, (tables.tiles(desk, f"{id}-tiles", answer),))
    answer = desk.ask(*kpis, by=(by,), order=f"-{kpis[0]}", totals=True)
    return Section(id, title, (tables.table(desk, f"{id}-table", answer),), lead=lead)
