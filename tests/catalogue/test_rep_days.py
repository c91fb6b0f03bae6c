# a table is drawn as wide as it is
"""Activities per rep day: which days count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn
from tests.world import by, world


def test_activities_per_rep_day_divides_by_the_days_present(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        rep=drawn("""
            rep_id | name | hired_on   | left_on
            ann    | Ann  | 2025-01-01 |
            bob    | Bob  | 2025-01-01 |
            cid    | Cid  | 2026-03-16 |
            eve    | Eve  | 2025-01-01 | 2026-03-06
        """),
        absence=drawn("""
            rep_id | starts_on  | ends_on    | kind
            bob    | 2026-03-07 | 2026-03-13 | vacation
            bob    | 2026-03-13 | 2026-03-13 | sick
        """),
        activity=drawn("""
            activity_id | kind  | direction | rep_id | occurred_at
            c1          | call  | outbound  | ann    | 2026-03-02T09:00
            e1          | email | outbound  | ann    | 2026-03-02T10:00
            c2          | call  | outbound  | bob    | 2026-03-03T09:00
            c3          | call  | outbound  | cid    | 2026-03-17T09:00
            c4          | call  | outbound  | cid    | 2026-03-18T09:00
            c5          | call  | outbound  | eve    | 2026-03-02T09:00
        """),
    )

    answer = project.ask("activities_per_rep_day", by="rep", period="2026-03", totals=True)

    # March 2026 has 22 working days: Ann all, Bob less the week of the 9th (13 March once),
    # Cid from Monday 16th, Eve up to and with Friday 6th.
    assert by(answer, "rep", "activities_per_rep_day.denominator") == {
        "Ann": 22,
        "Bob": 17,
        "Cid": 12,
        "Eve": 5,
    }
    assert by(answer, "rep", "activities_per_rep_day") == {
        "Ann": pytest.approx(2 / 22),
        "Bob": pytest.approx(1 / 17),
        "Cid": pytest.approx(2 / 12),
        "Eve": pytest.approx(1 / 5),
    }
    # Sum over sum, not the mean of four ratios: 6 activities in 56 rep-days.
    assert answer.totals is not None
    assert answer.totals["activities_per_rep_day"] == pytest.approx(6 / 56)


def test_calls_per_rep_day_leaves_out_public_holidays(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        as_of="2026-04-30",
        settings='country = "DE"',
        rep=drawn("""
            rep_id | name | hired_on
            ann    | Ann  | 2025-01-01
        """),
        activity=drawn("""
            activity_id | kind  | direction | rep_id | occurred_at      | outcome
            c0          | call  | outbound  | ann    | 2026-03-31T09:00 |
            c1          | call  | outbound  | ann    | 2026-04-01T09:00 |
            c2          | call  | outbound  | ann    | 2026-04-02T09:00 |
            c3          | call  | outbound  | ann    | 2026-04-06T09:00 |
            c4          | call  | outbound  | ann    | 2026-04-07T09:00 | abandoned
            e1          | email | outbound  | ann    | 2026-04-07T09:00 |
        """),
    )

    row = project.ask("calls_per_rep_day", period="2026-04").rows[0]

    # April 2026 has 22 weekdays; Good Friday (3rd) and Easter Monday (6th) are holidays. The call
    # on Easter Monday was made all the same.
    assert row["calls_per_rep_day.denominator"] == 20
    assert row["calls_per_rep_day.numerator"] == 3
    assert row["calls_per_rep_day"] == pytest.approx(0.15)


def test_rep_days_of_a_running_month_end_with_the_as_of_day(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        as_of="2026-03-13",
        rep=drawn("""
            rep_id | name | hired_on
            ann    | Ann  | 2025-01-01
        """),
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at
            c1          | call | outbound  | ann    | 2026-03-02T09:00
            c2          | call | outbound  | ann    | 2026-03-12T09:00
            c3          | call | outbound  | ann    | 2026-03-16T09:00
        """),
    )

    row = project.ask("calls_per_rep_day", period="2026-03").rows[0]

    # Two calls so far, in the ten working days from 2 to 13 March.
    assert row["calls_per_rep_day.numerator"] == 2
    assert row["calls_per_rep_day.denominator"] == 10


def test_rep_days_count_before_the_first_record_too(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        rep=drawn("""
            rep_id | name | hired_on
            ann    | Ann  | 2025-01-01
        """),
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at
            c1          | call | outbound  | ann    | 2026-03-18T09:00
            c2          | call | outbound  | ann    | 2026-03-19T09:00
        """),
    )

    row = project.ask("calls_per_rep_day", period="2026-03").rows[0]

    # Ann was there on all 22 working days of March, though she first called on the 18th.
    assert row["calls_per_rep_day.denominator"] == 22
