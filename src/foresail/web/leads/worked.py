"""Leads in work, with what is planned for each, and a sample of the lead list per territory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from foresail.web.leads.sample import sampled
from foresail.web.question import CUSTOM
from foresail.web.sheets.blocks import Cell, Column, Link, Row, Section, Table, Words
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.parts import Answerable

IN_WORK, DUE, FLOW = "leads_in_work", "follow_ups_due", "lead_flow"
KPIS = (IN_WORK, DUE, FLOW)
SHOWN = 50
AHEAD = dt.timedelta(days=28)
COLUMNS = {
    "lead_id": "Lead",
    "account": "Account",
    "source": "Source",
    "touch_number": "Touches",
    "touched_at": "Last touch",
    "kind": "By",
    "rep": "Last touched by",
    "owner": "Owner",
}
NOT_FOR_YOU = Section(
    "closed", "", (Words("closed-words", sentences=("Single leads are not for your role.",)),)
)


def worked(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """The leads last touched in the period that are still open, and a sample of the new ones."""
    if not desk.sees_records:
        return (NOT_FOR_YOU,)
    return (
        _in_work(desk, has) if has.of(IN_WORK) else None,
        sampled(desk) if has.of(FLOW) else None,
    )


def _in_work(desk: Desk, has: Answerable) -> Section:
    found = desk.records(IN_WORK, order="touched_at", limit=SHOWN)
    known = {each.name for each in found.columns}
    names = [name for name in COLUMNS if name in known]
    planned = _planned(desk, found.today) if has.of(DUE) else {}
    total = found.count
    table = Table(
        "in-work-table",
        columns=(
            *(Column(name, COLUMNS[name], is_number=name == "touch_number") for name in names),
            Column("next", "Next step"),
        ),
        rows=tuple(
            Row((*(_cell(desk, row, name) for name in names), _next(planned, row)))
            for row in found.rows
        ),
        caption="Leads in work",
        empty="No open lead was touched in this period. Choose a longer one.",
        onward=Link(f"All {total:,} leads in work", desk.records_url(IN_WORK)),
    )
    lead = "Touched in this period and still open, the longest untouched first."
    if total > SHOWN:
        lead += f" The first {SHOWN} of {total:,}."
    return Section("in-work", "Leads in work", (table,), lead=lead)


def _planned(desk: Desk, today: dt.date) -> Mapping[str, Mapping[str, Any]]:
    """The first attempt planned for each lead in the days ahead."""
    ahead = desk.question.but(period=CUSTOM, start=today, end=today + AHEAD)
    first: dict[str, Mapping[str, Any]] = {}
    for row in desk.records(DUE, order="occurred_at", question=ahead).rows:
        if row["lead_id"] is not None:
            first.setdefault(row["lead_id"], row)
    return first


def _next(planned: Mapping[str, Mapping[str, Any]], row: Mapping[str, Any]) -> Cell:
    """What is planned next for a lead; a dash where nothing is."""
    step = planned.get(row["lead_id"])
    return Cell(step["occurred_at"], mark=step["kind"]) if step else Cell()


def _cell(desk: Desk, row: Mapping[str, Any], name: str) -> Cell:
    url = desk.history_url("lead", row[name]) if name == "lead_id" else ""
    return Cell(row[name], url=url)
