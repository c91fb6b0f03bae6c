"""Results with people: who stays, how soon vacancies are filled and new reps sell."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.parts import Answerable

TILES = ("active_reps", "rep_turnover", "rep_retention", "avg_tenure", "time_to_fill", "ramp_time")
BY_TEAM = ("active_reps", "rep_turnover", "avg_tenure", "revenue_per_rep", "activities_per_rep_day")
KPIS = tuple(dict.fromkeys((*TILES, *BY_TEAM)))


def people(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """Turnover, tenure, vacancies and ramp, and per team what its people do and bring."""
    sections = []
    if kpis := has.of(*TILES):
        answer = desk.ask(*kpis, compare=True)
        sections.append(Section("now", "", (tables.tiles(desk, "now-tiles", answer),)))
    for id, title, by in (("teams", "Teams", "team"), ("roles", "Roles", "role")):
        if kpis := has.of(*BY_TEAM):
            answer = desk.ask(*kpis, by=(by,), order=f"-{kpis[0]}", totals=True)
            sections.append(Section(id, title, (tables.table(desk, f"{id}-table", answer),)))
    return sections
