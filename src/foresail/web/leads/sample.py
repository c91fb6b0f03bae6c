"""A sample of the lead list per territory, the same whenever the same period is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foresail.web.sheets.blocks import Cell, Column, Row, Section, Table
from foresail.web.sheets.desk import Desk

FLOW = "lead_flow"
SIZE = 10
COLUMNS = {
    "lead_territory": "Territory",
    "account": "Account",
    "lead_id": "Lead",
    "source": "Source",
    "channel": "Channel",
    "rep": "Owner",
    "requested_at": "Came in",
}


def sampled(desk: Desk) -> Section:
    """Some new leads of each territory, drawn by lot, to see whether the list is any good.

    It is for those who may see records.
    """
    found = desk.sample(FLOW, key="lead_id", by="lead_territory", size=SIZE)
    names = [name for name in COLUMNS if name in found.table.column_names]
    table = Table(
        "sample-table",
        columns=tuple(Column(name, COLUMNS[name]) for name in names),
        rows=tuple(Row(tuple(_cell(desk, row, name) for name in names)) for row in found.rows),
        caption="New leads drawn by lot, per territory",
        empty="No lead came in in this period. Choose a longer one.",
    )
    return Section(
        "sample",
        "A sample of the lead list",
        (table,),
        lead=f"{SIZE} new leads of each territory, drawn by lot; the same ones whenever this "
        "period is looked at.",
    )


def _cell(desk: Desk, row: Mapping[str, Any], name: str) -> Cell:
    value = row[name]
    if name == "lead_territory":
        return Cell(value or "(none)")
    return Cell(value, url=desk.history_url("lead", value) if name == "lead_id" else "")
