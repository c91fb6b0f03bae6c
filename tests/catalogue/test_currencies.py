"""Amounts in other currencies: at the rate of their day, and unknown without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

RATES = drawn("""
    currency | day        | rate
    USD      | 2026-01-10 | 0.90
    USD      | 2026-02-10 | 0.80
    USD      | 2026-03-10 | 0.50
""")


def test_a_win_counts_at_the_rate_of_its_closing_date(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount | currency
        oak            | ann      | won     | 2026-02-09 | 1000   | USD
        elm            | ann      | won     | 2026-02-10 | 1000   | USD
        ash            | bob      | won     | 2026-02-20 | 500    | USD
        fir            | bob      | won     | 2026-02-20 | 300    | EUR
        yew            | cid      | won     | 2026-02-20 | 100    |
    """)
    # the last rate on or before the day: 900 + 800 + 400 + 300 + 100; no currency is the own one
    project = world(tmp_path, opportunity=opportunity, exchange_rate=RATES)
    assert value(project, "revenue", period="2026-02") == pytest.approx(2500)
    answer = project.ask("revenue", period="2026-02", by="rep")
    assert by(answer, "rep", "revenue") == {"Ann": 1700, "Bob": 700, "Cid": 100}
    # sizes 900, 800, 400, 300, 100
    assert value(project, "avg_deal_size", period="2026-02") == pytest.approx(500)
    assert value(project, "median_deal_size", period="2026-02") == pytest.approx(400)


def test_the_rate_of_the_close_stands_whenever_one_asks(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount | currency
        oak            | won     | 2026-01-15 | 2026-02-20 | 1000   | USD
    """)
    project = world(tmp_path, opportunity=opportunity, exchange_rate=RATES)
    assert value(project, "revenue", period="2026-02", as_of="2026-02-28") == pytest.approx(800)
    assert value(project, "revenue", period="2026-02", as_of="2026-03-31") == pytest.approx(800)


def test_open_deals_count_at_the_rate_of_the_end_of_the_period(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at | amount | currency | probability
        oak            | 2026-01-15 | 1000   | USD      | 0.5
    """)
    project = world(tmp_path, opportunity=opportunity, exchange_rate=RATES)
    assert value(project, "pipeline_value", period="2026-01") == pytest.approx(900)
    assert value(project, "pipeline_value", period="2026-02") == pytest.approx(800)
    assert value(project, "pipeline_value", period="2026-03") == pytest.approx(500)
    # seen on 5 February, the month's end is still to come: the rate of 10 January stands
    assert value(project, "pipeline_value", period="2026-02", as_of="2026-02-05") == 900
    assert value(project, "weighted_pipeline", period="2026-02") == pytest.approx(400)


def test_an_amount_without_a_rate_is_unknown_never_one_to_one(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | amount | currency
        oak            | ann      | won     | 2026-01-05 | 2026-02-20 | 1000   | CHF
        elm            | bob      | won     | 2026-01-05 | 2026-02-20 | 300    | EUR
        ash            | cid      | won     | 2026-01-05 | 2026-01-09 | 500    | USD
        fir            | ann      |         | 2026-01-05 |            | 700    | CHF
    """)
    # there is no rate of CHF, and none of USD before 10 January
    project = world(tmp_path, opportunity=opportunity, exchange_rate=RATES)
    answer = project.ask("revenue", period="2026-02", by="rep")
    assert by(answer, "rep", "revenue") == {"Ann": None, "Bob": 300, "Cid": 0}
    assert value(project, "revenue", period="2026-01") is None
    assert value(project, "avg_deal_size", period="2026-01") is None
    assert value(project, "pipeline_value", period="2026-02") is None
    assert value(project, "weighted_pipeline", period="2026-02") is None


def test_a_sum_with_some_unknown_is_the_sum_of_the_known_and_says_how_many(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount | currency
        oak            | won     | 2026-02-20 | 1000   | CHF
        elm            | won     | 2026-02-20 | 300    | EUR
        ash            | won     | 2026-02-20 |        | EUR
        fir            | won     | 2026-02-20 | 1000   | USD
    """)
    # 300 + 800; oak has no rate and ash no amount
    project = world(tmp_path, opportunity=opportunity, exchange_rate=RATES)
    answer = project.ask("revenue", period="2026-02")
    assert answer.rows[0]["revenue"] == pytest.approx(1100)
    assert "Bookings without a known value or exchange rate, which add nothing: 2." in answer.notes


def test_a_win_rate_by_value_leaves_out_amounts_without_a_rate(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount | currency
        oak            | won     | 2026-02-20 | 1000   | USD
        elm            | lost    | 2026-02-20 | 200    | EUR
        ash            | lost    | 2026-02-20 | 9000   | CHF
    """)
    # 800 of 1,000; the rate of CHF is not known
    project = world(tmp_path, opportunity=opportunity, exchange_rate=RATES)
    assert value(project, "win_rate_value", period="2026-02") == pytest.approx(0.8)


def test_recognised_revenue_counts_at_the_rate_of_its_day(tmp_path: Path) -> None:
    revenue = drawn("""
        revenue_id | day        | amount | cost | currency
        r1         | 2026-02-09 | 100    | 50   | USD
        r2         | 2026-02-10 | 100    | 50   | USD
        r3         | 2026-02-10 | 100    | 50   | CHF
    """)
    # 90 + 80, of which 45 and 40 were cost
    project = world(tmp_path, revenue=revenue, exchange_rate=RATES)
    assert value(project, "recognised_revenue", period="2026-02") == pytest.approx(170)
    assert value(project, "gross_profit", period="2026-02") == pytest.approx(85)


def test_a_quota_counts_at_the_rate_of_its_first_day(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-20 | 450
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount | currency
        rep        | ann      | 2026-02-01 | 2026-02-28 | 1000   | USD
    """)
    # on 1 February a dollar was 0.90: 450 of 900
    project = world(tmp_path, opportunity=opportunity, quota=quota, exchange_rate=RATES)
    assert value(project, "quota_attainment", period="2026-02") == pytest.approx(0.5)
