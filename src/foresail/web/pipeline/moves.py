"""The waterfall between two days, and the deals behind each of its steps."""

from __future__ import annotations

from typing import Any

from foresail.project.results import Waterfall
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Cell, Chart, Column, Link, Row, Section, Sheet, Table
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import days, quantity

TAKEN = frozenset({"lowered", "pushed_out", "won", "lost", "deleted", "moved_out"})
LEVELS = frozenset({"opening", "closing"})
LABELS = {
    "opening": "Open at the beginning",
    "closing": "Open at the end",
    "pulled_in": "Pulled in",
    "pushed_out": "Pushed out",
    "moved_in": "Moved in",
    "moved_out": "Moved out",
    "revalued": "Other rates",
}
LEAD = "From the first instant of the period to its end, or to now. Each step leads to its deals."
COLUMNS = {
    "name": "Deal",
    "account": "Account",
    "rep": "Rep",
    "stage": "Stage",
    "state": "State",
    "expected_close_on": "Expected close",
    "value": "Value",
}


def waterfall_section(desk: Desk) -> Section:
    """How the open value of one day became that of another."""
    found = desk.waterfall()
    steps = _steps(desk, found)
    table = _table(found, steps)
    if not steps:
        return Section("moves", "What moved", (table,), LEAD)
    chart = Chart(
        "moves-chart",
        "Open value, from day to day",
        spec=charts.steps(steps, unit="money"),
        table=table,
        about=f"From {_said(steps[0])} to {_said(steps[-1])} {found.currency}, "
        f"{days(found.period)}.",
    )
    return Section("moves", "What moved", (chart,), LEAD)


def label(flow: str) -> str:
    """A step in words."""
    return LABELS.get(flow, flow.replace("_", " ").capitalize())


def moves(desk: Desk, flow: str) -> Sheet:
    """The deals behind one step of the waterfall."""
    found = desk.waterfall_records(flow)
    table = tables.listing(
        desk,
        "deals",
        found,
        columns=COLUMNS,
        caption=f"Deals behind: {label(flow)}",
        empty="No deal is behind this step in this period.",
    )
    total = quantity(sum(row["value"] for row in found.rows), "money")
    said = f"{len(found.rows):,} deals, {total} {found.currency} in {days(found.period)}."
    return Sheet(
        label(flow),
        (Section("deals", "Deals", (table,), said),),
        controls=("period", "as_of", "team", "filters"),
        trail=(Link("Pipeline", desk.url("pipeline")),),
    )


def _steps(desk: Desk, found: Waterfall) -> list[dict[str, Any]]:
    """The steps that are not 0, each from where it starts to where it ends."""
    (row,) = found.rows
    names = [each.name for each in found.columns if each.kind == "value"]
    if any(row[name] is None for name in names):
        return []
    level, steps = 0.0, []
    for name in names:
        amount = -row[name] if name in TAKEN else row[name]
        if not amount and name not in LEVELS:
            continue
        start = 0.0 if name in LEVELS else level
        level = start + amount
        kind = "level" if name in LEVELS else "up" if amount > 0 else "down"
        url = desk.url("moves", name)
        steps.append(
            {
                "name": label(name),
                "start": start,
                "end": level,
                "value": amount,
                "kind": kind,
                "url": url,
            }
        )
    return steps


def _said(step: dict[str, Any]) -> str:
    return quantity(step["value"], "money")


def _table(found: Waterfall, steps: list[dict[str, Any]]) -> Table:
    rows = tuple(
        Row(
            (Cell(each["name"]), Cell(each["value"], "money", each["url"])),
            is_total=each["kind"] == "level",
        )
        for each in steps
    )
    return Table(
        "moves-table",
        columns=(Column("step", "Step"), Column("value", "Value", "money", is_number=True)),
        rows=rows,
        caption="How the open value of one day became that of another",
        empty="Load opportunity with amounts (amount) and creation dates (created_at) to see this.",
        currency=found.currency,
    )
