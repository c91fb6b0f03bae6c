"""How long it is from one moment to another."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from tests.oracle.calendar import day_of
from tests.oracle.records import Moment, Settings

A_DAY = 86_400


def length(start: Moment, end: Moment, settings: Settings) -> Fraction:
    """Seconds; with a date at either end, calendar days x 86,400. An end before its start: < 0."""
    if start.is_date or end.is_date:
        return Fraction((day_of(end, settings) - day_of(start, settings)).days * A_DAY)
    span = end.at - start.at
    return Fraction(span.days * A_DAY + span.seconds) + Fraction(span.microseconds, 1_000_000)


def age(start: Moment, at: dt.datetime, settings: Settings) -> Fraction:
    """The length from a moment to an instant such as T."""
    return length(start, Moment(at), settings)


def is_by(first: Moment, second: Moment, settings: Settings) -> bool:
    """Whether a moment lies before another or is the same; a date is the same as all of its day."""
    return length(first, second, settings) >= 0
