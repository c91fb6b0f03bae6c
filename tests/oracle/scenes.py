"""Rows that worked examples are made of: leads, what is done for them, and what they reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.small import march, value

Row = dict[str, Any]
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def at(text: str) -> str:
    """A moment of March 2026: "3 10:00" is the third at ten, "3" the third without a time."""
    day, _, time = text.partition(" ")
    return f"2026-03-{int(day):02}" + (f"T{time:0>5}:00Z" if time else "")


def lead(key: str, asked: str = "2 10:00", **values: Any) -> Row:
    """An inbound lead of Ann's."""
    made = {"lead_id": key, "channel": "inbound", "owner_id": "ann", "created_at": at(asked)}
    return {**made, **values}


def done(kind: str, when: str, **values: Any) -> Row:
    """An outbound activity of Ann's for the lead ivy."""
    key = f"{when} {kind} {sorted(values.items())}"
    made = {"activity_id": key, "kind": kind, "occurred_at": at(when)}
    if not {"lead_id", "contact_id", "opportunity_id"} & set(values):
        made["lead_id"] = "ivy"
    return {**made, "direction": "outbound", "rep_id": "ann", **values}


def rang(when: str, outcome: str | None = "connected", **values: Any) -> Row:
    """A call that the lead ivy made to us."""
    return done("call", when, direction="inbound", outcome=outcome, **values)


def reached(key: str, **stages: str) -> list[Row]:
    """The stages that a lead reached, each with its moment of March."""
    return [
        {"lead_id": key, "stage": stage, "reached_at": at(when)} for stage, when in stages.items()
    ]


def march_of(
    kpi: str,
    leads: Sequence[Row],
    activities: Sequence[Row] = (),
    *,
    as_of: str = "2026-03-31",
    settings: Settings | None = None,
    where: Row | None = None,
    **tables: Sequence[Row],
) -> Any:
    """A KPI's number for March."""
    view = march(as_of, settings, lead=leads, activity=activities, **tables)
    return value(kpi, view, **(where or {}))
