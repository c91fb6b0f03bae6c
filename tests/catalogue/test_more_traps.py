"""More errors of other sales reports: of periods, of histories, of fan-out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import world


def test_the_period_before_is_not_a_day_longer(tmp_path: Path) -> None:
    """The period before starts (to - from) days earlier and so has a day more.

    range               | before it           | won before
    2026-03-11..03-20   | 2026-03-01..03-10   | elm, not oak
    2026-03-11 (a day)  | 2026-03-10          | elm
    """
    opportunity = drawn("""
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-28
        elm            | won     | 2026-03-10
        ash            | won     | 2026-03-11
    """)
    project = world(tmp_path, opportunity=opportunity)
    (ten,) = project.ask("deals_won", period="2026-03-11..2026-03-20", compare="previous").rows
    assert (ten["deals_won"], ten["deals_won.before"]) == (1, 1)
    (day,) = project.ask("deals_won", period="2026-03-11", compare="previous").rows
    assert (day["deals_won"], day["deals_won.before"]) == (1, 1)


def test_a_win_belongs_to_the_day_of_its_close_not_of_its_creation(tmp_path: Path) -> None:
    """The "won deals" of a day are those created that day and won by now; losses alike.

    opportunity_id | outcome | created_at | closed_at
    oak            | won     | 2026-01-20 | 2026-02-10
    elm            | lost    | 2026-01-21 | 2026-02-11
    """
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | lost_reason
        oak            | won     | 2026-01-20 | 2026-02-10 |
        elm            | lost    | 2026-01-21 | 2026-02-11 | price
    """)
    project = world(tmp_path, opportunity=opportunity)
    (january,) = project.ask("deals_won", "deals_lost", period="2026-01").rows
    (february,) = project.ask("deals_won", "deals_lost", period="2026-02").rows
    assert (january["deals_won"], january["deals_lost"]) == (0, 0)
    assert (february["deals_won"], february["deals_lost"]) == (1, 1)


def test_a_lost_deal_adds_nothing_to_what_is_expected(tmp_path: Path) -> None:
    """A lost deal adds its whole expected value, and "actual" sits in the expected month.

    opportunity_id | outcome | probability | closed_at  | expected_close_on
    oak            |         | 0.5         |            | 2026-03-31
    elm            | lost    | 0.9         | 2026-02-10 | 2026-03-31
    ash            | won     | 0.9         | 2026-02-11 | 2026-03-31
    """
    opportunity = drawn("""
        opportunity_id | amount | outcome | probability | created_at | closed_at | expected_close_on
        oak            | 100    |         | 0.5         | 2026-01-05 |           | 2026-03-31
        elm            | 1000   | lost    | 0.9         | 2026-01-05 | 2026-02-10 | 2026-03-31
        ash            | 1000   | won     | 0.9         | 2026-01-05 | 2026-02-11 | 2026-03-31
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "weighted_pipeline", period="2026-02") == pytest.approx(50)
    assert value(project, "revenue", period="2026-02") == 1000
    assert value(project, "revenue", period="2026-03") == 0


def test_open_deals_are_not_those_created_in_the_period(tmp_path: Path) -> None:
    """Ongoing = created in the period and open now.

    opportunity_id | created_at | closed_at  | open at the end of February
    oak            | 2025-11-05 |            | yes, though created long before
    elm            | 2026-02-05 | 2026-03-10 | yes, though closed by now
    ash            | 2026-02-05 | 2026-02-10 | no
    """
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            |         | 2025-11-05 |
        elm            | lost    | 2026-02-05 | 2026-03-10
        ash            | lost    | 2026-02-05 | 2026-02-10
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "open_deals", period="2026-02") == 2


def test_a_missing_rate_is_not_one_to_one(tmp_path: Path) -> None:
    """A missing exchange rate counts as 1.

    opportunity_id | amount | currency | rate | in euros
    oak            | 10000  | JPY      |      | unknown, not 10,000
    elm            | 100    | EUR      |      | 100
    """
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount | currency
        oak            | won     | 2026-02-10 | 10000  | JPY
        elm            | won     | 2026-02-10 | 100    | EUR
    """)
    answer = world(tmp_path, opportunity=opportunity).ask("revenue", period="2026-02")
    assert answer.rows[0]["revenue"] == 100
    assert "Bookings without a known value or exchange rate, which add nothing: 1." in answer.notes


def test_a_reopened_deal_keeps_no_closing_date(tmp_path: Path) -> None:
    """The closing date is never cleared on re-opening: oak stays won.

    opportunity_id | stage | entered_at | closed_at (left behind)
    oak            | won   | 2026-02-10 | 2026-02-10
    oak            | talk  | 2026-02-20 |
    """
    stage = drawn("""
        pipeline | stage | position | kind
        new      | talk  | 1        | open
        new      | won   | 2        | won
    """)
    opportunity = drawn("""
        opportunity_id | pipeline | stage | outcome | created_at | closed_at  | amount
        oak            | new      | talk  |         | 2026-01-05 | 2026-02-10 | 100
        elm            | new      | won   | won     | 2026-01-05 | 2026-02-10 | 700
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05
        oak            | won   | 2026-02-10
        oak            | talk  | 2026-02-20
        elm            | talk  | 2026-01-05
        elm            | won   | 2026-02-10
    """)
    project = world(
        tmp_path, opportunity=opportunity, opportunity_stage=opportunity_stage, stage=stage
    )
    assert value(project, "deals_won", period="2026-02") == 1
    assert value(project, "open_deals", period="2026-03") == 1
    assert value(project, "pipeline_value", period="2026-03") == 100


def test_activities_splits_and_changes_do_not_multiply_a_deal(tmp_path: Path) -> None:
    """A deal joined to its calls, splits and changes counts once for each of them.

    opportunity_id | amount | calls | splits | changes | counts
    oak            | 100    | 2     | 2      | 3       | once, 100
    """
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | amount
        oak            | ann      | won     | 2026-01-05 | 2026-02-10 | 100
        elm            | ann      | lost    | 2026-01-05 | 2026-02-10 | 300
    """)
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | amount   | 50        | 75        | 2026-01-10
        oak            | amount   | 75        | 100       | 2026-01-20
        oak            | owner_id | bob       | ann       | 2026-01-25
    """)
    opportunity_split = drawn("""
        opportunity_id | rep_id | share | kind
        oak            | ann    | 0.5   | revenue
        oak            | bob    | 0.5   | revenue
    """)
    activity = drawn("""
        activity_id | kind | direction | occurred_at | rep_id | opportunity_id | outcome
        c1          | call | outbound  | 2026-01-06  | ann    | oak            | connected
        c2          | call | outbound  | 2026-01-07  | bob    | oak            | connected
    """)
    project = world(
        tmp_path,
        opportunity=opportunity,
        opportunity_change=opportunity_change,
        opportunity_split=opportunity_split,
        activity=activity,
    )
    (row,) = project.ask("deals_won", "revenue", "win_rate_value", period="2026-02").rows
    assert (row["deals_won"], row["revenue"], row["win_rate_value"]) == (1, 100, 0.25)
    assert len(project.records("deals_won", period="2026-02").rows) == 1
    assert len(project.records("win_rate", period="2026-02", part="denominator").rows) == 2
    assert value(project, "open_deals", period="2026-01") == 2
    assert value(project, "new_opportunities", period="2026-01") == 2


def test_losses_count_without_being_asked_for(tmp_path: Path) -> None:
    """Lost deals are archived, and a report without archived ones shows no losses.

    opportunity_id | outcome | stage left behind
    oak            | won     | won
    elm            | lost    | offer
    """
    opportunity = drawn("""
        opportunity_id | outcome | stage | closed_at
        oak            | won     | won   | 2026-02-10
        elm            | lost    | offer | 2026-02-10
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "win_rate", period="2026-02") == 0.5
