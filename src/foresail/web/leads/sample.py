"""A sample of the lead list per territory, the same whenever the same period is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import groupby
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
    found = desk.records(FLOW)
    names = [name for name in COLUMNS if name in found.table.column_names]
    rows = sample(found.rows, seed=f"{found.period[0]}..{found.period[1]}")
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


def sample(rows: Iterable[Mapping[str, Any]], seed: str) -> list[Mapping[str, Any]]:
    """The leads of each territory whose lots come first; a lot depends on seed and lead alone.

    >>> rows = [{"lead_id": str(each), "lead_territory": "North"} for each in range(99)]
    >>> [each["lead_id"] for each in sample(rows, "2026-03")][:3] == \\
    ...     [each["lead_id"] for each in sample(rows[::-1], "2026-03")][:3]
    True
    """
    drawn = sorted(rows, key=lambda row: (_territory(row), _lot(row, seed)))
    return [row for _, group in groupby(drawn, key=_territory) for row in list(group)[:SIZE]]


def _territory(row: Mapping[str, Any]) -> tuple[bool, str]:
    name = row["lead_territory"]
    return (name is None, name or "")


def _lot(row: Mapping[str, Any], seed: str) -> bytes:
    return sha256(f"{seed} {row['lead_id']}".encode()).digest()


def _cell(desk: Desk, row: Mapping[str, Any], name: str) -> Cell:
    value = row[name]
    if name == "lead_territory":
        return Cell(value or "(none)")
    return Cell(value, url=desk.history_url("lead", value) if name == "lead_id" else "")
