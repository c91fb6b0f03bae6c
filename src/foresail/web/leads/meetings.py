"""Meetings: booked, held, missed and moved, and who moved them."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn
from foresail.web.sheets.parts import Answerable

TILES = (
    "meetings_booked",
    "meetings_held",
    "no_show_rate",
    "reschedule_rate",
    "seller_moved_loss_rate",
    "meeting_to_sql",
)
BY_REP = ("meetings_booked", "meetings_held", "no_show_rate", "reschedule_rate")
MOVED = "reschedule_rate"
KPIS = TILES


def meetings(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """What became of the meetings planned, who moved them, and how that is by rep and source."""
    kpis = has.of(*TILES)
    if not kpis:
        return ()
    now = tables.tiles(desk, "now-tiles", desk.ask(*kpis, compare=True))
    return (
        Section("now", "", (now,)),
        _moved(desk, has),
        _by(desk, has, "source"),
        _by(desk, has, desk.people),
    )


def _moved(desk: Desk, has: Answerable) -> Section | None:
    if not has.of(MOVED):
        return None
    found = desk.ask(MOVED, by=("moved_by",))
    rows = [
        row for row in drawn(desk, found, MOVED, part="numerator") if row["moved_by"] != "(none)"
    ]
    lead = "A meeting counts once, for whoever asked first. A number leads to the meetings."
    if not rows:
        return None
    chart = Chart(
        "moved-chart",
        spec=charts.bars(rows, unit="count", x="moved_by"),
        table=tables.table(desk, "moved-table", found),
        about="Meetings moved, by who asked for it.",
    )
    return Section("moved", "Who moved meetings", (chart,), lead=lead)


def _by(desk: Desk, has: Answerable, dimension: str) -> Section | None:
    kpis = has.of(*BY_REP)
    if not kpis:
        return None
    found = desk.ask(*kpis, by=(dimension,), order=f"-{kpis[0]}", totals=True)
    table = tables.table(desk, f"{dimension}-table", found)
    return Section(f"by-{dimension}", f"By {dimension}", (table,))
