"""A sample of the lead list per territory, the same whenever the same period is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from heapq import nsmallest
from typing import Any

import pyarrow as pa

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
    found = desk.records(FLOW)
    names = [name for name in COLUMNS if name in found.table.column_names]
    rows = sample(found.table, seed=f"{found.period[0]}..{found.period[1]}")
    table = Table(
        "sample-table",
        columns=tuple(Column(name, COLUMNS[name]) for name in names),
        rows=tuple(Row(tuple(_cell(desk, row, name) for name in names)) for row in rows),
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


def sample(leads: pa.Table, seed: str) -> list[dict[str, Any]]:
    """The leads of each territory whose lots come first; a lot depends on seed and lead alone.

    >>> leads = pa.table({"lead_id": ["7", "8", "9"], "lead_territory": ["North"] * 3})
    >>> [each["lead_id"] for each in sample(leads, "2026-03")] == \\
    ...     [each["lead_id"] for each in sample(leads[::-1], "2026-03")]
    True
    """
    territories = leads["lead_territory"].to_pylist()
    lots: dict[str | None, list[tuple[bytes, int]]] = {}
    for place, lead in enumerate(leads["lead_id"].to_pylist()):
        lot = sha256(f"{seed} {lead}".encode()).digest()
        lots.setdefault(territories[place], []).append((lot, place))
    drawn = [
        place
        for territory in sorted(lots, key=lambda name: (name is None, name or ""))
        for _, place in nsmallest(SIZE, lots[territory])
    ]
    rows: list[dict[str, Any]] = leads.take(pa.array(drawn, pa.int64())).to_pylist()
    return rows


def _cell(desk: Desk, row: Mapping[str, Any], name: str) -> Cell:
    value = row[name]
    if name == "lead_territory":
        return Cell(value or "(none)")
    return Cell(value, url=desk.history_url("lead", value) if name == "lead_id" else "")
