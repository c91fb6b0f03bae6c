"""Results: revenue and growth, attainment, deal size, cycle, by month and by team."""

from __future__ import annotations

from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section, Sheet
from foresail.web.sheets.desk import Desk

MONEY = ("revenue", "quota_attainment", "average_deal_size", "win_rate", "sales_cycle")


def results(desk: Desk) -> Sheet:
    """What was sold, how it grows, and what it cost."""
    kpis = desk.answerable(MONEY)
    months = desk.ask("revenue", grain="month", question=desk.question.but(period="last-year"))
    now = desk.ask(*kpis, compare=True)
    teams = desk.ask(*kpis, by=("team",), compare=True, totals=True)
    drawn = [
        {"period": row["period"], "value": row["revenue"], "url": desk.records_url("revenue")}
        for row in months.rows
    ]
    course = Chart(
        "course",
        "Revenue by month",
        spec=charts.lines(drawn, unit="money"),
        table=tables.table(desk, "course-table", months),
        about="Revenue by month.",
    )
    return Sheet(
        "Results",
        (
            Section("now", "This period", (tables.tiles(desk, "now-tiles", now),)),
            Section("course", "Course", (course,), width="half"),
            Section("teams", "Teams", (tables.table(desk, "teams-table", teams),), width="half"),
        ),
    )
