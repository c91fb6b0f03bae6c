"""Open deals that need somebody."""

from __future__ import annotations

from foresail.web.question import Question
from foresail.web.sheets.blocks import Cell, Column, Row, Section
from foresail.web.sheets.desk import Desk
from foresail.web.today.frame import SHOWN, columns_of, owner, section

DEALS = {
    "overdue_deals": (
        "Deals overdue",
        "expected_close_on",
        "Expected",
        "No open deal is past its expected close.",
    ),
    "untouched_deals": (
        "Deals nobody touched",
        "touched_at",
        "Last touch",
        "Somebody is at every open deal.",
    ),
    "stalled_deals": (
        "Deals stalled",
        "created_at",
        "Opened",
        "Every open deal moves as deals here usually do.",
    ),
}


def deals(desk: Desk, kpi: str, question: Question, *, own: bool) -> Section:
    """Open deals that need somebody, those longest in that state first."""
    title, at, label, empty = DEALS[kpi]
    found = desk.records(kpi, order=at, limit=SHOWN, question=question)
    lines = [
        Row(
            (
                Cell(row["name"] or row["opportunity_id"], note=row["stage"] or ""),
                *owner(row, own=own),
                Cell(row["amount"], "money", note=row["currency"] or desk.currency),
                Cell(row[at]),
            )
        )
        for row in found.rows
    ]
    columns = (
        *columns_of("Deal", *(() if own else ("Rep",))),
        Column("amount", "Amount", is_number=True),
        Column(at, label),
    )
    return section(desk, kpi.replace("_", "-"), title, found, question, columns, lines, empty)
