"""Periods: how they are written, where they begin and end, and what comes before them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from foresail.core.errors import QuestionError, nearest

DAY = dt.timedelta(days=1)


class Grain(Enum):
    """A unit of time that answers can be cut into."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class CalendarRules:
    """When weeks and fiscal years begin: Monday = 0, January = 1."""

    week_start: int = 0
    fiscal_start: int = 1


@dataclass(frozen=True)
class Period:
    """A stretch of days, half-open; `unit` is set when it is a whole unit of the calendar.

    `fiscal_start` is the first month of the year that the unit's quarters and years follow.
    """

    start: dt.date
    end: dt.date
    name: str
    unit: Grain | None = None
    fiscal_start: int = 1
    is_all: bool = False

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or that month's last.

    >>> add_months(dt.date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def months_between(start: dt.date, end: dt.date) -> float:
    """The months from a day to before another; a part of a month counts by that month's days.

    >>> months_between(dt.date(2026, 1, 1), dt.date(2026, 3, 1))
    2.0
    >>> months_between(dt.date(2026, 1, 31), dt.date(2026, 2, 15))
    0.532258064516129
    """
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole + _passed(end) - _passed(start)


def _passed(day: dt.date) -> float:
    """The part of its month that is over as a day begins."""
    return (day.day - 1) / calendar.monthrange(day.year, day.month)[1]


def unit_start(day: dt.date, grain: Grain, rules: CalendarRules) -> dt.date:
    """The first day of the unit in which a day lies; quarters and years are fiscal.

    >>> unit_start(dt.date(2017, 5, 17), Grain.QUARTER, CalendarRules(fiscal_start=2))
    datetime.date(2017, 5, 1)
    """
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return day - DAY * ((day.weekday() - rules.week_start) % 7)
    length = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
    back = (day.month - rules.fiscal_start) % length
    return add_months(day.replace(day=1), -back)


def unit_after(start: dt.date, grain: Grain, count: int = 1) -> dt.date:
    """The first day of the unit that comes `count` units after the one that starts here."""
    if grain is Grain.DAY:
        return start + DAY * count
    if grain is Grain.WEEK:
        return start + 7 * DAY * count
    length = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
    return add_months(start, length * count)


def unit(day: dt.date, grain: Grain, rules: CalendarRules, name: str = "") -> Period:
    """The unit in which a day lies, as a period."""
    start = unit_start(day, grain, rules)
    return Period(
        start, unit_after(start, grain), name or start.isoformat(), grain, rules.fiscal_start
    )


def split(period: Period, grain: Grain, rules: CalendarRules) -> list[Period]:
    """The period cut into units; the first and the last may be cut short by its ends."""
    parts = []
    start = unit_start(period.start, grain, rules)
    while start < period.end:
        end = unit_after(start, grain)
        whole = start >= period.start and end <= period.end
        parts.append(
            Period(
                max(start, period.start),
                min(end, period.end),
                start.isoformat(),
                grain if whole else None,
                rules.fiscal_start,
            )
        )
        start = end
    return parts


def previous(period: Period) -> Period:
    """The unit before a unit; before a free range, as many days directly before."""
    if period.unit:
        start = unit_after(period.start, period.unit, -1)
        return Period(start, period.start, start.isoformat(), period.unit, period.fiscal_start)
    return Period(period.start - DAY * period.days, period.start, "the days before")


def year_ago(period: Period) -> Period:
    """The same unit a year earlier; weeks and single days 52 weeks, so that weekdays match."""
    if period.unit in (Grain.WEEK, Grain.DAY):
        shift = 364 * DAY
        return Period(period.start - shift, period.end - shift, "a year ago", period.unit)
    start, end = add_months(period.start, -12), add_months(period.end, -12)
    return Period(start, end, "a year ago", period.unit, period.fiscal_start)


COMPARISONS: dict[str, Callable[[Period], Period]] = {
    "previous": previous,
    "year-ago": year_ago,
}

HOW = (
    "Write today, yesterday, this-week, last-week, this-month, last-month, this-quarter, "
    "last-quarter, this-year, last-year, last-N-days, last-N-weeks (whole ones; months, quarters "
    "and years alike), 2017, 2017-Q3, FY2017, FY2017-Q3, 2017-09, 2017-W36, 2017-09-14, "
    "2017-03-01..2017-06-30 or all."
)
RELATIVE = (
    "today",
    "yesterday",
    *(f"{which}-{grain.value}" for which in ("this", "last") for grain in Grain),
    "all",
)


def parse(
    text: str, today: dt.date, rules: CalendarRules, everything: tuple[dt.date, dt.date]
) -> Period:
    """The period that a text names.

    `today` is the local date of the as-of instant; `everything` the half-open range of the
    records, which `all` means.

    Errors: `QuestionError` when the text names no period.

    >>> parse("2017-Q3", dt.date(2017, 12, 31), CalendarRules(), (dt.date.min, dt.date.max)).end
    datetime.date(2017, 10, 1)
    """
    name = text.strip()
    try:
        found = _relative(name, today, rules, everything) or _written(name, rules)
    except (ValueError, OverflowError):
        raise QuestionError(f"{text} is no period: there is no such date. {HOW}") from None
    if found is None:
        raise QuestionError(f"{text} is no period.{nearest(name, RELATIVE)} {HOW}")
    return found


def _relative(
    name: str, today: dt.date, rules: CalendarRules, everything: tuple[dt.date, dt.date]
) -> Period | None:
    if name == "all":
        return Period(*everything, name, is_all=True)
    if name == "today":
        return unit(today, Grain.DAY, rules, name)
    if name == "yesterday":
        return unit(today - DAY, Grain.DAY, rules, name)
    if found := re.fullmatch(r"last-(\d+)-(day|week|month|quarter|year)s", name):
        length, grain = int(found[1]), Grain(found[2])
        if not length:
            raise QuestionError(f"{name} is empty. Ask for at least last-1-{grain.value}s.")
        end = unit_start(today, grain, rules)
        return Period(unit_after(end, grain, -length), end, name)
    if found := re.fullmatch(r"(this|last)-(week|month|quarter|year)", name):
        this = unit(today, Grain(found[2]), rules, name)
        if found[1] == "this":
            return this
        return unit(this.start - DAY, Grain(found[2]), rules, name)
    return None


def _written(name: str, rules: CalendarRules) -> Period | None:
    if ".." in name:
        first, last = (dt.date.fromisoformat(part.strip()) for part in name.split("..", 1))
        if last < first:
            raise QuestionError(f"{name} ends before it begins. Write the earlier date first.")
        return Period(first, last + DAY, name)
    if found := re.fullmatch(r"(FY)?(\d{4})(?:-Q([1-4]))?", name):
        return _year_or_quarter(name, bool(found[1]), int(found[2]), found[3], rules)
    if found := re.fullmatch(r"(\d{4})-(\d{2})", name):
        return unit(dt.date(int(found[1]), int(found[2]), 1), Grain.MONTH, rules, name)
    if found := re.fullmatch(r"(\d{4})-W(\d{1,2})", name):
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        shift = (rules.week_start + 3) % 7 - 3
        start = monday + DAY * shift
        return Period(start, start + 7 * DAY, name, Grain.WEEK)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
        return unit(dt.date.fromisoformat(name), Grain.DAY, rules, name)
    return None


def _year_or_quarter(
    name: str, is_fiscal: bool, year: int, quarter: str | None, rules: CalendarRules
) -> Period:
    first_month = rules.fiscal_start if is_fiscal else 1
    start = dt.date(year, first_month, 1)
    if is_fiscal and first_month > 1:
        start = add_months(start, -12)
    if quarter:
        start = add_months(start, 3 * (int(quarter) - 1))
        return Period(start, add_months(start, 3), name, Grain.QUARTER, first_month)
    return Period(start, add_months(start, 12), name, Grain.YEAR, first_month)
