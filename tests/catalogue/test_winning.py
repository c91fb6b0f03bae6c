"""The KPIs of the theme Winning, one worked example each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import world

DAY = 86_400


def test_deals_won_counts_the_wins_closed_in_the_period(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-01T00:00:00Z
        elm            | won     | 2026-02-10T09:00:00Z
        ash            | won     | 2026-02-28T23:59:59Z
        fir            | won     | 2026-03-01T00:00:00Z
        yew            | lost    | 2026-02-12T09:00:00Z
        box            |         |
    """)
    # oak, elm and ash: the month is half-open, so fir's first instant of March is March's
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "deals_won", period="2026-02") == 3


def test_deals_lost_leaves_out_duplicates_and_tests(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | lost_reason
        oak            | lost    | 2026-02-02 | price
        elm            | lost    | 2026-02-03 |
        ash            | lost    | 2026-02-04 | duplicate
        fir            | lost    | 2026-02-05 | test
        yew            | lost    | 2026-01-31 | price
        box            | won     | 2026-02-06 |
    """)
    # oak and elm; yew was lost in January
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "deals_lost", period="2026-02") == 2


def test_win_rate_ignores_open_deals(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | lost_reason
        oak            | ann      | won     | 2026-02-02 |
        elm            | ann      | lost    | 2026-02-03 | price
        ash            | bob      | won     | 2026-02-04 |
        fir            | bob      | lost    | 2026-02-05 | timing
        yew            | bob      | lost    | 2026-02-06 |
        box            | ann      |         |            |
        ivy            | ann      | lost    | 2026-02-07 | duplicate
        bay            | ann      | won     | 2026-03-02 |
    """)
    # oak and ash of the five decided: the open box, the duplicate ivy and March's bay are no part
    # Wilson, 2 of 5: (0.4 + 0.38415 -+ 1.95996 x sqrt(0.048 + 0.03841)) / 1.76829
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("win_rate", period="2026-02").rows
    assert row["win_rate"] == pytest.approx(0.4)
    assert (row["win_rate.numerator"], row["win_rate.denominator"]) == (2, 5)
    assert row["win_rate.low"] == pytest.approx(0.11762, abs=1e-5)
    assert row["win_rate.high"] == pytest.approx(0.76928, abs=1e-5)


def test_win_rate_cohort_follows_the_deals_opened_in_the_period(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-02-02 | 2026-02-20
        elm            | won     | 2026-02-03 | 2026-03-15
        ash            | lost    | 2026-02-04 | 2026-03-16
        fir            |         | 2026-02-05 |
        yew            | won     | 2026-02-06 | 2026-04-02
        box            | won     | 2026-01-31 | 2026-02-10
    """)
    # oak and elm of the five opened in February; on 31 March yew was not won yet
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("win_rate_cohort", period="2026-02").rows
    assert row["win_rate_cohort"] == pytest.approx(0.4)
    assert row["win_rate_cohort.numerator"] == 2
    assert row["win_rate_cohort.denominator"] == 5


def test_avg_deal_size_is_the_mean_of_the_known_amounts_won(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount
        oak            | won     | 2026-02-02 | 100
        elm            | won     | 2026-02-03 | 200
        ash            | won     | 2026-02-04 | 900
        fir            | won     | 2026-02-05 |
        yew            | lost    | 2026-02-06 | 5000
        box            |         |            | 7000
    """)
    # (100 + 200 + 900) / 3; fir's amount is not known
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("avg_deal_size", period="2026-02").rows
    assert row["avg_deal_size"] == 400
    assert row["avg_deal_size.n"] == 3


def test_median_deal_size_is_the_middle_amount_won(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount
        oak            | won     | 2026-02-02 | 100
        elm            | won     | 2026-02-03 | 200
        ash            | won     | 2026-02-04 | 900
        fir            | won     | 2026-02-05 | 300
        yew            | lost    | 2026-02-06 | 5000
    """)
    # 100, 200, 300, 900: half-way between 200 and 300
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("median_deal_size", period="2026-02").rows
    assert row["median_deal_size"] == 250
    assert row["median_deal_size.n"] == 4


def test_sales_cycle_is_the_middle_time_to_a_win(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-02-01 | 2026-02-11
        elm            | won     | 2026-02-01 | 2026-02-21
        ash            | won     | 2026-01-01 | 2026-02-10
        fir            | lost    | 2026-01-01 | 2026-02-02
        yew            |         | 2025-01-01 |
    """)
    # days of the wins: 10, 20, 40; the middle 20, the mean 70/3, p90 = 20 + 0.8 x 20 = 36
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("sales_cycle", "mean_sales_cycle", period="2026-02").rows
    assert row["sales_cycle"] == 20 * DAY
    assert row["sales_cycle.n"] == 3
    assert row["mean_sales_cycle"] == pytest.approx(70 / 3 * DAY)
    assert row["mean_sales_cycle.n"] == 3


def test_sales_cycle_carries_its_p90(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-02-01 | 2026-02-11
        elm            | won     | 2026-02-01 | 2026-02-21
        ash            | won     | 2026-01-01 | 2026-02-10
    """)
    # 10, 20 and 40 days: at 90 % of the way, 20 + 0.8 x 20
    (row,) = world(tmp_path, opportunity=opportunity).ask("sales_cycle", period="2026-02").rows
    assert row["sales_cycle.p90"] == pytest.approx(36 * DAY)


def test_sales_velocity_is_its_four_parts(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-02-01 | 2026-02-11 | 1000
        elm            | won     | 2026-02-01 | 2026-02-21 | 3000
        ash            | lost    | 2026-02-02 | 2026-02-20 | 500
        fir            | lost    | 2026-02-02 | 2026-02-20 | 500
        yew            |         | 2026-02-03 |            | 800
        box            |         | 2026-02-04 |            | 800
        ivy            | won     | 2026-02-05 | 2026-03-09 | 9000
        bay            |         | 2026-03-05 |            | 800
    """)
    # open at the end of February: yew, box, ivy = 3; won 2 of 4; mean 2,000; cycle 15 days
    # 3 x 0.5 x 2,000 / 15 = 200 a day
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("sales_velocity", period="2026-02").rows
    assert row["sales_velocity"] == pytest.approx(200)
    assert row["sales_velocity.open_deals"] == 3
    assert row["sales_velocity.win_rate"] == 0.5
    assert row["sales_velocity.avg_deal_size"] == 2000
    assert row["sales_velocity.mean_sales_cycle"] == 15 * DAY


def test_win_rate_cohort_says_how_many_are_still_open(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-02-02 | 2026-02-20
        elm            | lost    | 2026-02-03 | 2026-03-15
        ash            |         | 2026-02-04 |
        fir            | won     | 2026-02-05 | 2026-04-02
    """)
    # on 31 March ash and fir are open
    (row,) = world(tmp_path, opportunity=opportunity).ask("win_rate_cohort", period="2026-02").rows
    assert row["win_rate_cohort"] == 0.25
    assert row["win_rate_cohort.open"] in (2, 0.5)


def test_sales_velocity_without_a_length_is_unknown(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-02-10 | 2026-02-10 | 1000
        elm            |         | 2026-02-10 |            | 1000
    """)
    # a cycle of no days divides nothing
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "sales_velocity", period="2026-02") is None
