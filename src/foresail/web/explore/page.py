"""Explore: any KPIs by any dimensions and grain, drawn and as a table, all of it in the address."""

from __future__ import annotations

from foresail.web.explore.drawing import NEEDS, drawing, form_of
from foresail.web.explore.refusal import refusal
from foresail.web.explore.wanted import NOTHING, Wanted
from foresail.web.saved.listing import my_views
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Block, Section, Sheet, Words
from foresail.web.sheets.desk import Desk

CONTROLS = ("period", "compare", "team", "kpis", "filters")
DRAWN = 4
"""How many KPIs are drawn at once; the table has all."""


def explore(desk: Desk) -> Sheet:
    """The KPIs and dimensions that were chosen, drawn and as a table."""
    wanted = Wanted.of(desk)
    found = _found(desk, wanted) if wanted.kpis else (_nothing(),)
    return Sheet(
        "Explore",
        (*found, *my_views(desk)),
        controls=CONTROLS,
        choices=wanted.choices(desk),
        kpis=wanted.kpis,
    )


def _found(desk: Desk, wanted: Wanted) -> tuple[Section, ...]:
    refused = refusal(desk, wanted)
    if refused:
        return (Section("refused", "", (refused,)),)
    limit = int(wanted.limit) if wanted.limit.isdigit() else None
    order = desk.question.order or (f"-{wanted.kpis[0]}" if limit and wanted.by else "")
    answer = desk.ask(
        *wanted.kpis,
        by=wanted.by,
        grain=None if wanted.grain == NOTHING else wanted.grain,
        compare=True,
        order=order or None,
        limit=limit,
        totals=True,
    )
    about = desk.question.but(order="", kpis=())
    table = tables.table(
        desk,
        "explore-table",
        answer,
        question=about,
        sortable="order",
        caption=f"{len(answer.rows)} rows. Money in {answer.currency}. Every number leads to its "
        "records.",
        empty="Nothing in this period. Choose a longer one, or let go of a filter.",
    )
    drawings: list[Block] = []
    if form_of(wanted, answer) and answer.rows:
        drawings = [drawing(desk, wanted, answer, kpi, about) for kpi in wanted.kpis[:DRAWN]]
    elif wanted.chart in NEEDS and answer.rows:
        drawings = [Words("undrawn", sentences=(NEEDS[wanted.chart],))]
    width = "half" if len(drawings) > 1 else "full"
    sections = [Section(f"{each.id}-section", "", (each,), width=width) for each in drawings]
    return (*sections, Section("numbers", "", (table,)))


def _nothing() -> Section:
    words = Words(
        "none",
        "No KPI is chosen",
        sentences=("Choose some in the list above: those that can be answered have a box.",),
        tone="warn",
    )
    return Section("none-section", "", (words,))
