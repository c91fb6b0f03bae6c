"""The organisation's business clock: it runs during working hours and stands still otherwise."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np

from foresail.warehouse.settings import WEEKDAYS, Settings
from foresail.warehouse.working_days import calendar_of, public_holidays, working_mask

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2061, 1, 1)
"""The days on which the clock can be read; it stands at 0 when the first begins."""


def working_hours(settings: Settings) -> list[tuple[int, int]]:
    """Per weekday, Monday first: from when until when it is worked, in seconds after midnight."""
    return [_seconds(settings.working_hours.get(day, "")) for day in WEEKDAYS]


def _seconds(hours: str) -> tuple[int, int]:
    if not hours:
        return 0, 0
    opens, _, closes = hours.partition("-")
    start, end = (int(part[:2]) * 3600 + int(part[3:]) * 60 for part in (opens, closes))
    return start, max(start, end)


def reading(local: dt.datetime, settings: Settings) -> float | None:
    """What the clock shows at a wall time: seconds worked since `FIRST`; unknown outside."""
    day = local.date()
    if not FIRST <= day < LAST:
        return None
    hours = working_hours(settings)
    total = _worked_before(day, settings.country, tuple(hours))
    if day in public_holidays(settings.country, FIRST.year, LAST.year):
        return total
    opens, closes = hours[day.weekday()]
    midnight = dt.datetime.combine(day, dt.time())
    passed = (local.replace(tzinfo=None) - midnight).total_seconds()
    return total + min(max(passed - opens, 0.0), float(closes - opens))


@lru_cache(maxsize=4096)
def _worked_before(day: dt.date, country: str, hours: tuple[tuple[int, int], ...]) -> float:
    """The seconds worked from `FIRST` until a day begins, with these hours on each weekday."""
    total = 0.0
    for number, (opens, closes) in enumerate(hours):
        weekdays = tuple(each == number for each in range(7))
        calendar = calendar_of(weekdays, country, FIRST.year, LAST.year)
        total += int(np.busday_count(FIRST, day, busdaycal=calendar)) * (closes - opens)
    return total


def share_of_day(local: dt.datetime, settings: Settings) -> float:
    """Which part of its day's working hours has passed at a wall time; 1 on a day without any."""
    opens, closes = working_hours(settings)[local.weekday()]
    if closes <= opens:
        return 1.0
    passed = (local.hour * 60 + local.minute) * 60 + local.second - opens
    return min(max(passed / (closes - opens), 0.0), 1.0)


def working_days_until(day: dt.date, settings: Settings) -> int | None:
    """How many working days lie before a day, from `FIRST` on; unknown outside."""
    if not FIRST <= day < LAST:
        return None
    mask = working_mask(settings)
    if not any(mask):
        return 0
    calendar = calendar_of(mask, settings.country, FIRST.year, LAST.year)
    return int(np.busday_count(FIRST, day, busdaycal=calendar))
