"""The lead side: who came, who was worked, and who went on to the next stage."""

from __future__ import annotations

from dataclasses import replace

from foresail.project.leakage import Gap, gap_of
from foresail.project.results import Answer
from foresail.web.funnel.choosing import Subject
from foresail.web.funnel.figures import range_cell, share_cell, verdict
from foresail.web.number import number
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Block, Cell, Chart, Column, Row, Section, Table, Words
from foresail.web.sheets.desk import Desk

FIRST = ("lead_flow", "leads_worked", "handoff_time")
STEPS = {
    "lead_to_mql": "New lead → MQL",
    "mql_to_sql": "MQL → SQL",
    "sql_to_opportunity": "SQL → opportunity",
    "lead_to_customer_cohort": "New lead → customer",
}
LEAD = (
    "Each step is judged over the leads that reached its first stage in the period long enough ago "
    "(the setting cohort_days); younger ones are still maturing, and only the estimate counts them."
)


def lead_section(desk: Desk, about: Subject) -> Section:
    """New leads to customers, step by step, against what was expected."""
    steps = desk.answerable(STEPS)
    first = desk.answerable(FIRST)
    if not steps:
        return Section("leads", "Leads, from request to customer", (_without_stages(),))
    own = desk.ask(*first, *steps, question=about.question)
    asked = about.basis(own)
    basis = desk.ask(*steps, question=asked) if asked else None
    gaps = {kpi: _gap(kpi, own, basis, is_inside=about.is_inside) for kpi in steps}
    tiles = tables.tiles(desk, "leads-tiles", own, question=about.question)
    blocks: list[Block] = [replace(tiles, tiles=tiles.tiles[: len(first)])] if first else []
    if any(each.share for each in gaps.values()):
        blocks.append(_chart(desk, about, own, gaps))
    blocks.append(_table(desk, about, own, gaps))
    return Section("leads", "Leads, from request to customer", tuple(blocks), LEAD)


def _without_stages() -> Words:
    return Words(
        "no-lead-stages",
        sentences=(
            "Nothing says which stages leads reached. Load lead, and lead_stage with a row for "
            "each lead and stage it reached (lead_id, stage, reached_at).",
        ),
        tone="warn",
    )


def _gap(kpi: str, own: Answer, basis: Answer | None, *, is_inside: bool) -> Gap:
    rows = basis.rows if basis else []
    return gap_of(kpi, own.rows[0], rows[0] if rows else {}, is_inside=is_inside)


def _chart(desk: Desk, about: Subject, own: Answer, gaps: dict[str, Gap]) -> Chart:
    (row,) = own.rows
    drawn = [
        {
            "step": STEPS[kpi],
            "value": row[kpi],
            "low": row[f"{kpi}.low"],
            "high": row[f"{kpi}.high"],
            "url": desk.records_url(kpi, about.question),
        }
        for kpi in gaps
    ]
    return Chart(
        "leads-chart",
        "Share that went on, with its range",
        spec=charts.intervals(drawn, unit="share", x="step"),
        table=_table(desk, about, own, gaps, id="leads-drawn"),
        about="The share of leads that went on at each step, with its range.",
    )


def _table(
    desk: Desk, about: Subject, own: Answer, gaps: dict[str, Gap], id: str = "leads-table"
) -> Table:
    (row,) = own.rows
    columns = (
        Column("step", "Step"),
        Column("rate", "Went on", "share", is_number=True),
        Column("maturing", "Maturing", "count", is_number=True),
        Column("estimate", "Estimated of all", "share", is_number=True),
        Column("expected", "Expected", "share", is_number=True),
        Column("beyond", "Leads beyond", "count", is_number=True),
        Column("verdict", "Separable?"),
    )
    rows = []
    for kpi, gap in gaps.items():
        found = number(row, own.columns, kpi)
        url = desk.records_url(kpi, about.question)
        maturing = desk.records_url(kpi, about.question, "maturing")
        cells = (
            Cell(STEPS[kpi]),
            Cell(found.value, found.unit, url, found),
            Cell(row[f"{kpi}.maturing"], "count", maturing),
            Cell(row[f"{kpi}.estimate"], "share"),
            share_cell(gap.expected),
            range_cell(gap.beyond, "count"),
            verdict(gap, more_is_worse=False),
        )
        rows.append(Row(cells))
    return Table(
        id,
        columns=columns,
        rows=tuple(rows),
        caption=f"Leads that went on at each step, against {about.peers}",
        empty="No lead came in this period.",
    )
