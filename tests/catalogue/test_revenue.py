"""Revenue booked and earned: one worked example for each KPI, then the edges."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world


def test_revenue_is_the_amount_of_the_wins(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 1000.10
        elm            | ann      | won     | 2026-02-10 | 500.20
        ash            | bob      | won     | 2026-02-28 | -100
        fir            | bob      | lost    | 2026-02-11 | 9000
        yew            | bob      | won     | 2026-03-01 | 700
        box            |          | won     | 2026-02-03 | 50
        ivy            | ann      |         |            | 800
    """)
    # 1,000.10 + 500.20 - 100 + 50: an amount below zero is in sums, a win without owner too
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "revenue", period="2026-02") == pytest.approx(1450.30)
    answer = project.ask("revenue", period="2026-02", by="rep")
    known = by(answer, "rep_id", "revenue")
    assert known["ann"] == pytest.approx(1500.30)
    assert (known["bob"], known["cid"]) == (-100, 0)
    assert sum(known.values()) == pytest.approx(1450.30)


def test_recognised_revenue_profit_and_margin_know_only_known_costs(tmp_path: Path) -> None:
    revenue = drawn("""
        revenue_id | day        | amount | cost
        r1         | 2026-02-01 | 100    | 60
        r2         | 2026-02-14 | 300    | 150
        r3         | 2026-02-28 | 200    |
        r4         | 2026-03-01 | 700    | 10
        r5         | 2026-01-31 | 700    | 10
    """)
    # earned 600; of the 400 with a known cost 40 + 150 were left: 190 / 400
    project = world(tmp_path, revenue=revenue)
    (row,) = project.ask(
        "recognised_revenue", "gross_profit", "gross_margin", period="2026-02"
    ).rows
    assert row["recognised_revenue"] == 600
    assert row["gross_profit"] == 190
    assert row["gross_margin"] == pytest.approx(0.475)
    assert row["gross_margin.numerator"] == 190
    assert row["gross_margin.denominator"] == 400


def test_without_any_cost_profit_and_margin_are_unknown(tmp_path: Path) -> None:
    revenue = drawn("""
        revenue_id | day        | amount | cost
        r1         | 2026-02-01 | 100    |
        r2         | 2026-03-01 | 100    | 40
    """)
    # in February no cost is known; in March 60 of 100
    project = world(tmp_path, revenue=revenue)
    (row,) = project.ask("gross_profit", "gross_margin", period="2026-02").rows
    assert (row["gross_profit"], row["gross_margin"]) == (None, None)
    assert value(project, "gross_margin", period="2026-03") == pytest.approx(0.6)
    # nothing at all in January
    (row,) = project.ask("recognised_revenue", "gross_margin", period="2026-01").rows
    assert (row["recognised_revenue"], row["gross_margin"]) == (0, None)


def test_equal_revenue_rows_without_an_id_all_count(tmp_path: Path) -> None:
    revenue = drawn("""
        day        | amount
        2026-02-01 | 100
        2026-02-01 | 100
        2026-02-01 | 100
    """)
    assert value(world(tmp_path, revenue=revenue), "recognised_revenue", period="2026-02") == 300


def test_revenue_per_rep_divides_by_the_quota_carrying_days(tmp_path: Path) -> None:
    rep_assignment = drawn("""
        rep_id | valid_from | valid_to   | team  | is_quota_carrying
        ann    | 2025-01-01 |            | north | true
        bob    | 2025-01-01 | 2026-02-14 | north | false
        bob    | 2026-02-15 |            | north | true
        cid    | 2025-01-01 |            | south | false
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 1000
        elm            | bob      | won     | 2026-02-10 | 500
        ash            | cid      | won     | 2026-02-20 | 1500
        fir            | ann      | won     | 2026-01-20 | 700
    """)
    # ann carried a quota for 28 of 28 days, bob for 14: 1.5 reps for 3,000
    project = world(tmp_path, opportunity=opportunity, rep_assignment=rep_assignment)
    (row,) = project.ask("revenue_per_rep", period="2026-02").rows
    assert row["revenue_per_rep"] == pytest.approx(2000)
    assert row["revenue_per_rep.numerator"] == 3000
    assert row["revenue_per_rep.denominator"] == pytest.approx(1.5)


def test_reps_carry_their_quota_before_the_first_record(tmp_path: Path) -> None:
    rep_assignment = drawn("""
        rep_id | valid_from | team  | is_quota_carrying
        ann    | 2025-01-01 | north | true
        bob    | 2025-01-01 | north | false
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-15 | 1000
    """)
    # ann carried it on all 28 days, though nothing was recorded before the 15th: one rep
    project = world(tmp_path, opportunity=opportunity, rep_assignment=rep_assignment)
    assert value(project, "revenue_per_rep", period="2026-02") == pytest.approx(1000)


def test_revenue_per_rep_without_flags_takes_the_reps_with_a_quota(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | team  | left_on
        ann    | Ann  | north |
        bob    | Bob  | north | 2026-02-07
        cid    | Cid  | south |
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        rep        | ann      | 2026-01-01 | 2026-12-31 | 9000
        rep        | bob      | 2026-01-01 | 2026-12-31 | 9000
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 1000
        elm            | bob      | won     | 2026-02-03 | 500
        ash            | cid      | won     | 2026-02-20 | 1000
    """)
    # ann 28 days, bob 7 until he left, cid has no quota: 2,500 / 1.25
    project = world(tmp_path, rep=rep, opportunity=opportunity, quota=quota)
    assert value(project, "revenue_per_rep", period="2026-02") == pytest.approx(2000)


def test_revenue_growth_is_the_change_on_the_period_before(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount
        oak            | won     | 2026-01-05 | 600
        elm            | won     | 2026-01-31 | 400
        ash            | won     | 2026-02-02 | 1500
        fir            | won     | 2026-03-02 | 750
        yew            | lost    | 2026-02-05 | 9000
    """)
    # February 1,500 / 1,000 - 1, March 750 / 1,500 - 1; January has nothing before it
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "revenue_growth", period="2026-02") == pytest.approx(0.5)
    assert value(project, "revenue_growth", period="2026-01") is None
    answer = project.ask("revenue_growth", period="2026-Q1", grain="month")
    assert by(answer, "period", "revenue_growth") == {
        dt.date(2026, 1, 1): None,
        dt.date(2026, 2, 1): pytest.approx(0.5),
        dt.date(2026, 3, 1): pytest.approx(-0.5),
    }


def test_growth_of_a_running_month_is_over_as_many_working_days(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount
        oak            | won     | 2026-02-10 | 400
        elm            | won     | 2026-02-11 | 9000
        ash            | won     | 2026-03-10 | 500
    """)
    # by 10 March 7 working days have passed; the first 7 of February end on the 10th: 500 / 400
    project = world(tmp_path, as_of="2026-03-10", opportunity=opportunity)
    assert value(project, "revenue_growth", period="2026-03") == pytest.approx(0.25)


def test_the_amount_of_a_win_is_the_amount_at_its_close(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at            | amount
        oak            | won     | 2026-01-05 | 2026-02-10T12:00:00Z | 900
        elm            | lost    | 2026-01-05 | 2026-02-10T12:00:00Z | 100
    """)
    opportunity_change = drawn("""
        opportunity_id | field  | old_value | new_value | changed_at
        oak            | amount | 100       | 300       | 2026-02-01T12:00:00Z
        oak            | amount | 300       | 900       | 2026-03-01T12:00:00Z
    """)
    # at the close oak was 300: raised before it, and again after it
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    assert value(project, "revenue", period="2026-02") == 300
    assert value(project, "avg_deal_size", period="2026-02") == 300
    assert value(project, "win_rate_value", period="2026-02") == pytest.approx(0.75)
    assert value(project, "pipeline_value", period="2026-01") == 200
    assert value(project, "new_pipeline_value", period="2026-01") == 200
