"""Calling: how many people are reached, and at which hours of the week."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.sheets import charts, tables
from foresail.web.sheets.blocks import Chart, Section
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.drawn import drawn
from foresail.web.sheets.hours import by_hour, by_weekday_and_hour
from foresail.web.sheets.parts import Answerable

RATE = "connect_rate"
TILES = (
    "outbound_calls",
    "connects",
    RATE,
    "calls_per_contact",
    "dial_to_meeting_rate",
    "opportunities_per_1000_calls",
)
BY_REP = ("outbound_calls", RATE, "dial_to_meeting_rate")
KPIS = TILES


def calling(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """Calls and who was reached by them, by hour of the week, by hour of the day and by rep."""
    kpis = has.of(*TILES)
    if not kpis:
        return ()
    now = Section("now", "", (tables.tiles(desk, "now-tiles", desk.ask(*kpis, compare=True)),))
    return (now, *(_hours(desk) if RATE in kpis else ()), _reps(desk, has))


def _hours(desk: Desk) -> Sequence[Section]:
    week = desk.ask(RATE, by=("weekday", "hour_of_day"))
    day = desk.ask(RATE, by=("hour_of_day",))
    few = desk.settings.thresholds.minimum_n
    rates = by_weekday_and_hour(drawn(desk, week, RATE))
    calls = by_weekday_and_hour(drawn(desk, week, RATE, part="denominator"))
    ranges = [row for row in by_hour(drawn(desk, day, RATE)) if row["value"] is not None]
    table = tables.table(desk, "week-table", week)
    return (
        Section(
            "best",
            "Share of calls answered, by hour of the week",
            (
                Chart(
                    "best-chart",
                    spec=charts.heat(rates, unit="share", x="hour", y="day"),
                    table=table,
                    about="Share of calls that a person answered, by weekday and hour.",
                ),
            ),
            lead=f"Each by its start in local time. Pale: fewer than {few} calls. Blank: none.",
            width="half",
        ),
        Section(
            "made",
            "Calls made",
            (
                Chart(
                    "made-chart",
                    spec=charts.heat(calls, unit="count", x="hour", y="day"),
                    table=table,
                    about="Calls made, by weekday and hour.",
                ),
            ),
            lead="When people are called now.",
            width="half",
        ),
        Section(
            "day",
            "Share of calls answered, by hour of the day",
            (
                Chart(
                    "day-chart",
                    spec=charts.intervals(ranges, unit="share", x="hour"),
                    table=tables.table(desk, "day-table", day),
                    about="Share of calls that a person answered by hour, with its 95 % range.",
                ),
            ),
            lead="With its 95 % range: hours whose ranges overlap may well be alike.",
            width="half",
        ),
    )


def _reps(desk: Desk, has: Answerable) -> Section | None:
    kpis = has.of(*BY_REP)
    if not kpis:
        return None
    found = desk.ask(*kpis, by=(desk.people,), order=f"-{kpis[0]}", totals=True)
    title = f"{desk.people.capitalize()}s"
    return Section("people", title, (tables.table(desk, "people-table", found),))
