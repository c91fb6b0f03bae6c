"""How periods are written, and that cutting and shifting them loses no day."""

from __future__ import annotations

import calendar
import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from foresail.core.errors import QuestionError
from foresail.core.periods import (
    CalendarRules,
    Grain,
    Period,
    add_months,
    months_between,
    parse,
    previous,
    split,
    unit,
    year_ago,
)

TUESDAY = dt.date(2026, 3, 31)
EVERYTHING = (dt.date(2025, 2, 3), dt.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("today", "2026-03-31", "2026-04-01"),
        ("yesterday", "2026-03-30", "2026-03-31"),
        ("this-week", "2026-03-30", "2026-04-06"),
        ("last-week", "2026-03-23", "2026-03-30"),
        ("this-month", "2026-03-01", "2026-04-01"),
        ("last-month", "2026-02-01", "2026-03-01"),
        ("this-quarter", "2026-01-01", "2026-04-01"),
        ("last-quarter", "2025-10-01", "2026-01-01"),
        ("this-year", "2026-01-01", "2027-01-01"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("last-7-days", "2026-03-24", "2026-03-31"),
        ("last-1-days", "2026-03-30", "2026-03-31"),
        ("last-2-weeks", "2026-03-16", "2026-03-30"),
        ("last-3-months", "2025-12-01", "2026-03-01"),
        ("last-2-quarters", "2025-07-01", "2026-01-01"),
        ("last-1-years", "2025-01-01", "2026-01-01"),
        ("2017", "2017-01-01", "2018-01-01"),
        ("2017-Q3", "2017-07-01", "2017-10-01"),
        ("2017-09", "2017-09-01", "2017-10-01"),
        ("2017-W36", "2017-09-04", "2017-09-11"),
        ("2020-W53", "2020-12-28", "2021-01-04"),
        ("2017-09-14", "2017-09-14", "2017-09-15"),
        ("2017-03-01..2017-06-30", "2017-03-01", "2017-07-01"),
        ("2017-03-01..2017-03-01", "2017-03-01", "2017-03-02"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("all", "2025-02-03", "2026-04-01"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: str, end: str) -> None:
    found = parse(text, TUESDAY, CalendarRules(), EVERYTHING)

    assert (found.start.isoformat(), found.end.isoformat()) == (first, end)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("this-quarter", "2026-02-01", "2026-05-01"),
        ("last-quarter", "2025-11-01", "2026-02-01"),
        ("this-year", "2026-02-01", "2027-02-01"),
        ("2017", "2017-01-01", "2018-01-01"),
        ("2017-Q3", "2017-07-01", "2017-10-01"),
        ("FY2017", "2016-02-01", "2017-02-01"),
        ("FY2017-Q1", "2016-02-01", "2016-05-01"),
        ("FY2017-Q4", "2016-11-01", "2017-02-01"),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends(
    text: str, first: str, end: str
) -> None:
    found = parse(text, TUESDAY, CalendarRules(fiscal_start=2), EVERYTHING)

    assert (found.start.isoformat(), found.end.isoformat()) == (first, end)


def test_a_fiscal_year_that_begins_in_january_is_the_calendars() -> None:
    found = parse("FY2017-Q3", TUESDAY, CalendarRules(), EVERYTHING)

    assert (found.start, found.end) == (dt.date(2017, 7, 1), dt.date(2017, 10, 1))


def test_a_week_that_begins_on_sunday_shifts_the_iso_week_by_a_day() -> None:
    rules = CalendarRules(week_start=6)

    assert parse("2017-W36", TUESDAY, rules, EVERYTHING).start == dt.date(2017, 9, 3)
    assert parse("this-week", TUESDAY, rules, EVERYTHING).start == dt.date(2026, 3, 29)
    sunday = dt.date(2026, 3, 29)
    assert parse("this-week", sunday, rules, EVERYTHING).start == sunday


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2017-13",
        "2017-02-30",
        "2017-Q5",
        "2017-W54",
        "2019-W53",
        "2017-06-30..2017-03-01",
        "2017-03..2017-06",
        "last-0-days",
        "last-0-weeks",
        "last-99999-years",
        "last--1-days",
        "tomorrow",
        "0000",
        "last-99999999-days",
    ],
)
def test_what_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(QuestionError):
        parse(text, TUESDAY, CalendarRules(), EVERYTHING)


def test_a_misspelt_period_gets_the_nearest_name() -> None:
    with pytest.raises(QuestionError, match=r"last-moth is no period\. Did you mean last-month"):
        parse("last-moth", TUESDAY, CalendarRules(), EVERYTHING)


def test_previous_of_a_unit_is_the_unit_before() -> None:
    march = unit(dt.date(2026, 3, 31), Grain.MONTH, CalendarRules())
    fiscal = unit(dt.date(2026, 3, 31), Grain.QUARTER, CalendarRules(fiscal_start=2))

    assert previous(march).start == dt.date(2026, 2, 1)
    assert previous(march).end == dt.date(2026, 3, 1)
    assert previous(fiscal).start == dt.date(2025, 11, 1)
    assert previous(fiscal).end == dt.date(2026, 2, 1)


def test_previous_of_a_range_has_as_many_days() -> None:
    days = parse("2026-03-06..2026-03-10", TUESDAY, CalendarRules(), EVERYTHING)

    assert (previous(days).start, previous(days).end) == (dt.date(2026, 3, 1), days.start)


def test_year_ago_of_a_leap_february_is_the_whole_february_before() -> None:
    found = year_ago(unit(dt.date(2024, 2, 29), Grain.MONTH, CalendarRules()))

    assert (found.start, found.end) == (dt.date(2023, 2, 1), dt.date(2023, 3, 1))


def test_year_ago_of_a_week_is_52_weeks_before() -> None:
    found = year_ago(unit(dt.date(2026, 3, 4), Grain.WEEK, CalendarRules()))

    assert (found.start, found.end) == (dt.date(2025, 3, 3), dt.date(2025, 3, 10))


DAYS = some.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
RULES = some.builds(CalendarRules, some.integers(0, 6), some.integers(1, 12))
GRAINS = some.sampled_from(Grain)


@given(DAYS, some.integers(1, 900), GRAINS, RULES)
def test_a_period_cut_into_units_keeps_every_day_once(
    start: dt.date, length: int, grain: Grain, rules: CalendarRules
) -> None:
    whole = Period(start, start + dt.timedelta(days=length), "whole")

    parts = split(whole, grain, rules)

    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert all(part.days > 0 for part in parts)


@given(DAYS, GRAINS, RULES)
def test_a_unit_holds_its_day_and_follows_the_one_before(
    day: dt.date, grain: Grain, rules: CalendarRules
) -> None:
    this = unit(day, grain, rules)

    assert this.start <= day < this.end
    assert previous(this).end == this.start
    assert previous(this) == unit(this.start - dt.timedelta(days=1), grain, rules)


@given(DAYS, some.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_months_last(day: dt.date, months: int) -> None:
    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + dt.timedelta(days=1)).day == 1


@given(DAYS, some.integers(0, 900))
def test_months_count_each_calendar_month_by_its_days(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)

    in_turn = sum(
        1 / calendar.monthrange(day.year, day.month)[1]
        for day in (start + dt.timedelta(days=number) for number in range(length))
    )

    assert months_between(start, end) == pytest.approx(in_turn)
    assert months_between(start, add_months(end.replace(day=1), 7)) == pytest.approx(
        7 + months_between(start, end.replace(day=1))
    )
