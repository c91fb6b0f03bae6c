"""The business clock and the count of working days, as tables that facts join."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source
from foresail.warehouse.business_clock import FIRST, LAST, working_hours
from foresail.warehouse.working_days import public_holidays

DAY = ibis.interval(days=1)


def make_business_days(source: Source) -> Any:
    """Make `fact.business_day`: per day its working hours in seconds after midnight, and what was
    worked before it, in seconds (`worked_before`) and in days (`days_before`).
    """
    edges = (ibis.literal(each.isoformat()).cast("timestamp") for each in (FIRST, LAST))
    days = ibis.range(*edges, DAY).unnest().name("moment").as_table()
    days = days.select(day=row.moment.cast("date"))
    holidays = public_holidays(source.settings.country, FIRST.year, LAST.year)
    is_off = row.day.isin(holidays) if holidays else ibis.literal(False)
    hours = working_hours(source.settings)
    weekday = row.day.day_of_week.index()
    for name, part in (("opens", 0), ("closes", 1)):
        cases = [(weekday == number, times[part]) for number, times in enumerate(hours)]
        days = days.mutate(**{name: ibis.cases(*cases, else_=0).cast("int64")})
    is_working = weekday.isin(sorted(source.settings.working_weekdays)) & ~is_off
    days = days.mutate(
        closes=ibis.ifelse(is_off, row.opens, row.closes), works=is_working.cast("int64")
    )
    before = ibis.window(order_by="day", preceding=(None, 1))
    return source.keep(
        "business_day",
        days.mutate(
            worked_before=(row.closes - row.opens).sum().over(before).fill_null(0),
            days_before=row.works.sum().over(before).fill_null(0),
        ),
    )


def with_business_clock(source: Source, table: Any, *names: str) -> Any:
    """Add `<name>_business`: what the business clock showed at each of some anchors."""
    for name in names:
        table = attach(
            table,
            source.fact("business_day"),
            {f"{name}_on": "day"},
            {"opens_": "opens", "closes_": "closes", "worked_": "worked_before"},
        )
        local = source.wall_time(table[f"{name}_at"])
        midnight = table[f"{name}_on"].cast("timestamp")
        passed = local.delta(midnight, unit="microsecond") / 1e6
        today = ibis.greatest(
            ibis.least(passed - table.opens_, (table.closes_ - table.opens_).cast("float64")), 0.0
        )
        table = table.mutate(**{f"{name}_business": table.worked_ + today})
        table = table.drop("opens_", "closes_", "worked_")
    return table


def with_working_days(source: Source, table: Any, *names: str) -> Any:
    """Add `<name>_working`: how many working days were over when the day of an anchor was."""
    days = source.fact("business_day").mutate(over=row.days_before + row.works)
    for name in names:
        table = attach(table, days, {f"{name}_on": "day"}, {f"{name}_working": "over"})
    return table
