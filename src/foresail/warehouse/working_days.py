"""The organisation's working days: its weekdays less public holidays."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np

from foresail.warehouse.settings import Settings


@lru_cache(maxsize=8)
def public_holidays(country: str, first_year: int, last_year: int) -> tuple[dt.date, ...]:
    """The public holidays of a country (`DE`) or region (`DE-BY`), both years included."""
    if not country:
        return ()
    import holidays

    name, _, region = country.partition("-")
    years = range(first_year, last_year + 1)
    return tuple(sorted(holidays.country_holidays(name, subdiv=region or None, years=years)))


@lru_cache(maxsize=64)
def calendar_of(
    weekdays: tuple[bool, ...], country: str, first_year: int, last_year: int
) -> np.busdaycalendar:
    """The days that are of the given weekdays, Monday first, and no public holidays."""
    holidays = list(public_holidays(country, first_year, last_year))
    return np.busdaycalendar(weekmask=list(weekdays), holidays=holidays)


def working_mask(settings: Settings) -> tuple[bool, ...]:
    """Whether each weekday is worked, Monday first."""
    worked = settings.working_weekdays
    return tuple(number in worked for number in range(7))


class WorkingDays:
    """Counts working days; `first` and `last` bound the years whose holidays are known."""

    def __init__(self, settings: Settings, first: dt.date, last: dt.date):
        mask = working_mask(settings)
        self._never = not any(mask)
        if not self._never:
            self._calendar = calendar_of(mask, settings.country, first.year - 1, last.year + 1)

    def count(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie in [start, end)."""
        if self._never or end <= start:
            return 0
        return int(np.busday_count(start, end, busdaycal=self._calendar))

    def after(self, start: dt.date, count: int) -> dt.date:
        """The day after the `count`-th working day from `start` on."""
        found = np.busday_offset(start, count - 1, roll="forward", busdaycal=self._calendar)
        day: dt.date = found.astype(dt.date)
        return day + dt.timedelta(days=1)
