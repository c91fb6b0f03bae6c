"""Days of the organisation: local dates, working days, units, and the period before."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import holidays

from tests.oracle.records import Moment, Settings

DAY = dt.timedelta(days=1)
MICROSECOND = dt.timedelta(microseconds=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Window:
    """A stretch of days, half-open, as one line of a series; `unit` when a grain has made it."""

    start: dt.date
    end: dt.date
    label: dt.date
    unit: str | None = None
    is_all: bool = False

    def days(self) -> Iterator[dt.date]:
        """Each of its days."""
        for number in range((self.end - self.start).days):
            yield self.start + number * DAY


def local_day(at: dt.datetime, settings: Settings) -> dt.date:
    """The organisation's date at an instant."""
    return at.astimezone(settings.tz).date()


def day_of(moment: Moment, settings: Settings) -> dt.date:
    """The organisation's date of a moment."""
    return local_day(moment.at, settings)


def first_instant(day: dt.date, settings: Settings) -> dt.datetime:
    """The instant at which a day begins."""
    return dt.datetime.combine(day, dt.time(), settings.tz).astimezone(dt.UTC)


def as_of_instant(text: str, settings: Settings) -> dt.datetime:
    """T: a date means the end of that day; a text without zone is in the organisation's."""
    if len(text) == len("2026-01-01"):
        return first_instant(dt.date.fromisoformat(text) + DAY, settings) - MICROSECOND
    written = dt.datetime.fromisoformat(text)
    return (written if written.tzinfo else written.replace(tzinfo=settings.tz)).astimezone(dt.UTC)


@lru_cache
def public_holidays(country: str) -> frozenset[dt.date]:
    """The holidays of a country in the years that worlds live in."""
    if not country:
        return frozenset()
    name, _, region = country.partition("-")
    return frozenset(
        holidays.country_holidays(name, subdiv=region or None, years=range(2024, 2029))
    )


@lru_cache(maxsize=2_000)
def is_working_day(day: dt.date, settings: Settings) -> bool:
    """Whether the organisation works on a day: a weekday with working hours, less holidays."""
    has_hours = any(
        hours and name == WEEKDAYS[day.weekday()] for name, hours in settings.working_hours
    )
    return has_hours and day not in public_holidays(settings.country)


def working_days_since(day: dt.date, at: dt.datetime, settings: Settings) -> int:
    """The whole working days after a day that are over at an instant.

    A day is over at its last instant.
    """
    number = 0
    while first_instant(day + 2 * DAY, settings) - MICROSECOND <= at:
        day += DAY
        number += is_working_day(day, settings)
    return number


def business_seconds(start: dt.datetime, end: dt.datetime, settings: Settings) -> Fraction:
    """How long the business clock runs between two instants."""
    total = dt.timedelta()
    day = local_day(start, settings)
    while day <= local_day(end, settings):
        if is_working_day(day, settings):
            opens, closes = (
                _wall(day, text, settings) for text in _hours(day, settings).split("-")
            )
            total += max(min(end, closes) - max(start, opens), dt.timedelta())
        day += DAY
    return Fraction(total // MICROSECOND, 1_000_000)


def working_seconds(day: dt.date, settings: Settings) -> Fraction:
    """How long the organisation works on a day."""
    after = first_instant(day + DAY, settings)
    return business_seconds(first_instant(day, settings), after - MICROSECOND, settings) + (
        business_seconds(after - MICROSECOND, after, settings)
    )


def months_of(days: Iterable[dt.date]) -> Fraction:
    """How many months some days are, each as a part of its own month."""
    lengths = (calendar.monthrange(day.year, day.month)[1] for day in days)
    return sum((Fraction(1, length) for length in lengths), Fraction(0))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month some months later, or that month's last."""
    first = add_months(day.replace(day=1), months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _hours(day: dt.date, settings: Settings) -> str:
    return dict(settings.working_hours)[WEEKDAYS[day.weekday()]]


def _wall(day: dt.date, text: str, settings: Settings) -> dt.datetime:
    """The instant at which the clock on the wall shows a time; 24:00 is the next day's 00:00."""
    hour, minute = (int(part) for part in text.split(":"))
    later, hour = divmod(hour, 24)
    local = dt.datetime.combine(day + later * DAY, dt.time(hour, minute), settings.tz)
    return local.astimezone(dt.UTC)


def unit_start(day: dt.date, unit: str, settings: Settings) -> dt.date:
    """The first day of the unit that a day lies in; quarters and years are fiscal."""
    if unit == "day":
        return day
    if unit == "week":
        return day - (day.weekday() - WEEKDAYS.index(settings.week_start)) % 7 * DAY
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    into = (day.month - settings.fiscal_year_start) % months if months > 1 else 0
    return add_months(day.replace(day=1), -into)


def unit_end(start: dt.date, unit: str) -> dt.date:
    """The first day after a unit."""
    if unit in ("day", "week"):
        return start + (DAY if unit == "day" else 7 * DAY)
    return add_months(start, {"month": 1, "quarter": 3, "year": 12}[unit])


def add_months(day: dt.date, months: int) -> dt.date:
    """The first day of a month, some months later."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, day.day)


def windows(
    start: dt.date, end: dt.date, grain: str | None, settings: Settings, is_all: bool = False
) -> list[Window]:
    """A period cut into the units of a grain; the first and the last may be cut short."""
    if grain is None:
        return [Window(start, end, start, None, is_all)]
    found = []
    label = unit_start(start, grain, settings)
    while label < end:
        following = unit_end(label, grain)
        whole = label >= start and following <= end
        found.append(
            Window(max(label, start), min(following, end), label, grain if whole else None)
        )
        label = following
    return found
