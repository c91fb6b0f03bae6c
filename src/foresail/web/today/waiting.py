"""Leads that wait for an answer, with the clock running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from foresail.web.question import Question
from foresail.web.sheets.blocks import Cell, Column, Row, Section, Table
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import clock, length
from foresail.web.today.frame import SHOWN, all_of, columns_of


def waiting(desk: Desk, question: Question, now: dt.datetime, *, own: bool) -> Section:
    """Leads that wait for an answer: those in time still, and those over the limit."""
    kpi = "leads_waiting"
    found = desk.records(kpi, part="longest_business", order="requested_at", question=question)
    limit = dt.timedelta(seconds=desk.settings.thresholds.sla)
    runs = not question.as_of and desk.settings.as_of is None
    rows = found.rows
    over = [row for row in rows if now - row["requested_at"] >= limit]
    in_time = [row for row in rows if now - row["requested_at"] < limit]
    columns = columns_of("Lead", *(() if own else ("Owner",)), "Source", "Asked", "Waits")
    columns = (*columns, Column("worked", "Working hours", is_number=True))

    def line(row: Mapping[str, Any]) -> Row:
        waited = (now - row["requested_at"]).total_seconds()
        left = limit.total_seconds() - waited
        mark = f"● {clock(left)} left" if left > 0 else "▲ over the limit"
        name = row["account"] or row["lead_id"]
        holder = () if own else (Cell(row["rep"] or "nobody"),)
        return Row(
            (
                Cell(name, note=row["lead_id"] if row["account"] else ""),
                *holder,
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

    def table(id: str, title: str, some: Sequence[Mapping[str, Any]], empty: str) -> Table:
        lines = tuple(line(row) for row in some[:SHOWN])
        return Table(id, title, columns=columns, rows=lines, empty=empty)

    promised = length(limit.total_seconds())
    return Section(
        "waiting",
        f"Leads waiting for an answer · {len(rows):,}",
        (
            table(
                "in-time", f"In time still · {len(in_time):,}", in_time, "None: no clock runs out."
            ),
            table(
                "over",
                f"Over the limit · {len(over):,}",
                over,
                "None: everybody had an answer in time.",
            ),
        ),
        lead=f"An answer is promised within {promised}, by the customer’s clock: day and night.",
        links=all_of(desk, kpi, len(rows), question),
    )
