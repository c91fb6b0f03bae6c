"""Pace against the part of the working day that has passed, by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foresail.core.errors import QuestionError
from foresail.project.pace import WorkDay, days_of_month, pace, usual, work_day
from foresail.warehouse import Settings

OFFICE = Settings(zone="Europe/Berlin", country="DE")
"""Monday to Friday from nine to five, German holidays."""


def at(text: str, settings: Settings = OFFICE) -> WorkDay:
    return work_day(dt.datetime.fromisoformat(text), settings)


@pytest.mark.parametrize(
    ("moment", "share"),
    [
        ("2026-11-19T07:00", 0.0),
        ("2026-11-19T09:00", 0.0),
        ("2026-11-19T10:00", 1 / 8),
        ("2026-11-19T13:00", 1 / 2),
        ("2026-11-19T17:00", 1.0),
        ("2026-11-19T21:30", 1.0),
    ],
)
def test_the_working_day_passes_from_nine_to_five(moment: str, share: float) -> None:
    found = at(moment)
    assert (found.day, found.is_now) == (dt.date(2026, 11, 19), True)
    assert found.share == pytest.approx(share)


def test_a_day_off_stands_for_the_last_working_day() -> None:
    sunday = at("2026-11-22T12:00")
    assert sunday == WorkDay(dt.date(2026, 11, 20), 1.0, False, dt.date(2026, 11, 23))
    easter_monday = at("2026-04-06T12:00")
    assert easter_monday == WorkDay(dt.date(2026, 4, 2), 1.0, False, dt.date(2026, 4, 7))


def test_an_organisation_that_never_works_is_told_so() -> None:
    with pytest.raises(QuestionError, match="working_hours"):
        at("2026-11-22T12:00", Settings(working_hours={}))


def test_a_month_has_its_working_days() -> None:
    assert days_of_month(dt.date(2026, 11, 19), OFFICE) == 21
    assert days_of_month(dt.date(2026, 12, 31), OFFICE) == 22


NINE, TEN, EVENING = (at(f"2026-11-19T{each}") for each in ("09:00", "10:00", "17:30"))


@pytest.mark.parametrize(
    ("done", "day", "state"),
    [
        (0, NINE, "on pace"),
        (0, TEN, "behind"),
        (1, TEN, "on pace"),
        (6, TEN, "on pace"),
        (7, TEN, "ahead"),
        (30, TEN, "reached"),
        (29, EVENING, "behind"),
        (30, EVENING, "reached"),
    ],
)
def test_of_thirty_due_in_the_evening_a_tenth_is_no_difference(
    done: int, day: WorkDay, state: str
) -> None:
    # at ten an eighth of the day has passed: 3.75 are expected, and 3 more or fewer are as good
    assert pace(done, 30, None, day, is_away=False).state == state


def test_what_is_usual_binds_nobody() -> None:
    soft = pace(29, None, 30, EVENING, is_away=False)
    assert (soft.is_target, soft.state) == (False, "on pace")
    assert pace(26, None, 30, EVENING, is_away=False).state == "behind"
    assert pace(5, 30, 99, TEN, is_away=False).due == 30


def test_nothing_is_due_from_who_is_away_and_nothing_is_known_without_a_past() -> None:
    assert pace(0, 30, 20, EVENING, is_away=True).state == ""
    unknown = pace(3, None, None, TEN, is_away=False)
    assert (unknown.due, unknown.expected, unknown.state) == (None, None, "")
    assert usual(10, 0, 1) is None
    assert usual(40, 20, 3) == 6


@given(st.integers(0, 99), st.floats(0.1, 99))
def test_nobody_is_behind_before_the_day_begins(done: int, due: float) -> None:
    assert pace(done, due, None, NINE, is_away=False).state in ("on pace", "ahead", "reached")
