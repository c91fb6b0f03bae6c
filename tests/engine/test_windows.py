"""The lengths of a question's stretches of time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from foresail.core.periods import CalendarRules, parse
from foresail.engine.windows import Moment, windows
from foresail.warehouse import Settings
from foresail.warehouse.working_days import WorkingDays

TUESDAY = dt.date(2026, 3, 31)
EVERYTHING = (dt.date(2025, 2, 3), dt.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("last-month", 1),
        ("2026-Q1", 3),
        ("2025", 12),
        ("2026-03-31", 1 / 31),
        ("2026-W05", 6 / 31 + 1 / 28),
        ("this-year", 3),
        ("2026", 3),
    ],
)
def test_a_periods_months_are_those_up_to_its_end(text: str, months: float) -> None:
    period = parse(text, TUESDAY, CalendarRules(), EVERYTHING)
    moment = Moment(
        dt.datetime(2026, 3, 31, 12), ZoneInfo("UTC"), WorkingDays(Settings(), *EVERYTHING)
    )

    (window,) = windows([(period.start, period)], None, False, moment)

    assert window.months == pytest.approx(months)
