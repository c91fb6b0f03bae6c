"""The twelve months that end with the period asked, for courses and small drawings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from foresail.core.periods import add_months
from foresail.project.results import Answer
from foresail.web.question import CUSTOM, Question
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.rows import inside

MONTHS = 12
NOW, BEFORE = "These months", "A year before"


def twelve_months(question: Question, answer: Answer) -> Question:
    """The question for the twelve months that end with that of an answer's last day so far."""
    last = answer.last_day.replace(day=1)
    end = add_months(last, 1) - dt.timedelta(days=1)
    return question.but(period=CUSTOM, start=add_months(last, 1 - MONTHS), end=end)


def course(
    desk: Desk, id: str, months: Answer, kpi: str, *, about: Question, title: str = ""
) -> Chart:
    """A KPI by month; with its year before, where the answer compares with it."""
    info = desk.kpis[kpi]
    rows = [
        {
            "period": row["period"],
            "value": row[kpi],
            "of": NOW,
            "url": desk.records_url(kpi, inside(about, row, months)),
        }
        for row in months.rows
    ]
    if f"{kpi}.before" in {each.name for each in months.columns}:
        rows += _year_before(desk, months, kpi, about)
    is_pair = any(row["of"] == BEFORE for row in rows)
    return Chart(
        id,
        title or f"{info.label} by month",
        spec=charts.lines(rows, unit=info.unit, by="of" if is_pair else ""),
        table=tables.table(desk, f"{id}-table", months, kpis=(kpi,), question=about),
        about=f"{info.label} by month{', beside the year before' if is_pair else ''}.",
    )


def _year_before(desk: Desk, months: Answer, kpi: str, about: Question) -> list[dict[str, Any]]:
    """The year before, from the first month of it that has anything."""
    rows: Sequence[dict[str, Any]] = months.rows
    first = next((place for place, row in enumerate(rows) if row[f"{kpi}.before"]), len(rows))
    return [
        {
            "period": row["period"],
            "value": row[f"{kpi}.before"],
            "of": BEFORE,
            "url": desk.records_url(kpi, month(about, add_months(row["period"], -MONTHS))),
        }
        for row in rows[first:]
    ]


def month(question: Question, day: dt.date) -> Question:
    """The question for the month of a day."""
    return question.but(period=f"{day:%Y-%m}", start=None, end=None)
