"""Answers: how long people who ask wait, at which hour, from which source, and who answers."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn
from foresail.web.sheets.hours import by_hour
from foresail.web.sheets.parts import Answerable

WAIT = "lead_response_time"
TILES = (
    WAIT,
    "response_within_sla",
    "unanswered_leads",
    "lead_response_time_business",
    "time_to_conversation",
    "missed_calls",
)
SLICED = (WAIT, "response_within_sla")
KPIS = TILES
KEPT_IN = "Middle wait of all requests; those without an answer so far are kept in."


def answers(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """How soon requests are answered: now, by hour of the request, by source and by rep."""
    return (
        _now(desk, has),
        _hours(desk, has),
        _by(desk, has, "source"),
        _by(desk, has, desk.people),
    )


def _now(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*TILES)
    if not kpis:
        return None
    now = desk.ask(*kpis, compare=True)
    waiting = now.rows[0].get(f"{WAIT}.unanswered") if now.rows else None
    notes = {WAIT: f"{waiting:,} without an answer so far"} if waiting else {}
    return Section("now", "", (tables.tiles(desk, "now-tiles", now, notes=notes),))


def _hours(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*SLICED)
    if WAIT not in kpis:
        return None
    hours = desk.ask(*kpis, by=("hour_of_day",))
    rows = by_hour(drawn(desk, hours, WAIT))
    chart = Chart(
        "hours-chart",
        spec=charts.columns(rows, unit="duration", x="hour", title="Hour of the request"),
        table=tables.table(desk, "hours-table", hours),
        about="Middle wait for an answer by the hour of the request.",
        height=200,
    )
    return Section("hours", "By hour of the request", (chart,), lead=f"{KEPT_IN} {_pale(desk)}")


def _by(desk: Desk, has: Answerable, dimension: str) -> Section | None:
    kpis = has.of(*SLICED, *(("unanswered_leads",) if dimension == "source" else ()))
    if not kpis:
        return None
    found = desk.ask(*kpis, by=(dimension,), order=kpis[0], totals=True)
    table = tables.table(desk, f"{dimension}-table", found)
    return Section(f"by-{dimension}", f"By {dimension}", (table,), width="half")


def _pale(desk: Desk) -> str:
    return f"Pale: fewer than {desk.settings.thresholds.minimum_n} requests."
