"""The stretches of time of a question: per label and series, one window.

A label is one period of the answer. The series `now` is the period itself, `before` what it is
compared with; `_previous` after either is the period before that one, for KPIs that grow.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from foresail.core.periods import DAY, Period, months_between, previous
from foresail.warehouse.working_days import WorkingDays

MICROSECOND = dt.timedelta(microseconds=1)
NOW, BEFORE, PREVIOUS = "now", "before", "_previous"
SERIES = (NOW, NOW + PREVIOUS, BEFORE, BEFORE + PREVIOUS)


@dataclass(frozen=True)
class Moment:
    """The as-of instant T, and what the organisation's clock and calendar say of it.

    `as_of_business` is what the business clock shows at T, `as_of_working` the number of working
    days that were over by then.
    """

    as_of: dt.datetime
    zone: zoneinfo.ZoneInfo
    working: WorkingDays
    as_of_business: float | None = None
    as_of_working: int | None = None

    @cached_property
    def today(self) -> dt.date:
        """The local date of T."""
        return self.local(self.as_of).date()

    @cached_property
    def passed_until(self) -> dt.date:
        """The first local day that is not over at T."""
        return self.local(self.as_of + MICROSECOND).date()

    @cached_property
    def settled_on(self) -> dt.date:
        """The first local day of which a moment is still to come.

        It is the day before `today` where clocks are about to be put back past midnight.
        """
        wall_times = (self.local(each) for each in (self.as_of, self.as_of + DAY))
        least = min(each.utcoffset() or dt.timedelta() for each in wall_times)
        return (self.as_of + least).date()

    def local(self, instant: dt.datetime) -> dt.datetime:
        """The wall time of a UTC instant."""
        return instant.replace(tzinfo=dt.UTC).astimezone(self.zone)

    def midnight(self, day: dt.date) -> dt.datetime:
        """The UTC instant at which a local day begins."""
        local = dt.datetime.combine(day, dt.time(), self.zone)
        return local.astimezone(dt.UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Window:
    """One stretch of days, half-open, under its label and series."""

    label: dt.date
    series: str
    start: dt.date
    end: dt.date
    is_all: bool
    moment: Moment

    @cached_property
    def is_known(self) -> bool:
        """Whether it has begun and has any days."""
        return self.start < self.end and self.start <= self.moment.today

    @cached_property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.end <= self.moment.passed_until

    @property
    def is_finished(self) -> bool:
        """Whether it is a period that is over; `all` goes on."""
        return self.is_over and not self.is_all

    @cached_property
    def stands_at(self) -> dt.datetime:
        """E: the earlier of T and the last instant."""
        return min(self.moment.as_of, self.moment.midnight(self.end) - MICROSECOND)

    @cached_property
    def starts_at(self) -> dt.datetime:
        """The first instant."""
        return self.moment.midnight(self.start)

    @cached_property
    def outset_at(self) -> dt.datetime:
        """T while it runs; its first instant once it is over."""
        return self.starts_at if self.is_over else self.stands_at

    @property
    def length(self) -> int:
        """Its days, those to come included."""
        return (self.end - self.start).days

    @cached_property
    def days(self) -> int:
        """Its days up to E."""
        return (min(self.end, self.moment.today + DAY) - self.start).days

    @property
    def months(self) -> float:
        """Its months up to E; a part of a calendar month counts by that month's days."""
        return months_between(self.start, self.start + self.days * DAY)

    @cached_property
    def working_days(self) -> int:
        """Its working days that have passed."""
        return self.moment.working.count(self.start, min(self.end, self.moment.passed_until))

    @property
    def elapsed(self) -> float | None:
        """The share of its working days that have passed; unknown without working days."""
        if self.is_over:
            return 1.0
        whole = self.moment.working.count(self.start, self.end)
        return self.working_days / whole if whole else None


Shift = Callable[[Period], Period]


def windows(
    labels: list[tuple[dt.date, Period]],
    shift: Shift | None,
    with_previous: bool,
    moment: Moment,
) -> Iterator[Window]:
    """Every window that a question needs, for its labels and their periods."""
    for label, period in labels:
        series = [(NOW, period)]
        if shift:
            series.append((BEFORE, shortened(period, shift, moment)))
        for name, each in series:
            yield _window(label, name, each, moment)
            if with_previous:
                before = shortened(each, previous, moment)
                yield _window(label, name + PREVIOUS, before, moment)


def shortened(period: Period, shift: Shift, moment: Moment) -> Period:
    """What a period is compared with, cut to as much of it as has passed of the period.

    A running unit is compared with as many first working days of the other one; a running free
    range with as many days. Nothing is compared while nothing has passed; `all` has no period
    before it.
    """
    other = shift(period)
    if period.is_all:
        return replace(other, end=other.start)
    if period.end <= moment.passed_until or period.start > moment.today:
        return other
    if period.unit is None:
        passed = max(moment.passed_until - period.start, dt.timedelta(0))
        return replace(other, end=other.start + passed, unit=None)
    count = moment.working.count(period.start, moment.passed_until)
    end = moment.working.after(other.start, count) if count else other.start
    return replace(other, end=min(other.end, end), unit=None)


def _window(label: dt.date, series: str, period: Period, moment: Moment) -> Window:
    return Window(label, series, period.start, period.end, period.is_all, moment)
