"""Quotas: what they ask for, day by day, and how much of it was sold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world


def test_quota_attainment_is_what_was_sold_of_the_quota(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 600
        elm            | ann      | won     | 2026-02-20 | 900
        ash            | bob      | won     | 2026-02-28 | 250
        fir            | bob      | won     | 2026-03-01 | 400
        yew            | bob      | lost    | 2026-02-11 | 900
    """)
    quota = drawn("""
        owner_kind | owner_id | kpi     | starts_on  | ends_on    | amount
        rep        | ann      | revenue | 2026-02-01 | 2026-02-28 | 1000
        rep        | bob      |         | 2026-02-01 | 2026-02-28 | 1000
    """)
    # ann 1,500 of 1,000, bob 250 of 1,000; an empty KPI is revenue; the team 1,750 of 2,000
    project = world(tmp_path, opportunity=opportunity, quota=quota)
    (row,) = project.ask("quota_attainment", period="2026-02").rows
    assert row["quota_attainment"] == pytest.approx(0.875)
    assert row["quota_attainment.numerator"] == 1750
    assert row["quota_attainment.denominator"] == pytest.approx(2000)
    assert "quota_attainment.low" not in row
    answer = project.ask("quota_attainment", period="2026-02", by="rep")
    assert by(answer, "rep", "quota_attainment") == {"Ann": 1.5, "Bob": 0.25, "Cid": None}


def test_a_quota_counts_by_days_of_overlap(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 1400
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-01-01 | 2026-03-31 | 9000
    """)
    # 90 days; February has 28 of them: 2,800; 1 to 10 March 1,000
    project = world(tmp_path, opportunity=opportunity, quota=quota)
    (row,) = project.ask("quota_attainment", period="2026-02").rows
    assert row["quota_attainment.denominator"] == pytest.approx(2800)
    assert row["quota_attainment"] == pytest.approx(0.5)
    (row,) = project.ask("quota_attainment", period="2026-03-01..2026-03-10").rows
    assert row["quota_attainment.denominator"] == pytest.approx(1000)
    assert row["quota_attainment"] == 0
    # no quota in the year before
    assert value(project, "quota_attainment", period="2025-12") is None


def test_the_whole_quota_of_a_running_period_counts(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 500
        elm            | ann      | won     | 2026-02-25 | 500
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
    """)
    # on 10 February 500 of 1,000
    project = world(tmp_path, as_of="2026-02-10", opportunity=opportunity, quota=quota)
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.5)


def test_a_quota_changed_in_mid_period_counts_piece_by_piece(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 2100
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-01-01 | 2026-02-14 | 4500
        rep        | ann      | 2026-02-15 | 2026-03-31 | 9000
    """)
    # 45 days at 100 and 45 at 200: February 14 x 100 + 14 x 200 = 4,200
    project = world(tmp_path, opportunity=opportunity, quota=quota)
    (row,) = project.ask("quota_attainment", period="2026-02").rows
    assert row["quota_attainment.denominator"] == pytest.approx(4200)
    assert row["quota_attainment"] == pytest.approx(0.5)


def test_the_quota_of_a_leaver_stops_at_the_last_day(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | team  | left_on
        ann    | Ann  | north |
        bob    | Bob  | north | 2026-02-14
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | bob      | won     | 2026-02-02 | 700
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | bob      | 2026-02-01 | 2026-02-28 | 2800
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1400
    """)
    # bob's 14 days ask for 1,400; the last day counts
    project = world(tmp_path, rep=rep, opportunity=opportunity, quota=quota)
    answer = project.ask("quota_attainment", period="2026-02", by="rep")
    assert by(answer, "rep", "quota_attainment.denominator") == {"Ann": 1400, "Bob": 1400}
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.25)


def test_bookings_without_quota_are_in_the_note(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 500
        elm            | bob      | won     | 2026-02-03 | 700
        ash            |          | won     | 2026-02-04 | 30
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
        rep        | bob      | 2026-03-01 | 2026-03-31 | 1000
    """)
    # ann 500 of 1,000; bob carries none in February, ash has no rep: 730
    project = world(tmp_path, opportunity=opportunity, quota=quota)
    answer = project.ask("quota_attainment", period="2026-02")
    assert answer.rows[0]["quota_attainment"] == pytest.approx(0.5)
    assert any("730.00 EUR" in note for note in answer.notes)
    assert value(project, "revenue", period="2026-02") == 1230


def test_quota_pace_asks_for_the_working_days_that_are_over(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 350
        elm            | ann      | won     | 2026-02-10 | 350
        ash            | ann      | won     | 2026-02-16 | 900
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
    """)
    project = world(tmp_path, opportunity=opportunity, quota=quota)
    # by the end of 10 February 7 of 20 working days are over: 700 / 350
    assert value(project, "quota_pace", period="2026-02", as_of="2026-02-10") == pytest.approx(2)
    # the weekend adds none: on Friday 13 as on Sunday 15 ten are over: 700 / 500
    assert value(project, "quota_pace", period="2026-02", as_of="2026-02-13") == pytest.approx(1.4)
    assert value(project, "quota_pace", period="2026-02", as_of="2026-02-15") == pytest.approx(1.4)
    # on Monday at nine that day is not over
    monday = value(project, "quota_pace", period="2026-02", as_of="2026-02-16T09:00")
    assert monday == pytest.approx(3.2)
    # nothing is due on the first Monday morning
    assert value(project, "quota_pace", period="2026-02", as_of="2026-02-02T09:00") is None
    # a finished period asks for the whole: 1,600 / 1,000
    assert value(project, "quota_pace", period="2026-02") == pytest.approx(1.6)


def test_holidays_are_no_working_days_of_the_pace(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-01-12 | 1000
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-01-01 | 2026-01-31 | 2100
    """)
    # January has 22 weekdays; New Year is none: by the 15th 10 of 21: 1,000 / 1,000
    project = world(tmp_path, settings='country = "DE"', opportunity=opportunity, quota=quota)
    assert value(project, "quota_pace", period="2026-01", as_of="2026-01-15") == pytest.approx(1)


def test_reps_at_quota_takes_the_carriers_of_the_whole_period(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | team  | left_on
        ann    | Ann  | north |
        bob    | Bob  | north |
        cid    | Cid  | south |
        eve    | Eve  | south | 2026-02-20
        fay    | Fay  | south |
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 1000
        elm            | bob      | won     | 2026-02-03 | 999
        ash            | cid      | won     | 2026-02-16 | 5000
        fir            | eve      | won     | 2026-02-16 | 5000
        yew            | fay      | won     | 2026-02-16 | 5000
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-01-01 | 2026-01-31 | 900
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
        rep        | bob      | 2026-02-01 | 2026-02-28 | 1000
        rep        | cid      | 2026-02-15 | 2026-02-28 | 1000
        rep        | eve      | 2026-02-01 | 2026-02-28 | 1000
    """)
    # ann reached it, bob missed by 1; cid began in mid month, eve left, fay has none: 1 of 2
    project = world(tmp_path, rep=rep, opportunity=opportunity, quota=quota)
    (row,) = project.ask("reps_at_quota", period="2026-02").rows
    assert (row["reps_at_quota.numerator"], row["reps_at_quota.denominator"]) == (1, 2)
    assert row["reps_at_quota"] == pytest.approx(0.5)
    assert row["reps_at_quota.low"] == pytest.approx(0.0945, abs=1e-4)
    assert value(project, "reps_at_quota", period="2025-12") is None
