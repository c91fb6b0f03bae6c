"""Answers as the rows that a chart draws, each mark with its way to the records."""

from __future__ import annotations

from typing import Any

from foresail.project.results import Answer
from foresail.web.codes import said
from foresail.web.question import Question
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.rows import inside


def drawn(
    desk: Desk, answer: Answer, kpi: str, *, part: str = "", question: Question | None = None
) -> list[dict[str, Any]]:
    """A row to draw per row of an answer: its dimensions, `value`, its range and cases, `url`.

    `part` draws a part of the KPI, such as its denominator. `is_small` says that fewer cases are
    behind the value than the organisation takes for enough.
    """
    about = question or desk.question
    names = [each.name for each in answer.columns if each.kind in ("period", "dimension")]
    enough = desk.settings.thresholds.minimum_n
    rows = []
    for row in answer.rows:
        cases = row.get(f"{kpi}.denominator", row.get(f"{kpi}.n"))
        rows.append(
            {name: _named(row[name]) for name in names}
            | {
                "value": row[f"{kpi}.{part}" if part else kpi],
                "low": row.get(f"{kpi}.low"),
                "high": row.get(f"{kpi}.high"),
                "n": cases,
                "is_small": cases is not None and cases < enough,
                "url": desk.records_url(kpi, inside(about, row, answer), part),
            }
        )
    return rows


def _named(value: Any) -> Any:
    """How a mark is called."""
    if value is None:
        return "(none)"
    return said(value) if isinstance(value, str) else value
