"""Leads that wait for an answer, with the clock running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from foresail.web.question import Question
from foresail.web.sheets.blocks import Cell, Column, Row, Section, Table
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import clock, length
from foresail.web.today.frame import SHOWN, all_of, columns_of

KPI = "leads_waiting"
LONG = dt.timedelta(days=30)
"""Who waits longer has most likely bought elsewhere: they are folded away below the others."""
Line = Callable[[Mapping[str, Any]], Row]


def waiting(desk: Desk, question: Question, now: dt.datetime, *, own: bool) -> Section:
    """Leads that wait for an answer: those in time still, those over the limit, the old ones."""
    found = desk.records(KPI, part="longest_business", order="requested_at", question=question)
    limit = dt.timedelta(seconds=desk.settings.thresholds.sla)
    line = _line(desk, question, now, limit, own=own)
    columns = columns_of("Lead", *(() if own else ("Owner",)), "Source", "Asked", "Waits")
    columns = (*columns, Column("worked", "Working hours", is_number=True))

    def table(
        id: str, title: str, start: dt.timedelta, end: dt.timedelta, empty: str = ""
    ) -> tuple[Table, ...]:
        some = [row for row in found.rows if start <= now - row["requested_at"] < end]
        if not (some or empty):
            return ()
        lines = tuple(line(row) for row in some[:SHOWN])
        titled = f"{title} · {len(some):,}"
        is_old = end == dt.timedelta.max
        return (Table(id, titled, columns=columns, rows=lines, empty=empty, is_folded=is_old),)

    promised = length(limit.total_seconds())
    late = max(limit, LONG)
    return Section(
        "waiting",
        f"Leads waiting for an answer · {len(found.rows):,}",
        (
            *table("in-time", "In time still", dt.timedelta.min, limit, "None: no clock runs out."),
            *table(
                "over",
                f"Over the limit, for {LONG.days} days at most",
                limit,
                late,
                "None: everybody who asked lately had an answer in time.",
            ),
            *table("old", f"Waiting longer than {LONG.days} days", late, dt.timedelta.max),
        ),
        lead=f"An answer is promised within {promised}, by the customer’s clock: day and night. "
        "The oldest first.",
        links=all_of(desk, KPI, len(found.rows), question),
    )


def _line(
    desk: Desk, question: Question, now: dt.datetime, limit: dt.timedelta, *, own: bool
) -> Line:
    """How a lead is written as a row."""
    runs = not question.as_of and desk.settings.as_of is None
    present = None if own else _present(desk, question)

    def line(row: Mapping[str, Any]) -> Row:
        waited = (now - row["requested_at"]).total_seconds()
        left = limit.total_seconds() - waited
        mark = f"● {clock(left)} left" if left > 0 else "▲ over the limit"
        name = row["account"] or row["lead_id"]
        return Row(
            (
                Cell(name, note=row["lead_id"] if row["account"] else ""),
                *(() if own else (_holder(row, present),)),
                Cell(row["source"]),
                Cell(row["requested_at"]),
                Cell(
                    waited,
                    "duration",
                    tone="bad" if left <= 0 else "",
                    mark=mark,
                    since=row["requested_at"] if runs else None,
                ),
                Cell(round(row["value"] / 3600, 1), "count"),
            )
        )

    return line


def _holder(row: Mapping[str, Any], present: frozenset[str] | None) -> Cell:
    """Whose the lead is; that somebody has left is said, as nobody else will answer."""
    has_left = row["rep_id"] is not None and present is not None and row["rep_id"] not in present
    return Cell(
        row["rep"] or "nobody",
        tone="warn" if has_left else "",
        mark="has left: hand it over" if has_left else "",
    )


def _present(desk: Desk, question: Question) -> frozenset[str] | None:
    """Who is in the job on the day; None where the data do not say."""
    if not desk.answerable(["active_reps"]):
        return None
    rows = desk.project.ask(
        "active_reps", by=("rep",), period="today", as_of=question.as_of or None
    ).rows
    return frozenset(row["rep_id"] for row in rows if row["active_reps"])
