"""Quotas of teams and of the company, and targets of any KPI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

OPPORTUNITIES = drawn("""
    opportunity_id | owner_id | outcome | created_at | closed_at  | amount
    oak            | ann      | won     | 2026-02-01 | 2026-02-02 | 600
    elm            | bob      | won     | 2026-02-01 | 2026-02-03 | 900
    ash            | cid      | won     | 2026-02-01 | 2026-02-10 | 250
    fir            | cid      | lost    | 2026-02-01 | 2026-02-10 | 100
""")


def test_each_level_uses_its_own_rows_else_the_sum_of_the_level_below(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        team       | north    | 2026-02-01 | 2026-02-28 | 3000
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
        rep        | bob      | 2026-02-01 | 2026-02-28 | 1000
        rep        | cid      | 2026-02-01 | 2026-02-28 | 500
    """)
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    reps = project.ask("quota_attainment", period="2026-02", by="rep")
    assert by(reps, "rep", "quota_attainment.denominator") == {"Ann": 1000, "Bob": 1000, "Cid": 500}
    # the north has a quota of its own, the south that of its rep
    teams = project.ask("quota_attainment", period="2026-02", by="team")
    assert by(teams, "team", "quota_attainment.denominator") == {"north": 3000, "south": 500}
    assert by(teams, "team", "quota_attainment") == {"north": 0.5, "south": 0.5}
    # the company has none: 3,000 + 500, for 1,750
    (row,) = project.ask("quota_attainment", period="2026-02").rows
    assert row["quota_attainment.denominator"] == pytest.approx(3500)
    assert row["quota_attainment"] == pytest.approx(0.5)


def test_the_company_quota_is_never_added_to_those_below(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        company    | acme     | 2026-02-01 | 2026-02-28 | 5000
        team       | north    | 2026-02-01 | 2026-02-28 | 3000
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
        rep        | bob      | 2026-02-01 | 2026-02-28 | 1000
        rep        | cid      | 2026-02-01 | 2026-02-28 | 1000
    """)
    # 600 + 900 + 250 of 5,000; the north 1,500 of 3,000
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.35)
    teams = project.ask("quota_attainment", period="2026-02", by="team")
    assert by(teams, "team", "quota_attainment") == {"north": 0.5, "south": 0.25}


def test_a_quota_of_the_company_alone_is_carried_by_all(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        company    | acme     | 2026-02-01 | 2026-02-28 | 3500
    """)
    # 600 + 900 + 250 of 3,500; no single rep has one
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.5)
    reps = project.ask("quota_attainment", period="2026-02", by="rep")
    assert by(reps, "rep", "quota_attainment") == {"Ann": None, "Bob": None, "Cid": None}
    assert value(project, "reps_at_quota", period="2026-02") is None


def test_a_target_of_a_count_travels_with_its_answer(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | kpi       | starts_on  | ends_on    | amount
        rep        | ann      | deals_won | 2026-02-01 | 2026-02-28 | 20
        rep        | bob      | deals_won | 2026-02-01 | 2026-02-28 | 10
    """)
    # by 10 February 7 of 20 working days are over: ann 1 of 7, bob 1 of 3.5; cid has no target
    project = world(tmp_path, as_of="2026-02-10", opportunity=OPPORTUNITIES, quota=quota)
    answer = project.ask("deals_won", period="2026-02", by="rep")
    assert by(answer, "rep", "deals_won.target") == {"Ann": 20, "Bob": 10, "Cid": None}
    paces = by(answer, "rep", "deals_won.pace")
    assert paces["Ann"] == pytest.approx(1 / 7)
    assert paces["Bob"] == pytest.approx(1 / 3.5)
    assert paces["Cid"] is None
    # the company 3 of 30 x 0.35
    (row,) = project.ask("deals_won", period="2026-02").rows
    assert row["deals_won.target"] == pytest.approx(30)
    assert row["deals_won.pace"] == pytest.approx(3 / 10.5)


def test_a_target_of_a_count_is_shared_out_by_days(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | kpi       | starts_on  | ends_on    | amount
        company    | acme     | deals_won | 2026-01-01 | 2026-03-31 | 90
    """)
    # 28 of the 90 days
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    (row,) = project.ask("deals_won", period="2026-02").rows
    assert row["deals_won.target"] == pytest.approx(28)
    assert row["deals_won.pace"] == pytest.approx(3 / 28)


def test_a_target_of_a_rate_is_a_level(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | kpi      | starts_on  | ends_on    | amount
        company    | acme     | win_rate | 2026-01-01 | 2026-03-31 | 0.5
    """)
    # won 3 of 4; a rate of 0.5 is asked for in February as in the quarter
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    (row,) = project.ask("win_rate", period="2026-02").rows
    assert row["win_rate"] == pytest.approx(0.75)
    assert row["win_rate.target"] == pytest.approx(0.5)
    (row,) = project.ask("win_rate", period="2026-Q1").rows
    assert row["win_rate.target"] == pytest.approx(0.5)


def test_a_quota_of_revenue_is_the_target_of_revenue(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        company    | acme     | 2026-02-01 | 2026-02-28 | 3500
    """)
    # 1,750 of 3,500
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    (row,) = project.ask("revenue", period="2026-02").rows
    assert row["revenue.target"] == pytest.approx(3500)
    assert row["revenue.pace"] == pytest.approx(0.5)


def test_a_target_of_another_kpi_is_no_quota(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | kpi            | starts_on  | ends_on    | amount
        rep        | ann      | outbound_calls | 2026-02-01 | 2026-02-28 | 400
        rep        | bob      | revenue        | 2026-02-01 | 2026-02-28 | 1000
    """)
    # only bob carries a quota: 900 of 1,000
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.9)
    answer = project.ask("deals_won", period="2026-02")
    assert "deals_won.target" not in answer.rows[0]


def test_a_rep_with_a_quota_for_a_part_of_the_period_counts_whole(tmp_path: Path) -> None:
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-02-15 | 2026-02-28 | 1200
    """)
    # ann carries a quota in February, so her 600 of the 2nd count: 600 of 1,200
    project = world(tmp_path, opportunity=OPPORTUNITIES, quota=quota)
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.5)
