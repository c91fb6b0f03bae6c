"""When something happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tests.oracle.records.settings import Settings


@dataclass(frozen=True, order=True)
class Moment:
    """An instant; a date without time stands at its local midnight and says so."""

    at: dt.datetime
    is_date: bool = field(default=False, compare=False)


def moment(text: str, settings: Settings) -> Moment:
    """The instant that a text names; a date is that day's first instant."""
    if len(text) == len("2026-01-01"):
        day = dt.date.fromisoformat(text)
        return Moment(dt.datetime.combine(day, dt.time(), settings.tz).astimezone(dt.UTC), True)
    return Moment(dt.datetime.fromisoformat(text).astimezone(dt.UTC))
