"""Deals whose dates do not fit together, or lack their time of day."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn, value
from tests.world import world


def test_a_win_entered_late_stays_at_its_closing_date(tmp_path: Path) -> None:
    stage = drawn("""
        pipeline | stage | position | kind
        new      | talk  | 1        | open
        new      | won   | 2        | won
    """)
    opportunity = drawn("""
        opportunity_id | pipeline | outcome | created_at | closed_at  | amount
        oak            | new      | won     | 2026-01-05 | 2026-02-28 | 100
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05T08:00:00Z
        oak            | won   | 2026-03-02T08:00:00Z
    """)
    # moved to won on Monday, dated last Saturday: one win, in February
    project = world(
        tmp_path, opportunity=opportunity, opportunity_stage=opportunity_stage, stage=stage
    )
    assert value(project, "deals_won", period="2026-02") == 1
    assert value(project, "deals_won", period="2026-03") == 0
    assert value(project, "revenue", period="2026-Q1") == 100


def test_an_open_deal_with_a_closing_date_is_open(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            |         | 2026-01-05 | 2026-02-10
        elm            | won     | 2026-01-05 | 2026-02-10
    """)
    # the outcome decides: oak has none
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "open_deals", period="2026-03") == 1
    assert value(project, "deals_won", period="2026-02") == 1


def test_a_cycle_with_one_end_without_time_is_whole_days(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-02-01 | 2026-02-11T15:00:00Z
    """)
    # 10 calendar days, not 10 days and 15 hours
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "sales_cycle", period="2026-02") == 10 * 86_400


def test_a_week_may_begin_on_sunday(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-03-07
        elm            | won     | 2026-03-08
        ash            | won     | 2026-03-15
        fir            | won     | 2026-03-15
    """)
    # ISO week 11 is 9 to 15 March: ash and fir; begun on Sunday 8 to 14 March: elm
    monday = world(tmp_path / "monday", opportunity=opportunity)
    assert value(monday, "deals_won", period="2026-W11") == 2
    sunday = world(tmp_path / "sunday", settings='week_start = "sunday"', opportunity=opportunity)
    assert value(sunday, "deals_won", period="2026-W11") == 1


def test_rows_of_the_as_of_instant_are_visible_and_later_ones_not(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at          | closed_at
        oak            | won     | 2026-02-01T08:00:00 | 2026-02-10T12:00:00
        elm            | won     | 2026-02-01T08:00:00 | 2026-02-10T12:00:01
    """)
    # at noon in Berlin oak is won and elm is open
    project = world(tmp_path, settings='zone = "Europe/Berlin"', opportunity=opportunity)
    assert value(project, "deals_won", period="2026-02", as_of="2026-02-10T12:00") == 1
    assert value(project, "open_deals", period="2026-02", as_of="2026-02-10T12:00") == 1
    assert value(project, "deals_won", period="2026-02", as_of="2026-02-10") == 2
