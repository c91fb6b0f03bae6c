"""What a rep does day by day, how fast requests are answered, and how long the rep stays at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.project.results import Answer
from foresail.warehouse.working_days import WorkingDays
from foresail.web.rep.view import View
from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Block, Chart, Section, Words

ACTIVITY = "outbound_activities"
RESPONSE = ("lead_response_time", "response_within_sla", "rep_delay", "unanswered_leads")
FOLLOW_UP = ("touches_per_lead", "single_touch_rate", "touches_28d")
TOUCHES = "touch_conversion"
MOST_TOUCHES = 12
MOST_DAYS = 100
DAY = dt.timedelta(days=1)


NUMBERS = (*RESPONSE, *FOLLOW_UP)
"""What the sections take from the numbers of the page."""


@dataclass(frozen=True)
class Work:
    """What is asked for these sections alone: blocks that show it."""

    activity: tuple[Block, ...]
    curve: tuple[Block, ...]


def work(view: View) -> Work:
    """What is done day by day, and which leads convert after which touch."""
    curve = _curve(view)
    # the days are as fine as the period, known from the answer before, is short
    return Work(_activity(view), curve)


def sections(view: View, numbers: Answer | None, found: Work) -> tuple[Section, ...]:
    """Activity by day, response, follow-up."""
    response = _tiles(view, "response-tiles", numbers, RESPONSE)
    follow_up = (*_tiles(view, "touch-tiles", numbers, FOLLOW_UP), *found.curve)
    return (
        Section("activity", "Activity by day", found.activity),
        Section("response", "Response to requests", response, width="half"),
        Section("follow-up", "Follow-up", follow_up, width="half"),
    )


def _activity(view: View) -> tuple[Block, ...]:
    """A bar per working day, and per other day on which something was done."""
    question = view.question.but(compare="none")
    basis = view.desk.basis
    grain = "week" if basis and (basis.period[1] - basis.period[0]).days > MOST_DAYS else "day"
    answer = view.ask(ACTIVITY, by=("activity_kind",), grain=grain, question=question)
    if answer is None:
        return ()
    days = _days(view, answer, grain)
    done = {(row["period"], row["activity_kind"]): row[ACTIVITY] for row in answer.rows}
    kinds = sorted({kind for _, kind in done})
    rows = [
        {
            "day": f"{day:%a} {day.day} {day:%b}" if grain == "day" else f"{day.day} {day:%b %y}",
            "value": done.get((day, kind), 0),
            "kind": kind,
            "url": view.desk.records_url(ACTIVITY, _on(view, day, grain)),
        }
        for day in days
        for kind in kinds
    ]
    if not rows:
        return (Words("activity-none", sentences=("Nothing was done in this period.",)),)
    chart = Chart(
        "activity-days",
        "Outbound activities by day" if grain == "day" else "Outbound activities by week",
        spec=charts.stack(rows, unit="count", x="day", by="kind"),
        table=tables.table(view.desk, "activity-table", answer, question=question),
        about="Outbound activities of each working day by kind; other days where there were any.",
        height=200,
    )
    return (chart,)


def _days(view: View, answer: Answer, grain: str) -> list[dt.date]:
    """The working days so far, and the others on which something was done; or the weeks."""
    busy = {row["period"] for row in answer.rows if row[ACTIVITY]}
    if grain == "week":
        return sorted(busy)
    start = answer.period[0]
    end = min(answer.period[1], view.today + DAY)
    calendar = WorkingDays(view.desk.settings, start, max(start, end))
    every = (start + DAY * number for number in range(max(0, (end - start).days)))
    return sorted(busy | {day for day in every if calendar.count(day, day + DAY)})


def _on(view: View, day: dt.date, grain: str) -> Any:
    last = day + DAY * 6 if grain == "week" else day
    return view.question.but(period="custom", start=day, end=last, compare="none")


def _tiles(view: View, id: str, numbers: Answer | None, kpis: Sequence[str]) -> tuple[Block, ...]:
    shown = tuple(kpi for kpi in kpis if numbers and kpi in numbers.kpis)
    if numbers is None or not shown:
        return ()
    notes = {"lead_response_time": "requests without an answer stay in"}
    return (tables.tiles(view.desk, id, numbers, kpis=shown, question=view.question, notes=notes),)


def _curve(view: View) -> tuple[Block, ...]:
    """How many leads convert after which touch."""
    answer = view.ask(TOUCHES, by=("touch_number",), question=view.question.but(compare="none"))
    if answer is None or all(row[TOUCHES] is None for row in answer.rows):
        return ()
    rows = [
        {
            "touch": row["touch_number"],
            "value": row[TOUCHES],
            "leads": row[f"{TOUCHES}.denominator"],
            "url": view.desk.records_url(TOUCHES, _touch(view, row)),
        }
        for row in answer.rows
        if row["touch_number"] is not None and row["touch_number"] <= MOST_TOUCHES
    ]
    chart = Chart(
        "touch-curve",
        "Leads converting after each touch",
        spec=charts.columns(rows, unit="share", x="touch", title="touch"),
        table=tables.table(
            view.desk, "touch-table", answer, question=view.question.but(compare="none")
        ),
        about=f"Share of leads that convert after each touch, for the first {MOST_TOUCHES}.",
        height=180,
    )
    return (chart,)


def _touch(view: View, row: Mapping[str, Any]) -> Any:
    question = view.question.but(compare="none", of=None)
    return question.but(
        where=(("rep", view.who.rep_id),), of=("touch_number", str(row["touch_number"]))
    )
