"""The organisation's time: its days, its working hours, its zone.

The simulation runs on the wall clock: seconds since 1970-01-01 00:00 as the organisation's clocks
show them. Only what is written becomes UTC.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass

import holidays
import numpy as np

from foresail.demo.arrays import DAY, NEVER, Flags, Floats, Ints, Random, choose, ints

EPOCH = dt.date(1970, 1, 1)
RUN_IN = 150
AHEAD = 75
OPENS, CLOSES = 8 * 3600 + 1800, 17 * 3600 + 1800

HOUR_OF_WORK = (0.2, 1.6, 6, 13, 16, 13, 6, 9, 13, 12, 9, 3, 0.6, 0.3, 0.2)
"""Weights of the hours from 6 to 20 in which reps work."""

HOUR_OF_REQUEST = (
    3,
    2,
    1,
    1,
    1,
    2,
    6,
    16,
    40,
    62,
    70,
    66,
    48,
    52,
    62,
    60,
    52,
    40,
    30,
    26,
    24,
    20,
    12,
    6,
)
WEEKDAY_OF_REQUEST = (1.1, 1.2, 1.15, 1.0, 0.8, 0.22, 0.28)
MONTH_OF_REQUEST = (1.0, 1.05, 1.15, 1.0, 0.98, 0.95, 0.78, 0.72, 1.15, 1.18, 1.1, 0.7)

COUNTRIES = {
    "Europe/Berlin": "DE",
    "Europe/Vienna": "AT",
    "Europe/Zurich": "CH",
    "Europe/London": "GB",
    "Europe/Dublin": "IE",
    "Europe/Paris": "FR",
    "Europe/Amsterdam": "NL",
    "Europe/Stockholm": "SE",
    "Europe/Oslo": "NO",
    "Europe/Copenhagen": "DK",
}
"""The zones whose public holidays are kept; elsewhere only weekends are free."""


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def as_date(number: int) -> dt.date:
    """The date that is so many days after 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(number))


def months_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month that lies so many months before the day's.

    >>> months_before(dt.date(2026, 11, 22), 15)
    datetime.date(2025, 8, 1)
    """
    month = day.year * 12 + day.month - 1 - months
    return dt.date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class Clock:
    """The simulated stretch of time.

    It covers whole months and the days of the running one up to `until`. The simulation starts
    `RUN_IN` days earlier, so that the first month finds deals under way, and plans `AHEAD` days.
    """

    start: dt.date
    until: dt.date
    zone: str
    country: str
    first: int
    working: Flags
    offsets: Ints

    @property
    def n_days(self) -> int:
        """How many days are simulated, the planned ones included."""
        return len(self.working)

    @property
    def start_day(self) -> int:
        """The first day of the stretch."""
        return day_number(self.start)

    @property
    def until_day(self) -> int:
        """The last day of the stretch."""
        return day_number(self.until)

    @property
    def horizon(self) -> int:
        """The last second of the last day."""
        return (self.until_day + 1) * DAY - 1

    @property
    def days(self) -> Ints:
        """All simulated days."""
        return self.first + np.arange(self.n_days)

    def utc(self, wall: Ints) -> Ints:
        """The wall clock's seconds as seconds of UTC; never stays never."""
        hours = np.clip(wall // 3600 - self.first * 24, 0, len(self.offsets) - 1)
        return np.where(wall == NEVER, NEVER, wall - self.offsets[hours])

    def snap(self, wall: Ints) -> Ints:
        """The same moment, or the next one in the company's working hours."""
        day, second = wall // DAY, wall % DAY
        day = np.where(second > CLOSES, day + 1, day)
        ahead = self._next_working()[np.clip(day - self.first, 0, self.n_days - 1)] + self.first
        late = (second > CLOSES) | (ahead != day) | (second < OPENS)
        return np.where(late, ahead * DAY + OPENS, wall)

    def _next_working(self) -> Ints:
        index = np.where(self.working, np.arange(self.n_days), self.n_days)
        return np.minimum.accumulate(index[::-1])[::-1]

    def season(self) -> Floats:
        """How many requests each day brings, relative to a usual working day."""
        dates = [as_date(number) for number in self.days]
        growth = 1 + 0.15 * (np.arange(self.n_days) - RUN_IN) / 365
        weight = [WEEKDAY_OF_REQUEST[d.weekday()] * MONTH_OF_REQUEST[d.month - 1] for d in dates]
        holiday = ~self.working & (np.array([d.weekday() for d in dates]) < 5)
        return np.asarray(np.array(weight) * growth * np.where(holiday, 0.3, 1.0))


def months(clock: Clock) -> list[tuple[int, int]]:
    """First and last day of each month of the stretch, the running one included."""
    starts, day = [], clock.start
    while day <= clock.until:
        starts.append(day_number(day))
        day = months_before(day, -1)
    return [
        (start, end - 1) for start, end in zip(starts, [*starts[1:], day_number(day)], strict=True)
    ]


def quarters(clock: Clock) -> list[tuple[int, int]]:
    """First and last day of each quarter that the stretch touches; the first begins with it."""
    first = months_before(clock.start, (clock.start.month - 1) % 3)
    spans = []
    while first <= clock.until:
        after = months_before(first, -3)
        spans.append((max(day_number(first), day_number(clock.start)), day_number(after) - 1))
        first = after
    return spans


def work_seconds(random: Random, n: int) -> Ints:
    """Seconds after midnight at which reps work."""
    return (choose(random, n, HOUR_OF_WORK) + 6) * 3600 + ints(random.random(n) * 3600)


def request_seconds(random: Random, n: int) -> Ints:
    """Seconds after midnight at which prospects write and call."""
    return choose(random, n, HOUR_OF_REQUEST) * 3600 + ints(random.random(n) * 3600)


def make_clock(until: dt.date, months: int, zone: str) -> Clock:
    """The stretch of so many whole months before the month of `until`, and that month."""
    start = months_before(until, months)
    first = day_number(start) - RUN_IN
    n_days = day_number(until) + AHEAD - first + 1
    country = COUNTRIES.get(zone, "")
    dates = [as_date(first + index) for index in range(n_days)]
    free = holidays.country_holidays(country) if country else {}
    working = np.array([day.weekday() < 5 and day not in free for day in dates])
    return Clock(start, until, zone, country, first, working, _offsets(first, n_days, zone))


def _offsets(first: int, n_days: int, zone: str) -> Ints:
    """Seconds that the wall clock is ahead of UTC, by hour of the wall clock."""
    info = zoneinfo.ZoneInfo(zone)
    midnight = dt.datetime.combine(as_date(first), dt.time())
    seconds = []
    for hour in range(n_days * 24):
        offset = (midnight + dt.timedelta(hours=hour)).replace(tzinfo=info).utcoffset()
        seconds.append(int(offset.total_seconds()) if offset else 0)
    return np.array(seconds, dtype=np.int64)
