"""Winning where a setting narrows what counts, and where dates do not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import drawn, value
from tests.world import world

DAY = 86_400


def test_renewals_count_unless_a_setting_leaves_them_out(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | deal_type
        oak            | won     | 2026-02-02 | renewal
        elm            | won     | 2026-02-03 | new
        ash            | lost    | 2026-02-04 |
        fir            | lost    | 2026-02-05 | expansion
    """)
    plain = world(tmp_path / "plain", opportunity=opportunity)
    assert value(plain, "win_rate", period="2026-02") == 0.5
    # without oak 1 of 3
    settings = "[thresholds]\ndecided_without_renewals = true"
    narrow = world(tmp_path / "narrow", settings=settings, opportunity=opportunity)
    assert value(narrow, "win_rate", period="2026-02") == pytest.approx(1 / 3)


def test_deals_never_accepted_count_unless_a_setting_leaves_them_out(tmp_path: Path) -> None:
    stage = drawn("""
        pipeline | stage | position | kind | is_accepted
        new      | talk  | 1        | open | false
        new      | offer | 2        | open | true
        new      | won   | 3        | won  | true
        new      | lost  | 4        | lost | false
    """)
    opportunity = drawn("""
        opportunity_id | pipeline | outcome | created_at | closed_at
        oak            | new      | won     | 2026-01-05 | 2026-02-10
        elm            | new      | lost    | 2026-01-05 | 2026-02-10
        ash            | new      | lost    | 2026-01-05 | 2026-02-10
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05
        oak            | offer | 2026-01-10
        oak            | won   | 2026-02-10
        elm            | talk  | 2026-01-05
        elm            | offer | 2026-01-10
        elm            | lost  | 2026-02-10
        ash            | talk  | 2026-01-05
        ash            | lost  | 2026-02-10
    """)
    tables: dict[str, Any] = {
        "opportunity": opportunity,
        "opportunity_stage": opportunity_stage,
        "stage": stage,
    }
    plain = world(tmp_path / "plain", **tables)
    assert value(plain, "win_rate", period="2026-02") == pytest.approx(1 / 3)
    # ash never reached the accepted stage: 1 of 2
    settings = "[thresholds]\ndecided_from_accepted_stage = true"
    narrow = world(tmp_path / "narrow", settings=settings, **tables)
    assert value(narrow, "win_rate", period="2026-02") == 0.5


def test_what_is_no_loss_is_a_setting(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | lost_reason
        oak            | won     | 2026-02-02 |
        elm            | lost    | 2026-02-03 | duplicate
        ash            | lost    | 2026-02-04 | merged away
        fir            | lost    | 2026-02-05 | price
    """)
    # elm counts, ash does not: 1 of 3
    settings = '[thresholds]\nnot_a_loss = ["merged away"]'
    project = world(tmp_path, settings=settings, opportunity=opportunity)
    assert value(project, "win_rate", period="2026-02") == pytest.approx(1 / 3)
    assert value(project, "deals_lost", period="2026-02") == 2


def test_same_day_deals_are_in_the_cycle_unless_a_setting_leaves_them_out(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-02-10 | 2026-02-10
        elm            | won     | 2026-02-01 | 2026-02-11
        ash            | won     | 2026-02-01 | 2026-02-21
    """)
    # 0, 10 and 20 days; without oak 10 and 20
    plain = world(tmp_path / "plain", opportunity=opportunity)
    assert value(plain, "sales_cycle", period="2026-02") == 10 * DAY
    settings = "[thresholds]\ncycle_without_same_day = true"
    narrow = world(tmp_path / "narrow", settings=settings, opportunity=opportunity)
    assert value(narrow, "sales_cycle", period="2026-02") == 15 * DAY


def test_a_deal_closed_before_it_was_created_has_no_length_but_counts(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-02-20 | 2026-02-10 | 100
        elm            | won     | 2026-02-01 | 2026-02-11 | 300
    """)
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("sales_cycle", "mean_sales_cycle", period="2026-02").rows
    assert (row["sales_cycle"], row["sales_cycle.n"]) == (10 * DAY, 1)
    assert (row["mean_sales_cycle"], row["mean_sales_cycle.n"]) == (10 * DAY, 1)
    assert value(project, "deals_won", period="2026-02") == 2
    assert value(project, "revenue", period="2026-02") == 400
    assert value(project, "avg_deal_size", period="2026-02") == 200


def test_a_close_after_the_as_of_instant_has_not_happened(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-02-20 | 2026-04-05 | 100
        elm            | won     | 2026-02-01 | 2026-03-11 | 300
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "open_deals", period="2026-03") == 1
    assert value(project, "pipeline_value", period="2026-03") == 100
    assert value(project, "deals_won", period="2026") == 1
    assert value(project, "deals_won", period="all") == 1
    assert value(project, "deals_won", period="2026-04") is None


def test_a_win_without_a_closing_date_is_in_no_bounded_period(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-02-20 |            | 100
        elm            | won     | 2026-02-01 | 2026-03-11 | 300
    """)
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("deals_won", "revenue", period="2026-03")
    assert (answer.rows[0]["deals_won"], answer.rows[0]["revenue"]) == (1, 300)
    assert any(
        "Opportunities without a closing date, left out but of the period all: 1." in note
        for note in answer.notes
    )
    assert value(project, "deals_won", period="all") == 2
    assert value(project, "revenue", period="all") == 400
    # it is no open deal either
    assert value(project, "open_deals", period="2026-03") == 0


def test_an_open_deal_without_a_creation_date_stands_only_in_all(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at | amount
        oak            |            | 100
        elm            | 2026-02-01 | 300
    """)
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("open_deals", "pipeline_value", period="2026-03")
    assert (answer.rows[0]["open_deals"], answer.rows[0]["pipeline_value"]) == (1, 300)
    assert any(
        "Opportunities without a creation date, left out but of the period all: 1." in note
        for note in answer.notes
    )
    assert value(project, "open_deals", period="all") == 2
    assert value(project, "pipeline_value", period="all") == 400


def test_a_cycle_between_dates_is_whole_days_across_the_clock_change(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-03-20 | 2026-04-03
    """)
    # 14 calendar days, though one of them has only 23 hours in Berlin
    project = world(
        tmp_path,
        settings='zone = "Europe/Berlin"',
        as_of="2026-04-30",
        opportunity=opportunity,
    )
    assert value(project, "sales_cycle", period="2026-04") == 14 * DAY


def test_a_cycle_between_instants_is_the_time_that_passed(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at          | closed_at
        oak            | won     | 2026-03-28T12:00:00 | 2026-03-29T12:00:00
    """)
    # noon to noon over the night of the clock change: 23 hours
    project = world(tmp_path, settings='zone = "Europe/Berlin"', opportunity=opportunity)
    assert value(project, "sales_cycle", period="2026-03") == 23 * 3600
