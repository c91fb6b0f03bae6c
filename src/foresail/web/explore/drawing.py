"""The drawing of one KPI on the page Explore: lines, bars, columns or a heat map."""

from __future__ import annotations

import datetime as dt
from typing import Any

from foresail.project.results import Answer
from foresail.web.explore.wanted import NOTHING, Wanted
from foresail.web.question import Question
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn

COLOURS = 8
NEEDS = {
    "lines": "Lines need a course: choose by day, week or month.",
    "bars": "Bars need something to split by.",
    "columns": "Columns need something to split by, or a course.",
    "heat": "A heat map needs two things: two to split by, or one and a course.",
}


def form_of(wanted: Wanted, answer: Answer) -> str:
    """How the answer is drawn; empty where it cannot be drawn in the way that is wanted."""
    axes = (["period"] if answer.grain else []) + list(answer.by)
    if wanted.chart == NOTHING or not axes or len(axes) > 2:
        return ""
    if wanted.chart == "fitting":
        if not answer.grain:
            return "bars" if len(axes) == 1 else "heat"
        return "lines" if _series(answer) <= COLOURS else "heat"
    fits = {
        "lines": bool(answer.grain),
        "bars": not answer.grain,
        "columns": True,
        "heat": len(axes) == 2,
    }
    return wanted.chart if fits[wanted.chart] else ""


def drawing(desk: Desk, wanted: Wanted, answer: Answer, kpi: str, about: Question) -> Chart:
    """One KPI of the answer."""
    info = desk.kpis[kpi]
    form = form_of(wanted, answer)
    rows = drawn(desk, answer, kpi, question=about)
    series = answer.by[-1] if len(answer.by) + bool(answer.grain) == 2 else ""
    first = "period" if answer.grain else answer.by[0]
    split = f" by {' and '.join(each.replace('_', ' ') for each in answer.by)}" if answer.by else ""
    over = f", by {answer.grain}" if answer.grain else ""
    return Chart(
        f"{kpi}-chart",
        info.label,
        spec=_spec(form, rows, info.unit, first, series),
        table=tables.table(desk, f"{kpi}-drawn", answer, kpis=(kpi,), question=about),
        about=f"{info.label}{split}{over}.",
    )


def _spec(
    form: str, rows: list[dict[str, Any]], unit: str, first: str, series: str
) -> dict[str, Any]:
    if form == "lines":
        return charts.lines(rows, unit=unit, by=series)
    named = [{**row, first: _name(row[first])} for row in rows]
    if form == "heat":
        return charts.heat(named, unit=unit, x=first, y=series)
    if form == "bars":
        return charts.bars(named, unit=unit, x=first, by=series)
    return charts.columns(named, unit=unit, x=first, by=series)


def _name(value: Any) -> Any:
    """The name of a step of an axis: days as people sort them."""
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.date) else value


def _series(answer: Answer) -> int:
    """How many lines there would be."""
    return len({row[answer.by[0]] for row in answer.rows}) if answer.by else 1
