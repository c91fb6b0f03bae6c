"""Results of selling: attainment, deal size, cycle, win rate, and how good the forecast was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn
from foresail.web.sheets.parts import Answerable

TILES = (
    "quota_attainment",
    "reps_at_quota",
    "win_rate",
    "avg_deal_size",
    "median_deal_size",
    "sales_cycle",
    "forecast_accuracy",
)
BY_REP = ("revenue", "quota_attainment", "win_rate", "outbound_calls", "meetings_held")
BY_SOURCE = ("deals_won", "win_rate", "median_deal_size", "sales_cycle")
KPIS = tuple(dict.fromkeys((*TILES, *BY_REP, *BY_SOURCE)))


def selling(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """Who sold what against the quota, with the work beside it, and what each source brings."""
    return desk.together(
        partial(_now, has=has), partial(_reps, has=has), partial(_sources, has=has)
    )


def _now(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*TILES)
    if not kpis:
        return None
    return Section("now", "", (tables.tiles(desk, "now-tiles", desk.ask(*kpis, compare=True)),))


def _reps(desk: Desk, has: Answerable) -> Sequence[Section]:
    kpis = has.of(*BY_REP)
    if not kpis:
        return ()
    order = f"-{kpis[0]}"
    teams = desk.ask(*kpis, by=("team",), order=order, totals=True)
    sections = [
        Section(
            "teams",
            "Teams",
            (tables.table(desk, "teams-table", teams),),
            lead="Calls and meetings stand beside the results that they lead to.",
        )
    ]
    if not desk.names_people:
        return sections
    reps = desk.ask(*kpis, by=("rep",), order=order)
    sections.append(Section("reps", "Reps", (tables.table(desk, "reps-table", reps),)))
    if "quota_attainment" in kpis:
        rows = [each for each in drawn(desk, reps, "quota_attainment") if each["value"] is not None]
        chart = Chart(
            "attainment",
            "Attainment by rep",
            spec=charts.bars(rows, unit="share", x="rep"),
            table=tables.table(desk, "attainment-table", reps, kpis=("quota_attainment",)),
            about="The part of the quota that each rep has won.",
        )
        sections.append(Section("attainment-chart", "Attainment", (chart,)))
    return sections


def _sources(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*BY_SOURCE)
    if not kpis:
        return None
    found = desk.ask(*kpis, by=("source",), order=f"-{kpis[0]}", totals=True)
    lead = "How many deals each source brought, and how long they took."
    return Section("sources", "Sources", (tables.table(desk, "sources-table", found),), lead=lead)
