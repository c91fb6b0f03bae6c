"""Hours of the day and days of the week, in their order and with none left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def by_hour(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with an `hour_of_day` as `hour`, in order; hours between them without a value.

    >>> [row["hour"] for row in by_hour([{"hour_of_day": 11, "value": 1}, {"hour_of_day": 9}])]
    ['09', '10', '11']
    """
    found = {row["hour_of_day"]: row for row in rows if isinstance(row["hour_of_day"], int)}
    hours = range(min(found), max(found) + 1) if found else ()
    return [{**found.get(hour, {"value": None}), "hour": f"{hour:02}"} for hour in hours]


def by_weekday_and_hour(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a `weekday` and an `hour_of_day` as `day` and `hour`, every field of the week."""
    found = {
        (row["weekday"], row["hour_of_day"]): row
        for row in rows
        if row["weekday"] in WEEKDAYS and isinstance(row["hour_of_day"], int)
    }
    hours = [hour for _, hour in found]
    days = [day for day in WEEKDAYS if any(day == each for each, _ in found)]
    return [
        {
            **found.get((day, hour), {"value": None, "n": 0}),
            "day": day.capitalize(),
            "hour": f"{hour:02}",
        }
        for day in days
        for hour in range(min(hours), max(hours) + 1)
    ]
