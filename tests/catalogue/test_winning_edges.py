"""Winning where deals are re-opened, handed on, deleted, merged or empty."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn, value
from tests.world import by, world

STAGES = drawn("""
    pipeline | stage | position | kind
    new      | talk  | 1        | open
    new      | won   | 2        | won
    new      | lost  | 3        | lost
""")


def test_a_perfect_closer_wins_all(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at
        oak            | ann      | won     | 2026-02-02
        elm            | ann      | won     | 2026-02-03
        ash            | bob      | lost    | 2026-02-04
        fir            | cid      |         |
    """)
    # ann 2 of 2, bob 0 of 1, cid closed nothing: 0/0 is unknown
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("win_rate", period="2026-02", by="rep")
    assert by(answer, "rep", "win_rate") == {"Ann": 1, "Bob": 0, "Cid": None}


def test_nothing_closed_is_unknown_and_nothing_won_is_zero(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | won     | 2026-02-01 | 2026-02-02 | 100
        elm            | lost    | 2026-02-01 | 2026-02-03 | 100
    """)
    # in January nothing was opened or closed
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask(
        *("deals_won", "deals_lost", "win_rate", "win_rate_value", "win_rate_cohort"),
        *("avg_deal_size", "median_deal_size", "sales_cycle", "mean_sales_cycle"),
        period="2026-01",
    ).rows
    assert (row["deals_won"], row["deals_lost"]) == (0, 0)
    assert (row["win_rate"], row["win_rate_value"], row["win_rate_cohort"]) == (None, None, None)
    assert (row["avg_deal_size"], row["median_deal_size"]) == (None, None)
    assert (row["sales_cycle"], row["mean_sales_cycle"]) == (None, None)


def test_a_deal_won_twice_counts_once_at_its_last_close(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | pipeline | outcome | created_at | closed_at
        oak            | new      | won     | 2026-01-05 | 2026-03-10
        elm            | new      | lost    | 2026-01-05 | 2026-02-12
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05
        oak            | won   | 2026-02-10
        oak            | talk  | 2026-02-20
        oak            | won   | 2026-03-10
        elm            | talk  | 2026-01-05
        elm            | lost  | 2026-02-12
    """)
    project = world(
        tmp_path, opportunity=opportunity, opportunity_stage=opportunity_stage, stage=STAGES
    )
    # seen on 31 March only the second win stands: February lost its win, 0 of 1
    assert value(project, "deals_won", period="2026-Q1") == 1
    assert value(project, "deals_won", period="2026-03") == 1
    assert value(project, "win_rate", period="2026-02") == 0
    # seen on 15 February oak was won: 1 of 2
    assert value(project, "win_rate", period="2026-02", as_of="2026-02-15") == 0.5
    assert value(project, "open_deals", period="2026-02", as_of="2026-02-15") == 0
    # seen on 25 February oak was open again
    assert value(project, "deals_won", period="2026-02", as_of="2026-02-25") == 0
    assert value(project, "open_deals", period="2026-02", as_of="2026-02-25") == 1


def test_a_deal_reopened_and_still_open_is_no_win(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | pipeline | outcome | created_at | closed_at
        oak            | new      |         | 2026-01-05 |
        elm            | new      | won     | 2026-01-05 | 2026-02-12
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05
        oak            | won   | 2026-02-10
        oak            | talk  | 2026-03-20
        elm            | talk  | 2026-01-05
        elm            | won   | 2026-02-12
    """)
    project = world(
        tmp_path, opportunity=opportunity, opportunity_stage=opportunity_stage, stage=STAGES
    )
    # the exit on 20 March cancels the win of February in every view after it
    assert value(project, "deals_won", period="2026-02") == 1
    assert value(project, "open_deals", period="2026-03") == 1
    assert value(project, "deals_won", period="2026-02", as_of="2026-03-19") == 2


def test_a_win_turned_into_a_loss_was_a_win_until_then(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | pipeline | outcome | created_at | closed_at
        oak            | new      | lost    | 2026-01-05 | 2026-03-05
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05
        oak            | won   | 2026-02-10
        oak            | lost  | 2026-03-05
    """)
    project = world(
        tmp_path, opportunity=opportunity, opportunity_stage=opportunity_stage, stage=STAGES
    )
    assert value(project, "deals_won", period="2026-02", as_of="2026-02-28") == 1
    assert value(project, "deals_won", period="2026-02") == 0
    assert value(project, "deals_lost", period="2026-03") == 1
    assert value(project, "win_rate", period="2026-Q1") == 0


def test_the_owner_at_the_close_gets_the_credit(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at            | amount
        oak            | ann      | won     | 2026-01-05 | 2026-02-20T12:00:00Z | 100
        elm            | ann      | won     | 2026-01-05 | 2026-02-20T12:00:00Z | 200
        ash            | ann      | lost    | 2026-01-05 | 2026-02-20T12:00:00Z | 300
    """)
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | bob       | ann       | 2026-02-19T12:00:00Z
        elm            | owner_id | bob       | ann       | 2026-02-21T12:00:00Z
        ash            | owner_id | bob       | ann       | 2026-03-15T12:00:00Z
    """)
    # oak came to ann a day before its close; elm and ash only after it: they are bob's
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    answer = project.ask(
        "deals_won", "deals_lost", "win_rate", "revenue", period="2026-02", by="rep"
    )
    assert by(answer, "rep", "deals_won") == {"Ann": 1, "Bob": 1, "Cid": 0}
    assert by(answer, "rep", "deals_lost") == {"Ann": 0, "Bob": 1, "Cid": 0}
    assert by(answer, "rep", "win_rate") == {"Ann": 1, "Bob": 0.5, "Cid": None}
    assert by(answer, "rep", "revenue") == {"Ann": 100, "Bob": 200, "Cid": 0}


def test_the_pipeline_is_its_owners_at_the_time(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | created_at | amount
        oak            | cid      | 2026-01-05 | 100
    """)
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | ann       | bob       | 2026-02-10
        oak            | owner_id | bob       | cid       | 2026-03-10
    """)
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    january = project.ask("open_deals", period="2026-01", by="rep")
    february = project.ask("open_deals", period="2026-02", by="rep")
    march = project.ask("open_deals", period="2026-03", by="rep")
    assert by(january, "rep", "open_deals") == {"Ann": 1, "Bob": 0, "Cid": 0}
    assert by(february, "rep", "open_deals") == {"Ann": 0, "Bob": 1, "Cid": 0}
    assert by(march, "rep", "open_deals") == {"Ann": 0, "Bob": 0, "Cid": 1}


def test_a_deleted_deal_is_there_until_its_deletion(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | deleted_at
        oak            | won     | 2026-01-05 | 2026-02-10 | 2026-03-10
        elm            | won     | 2026-01-05 | 2026-02-11 |
        ash            |         | 2026-01-05 |            | 2026-03-10
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "deals_won", period="2026-02") == 1
    assert value(project, "open_deals", period="2026-03") == 0
    assert value(project, "deals_won", period="2026-02", as_of="2026-03-09") == 2
    assert value(project, "open_deals", period="2026-03", as_of="2026-03-09") == 1


def test_the_number_of_deleted_deals_is_shown(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | deleted_at
        oak            | won     | 2026-01-05 | 2026-02-10 | 2026-03-10
        elm            | won     | 2026-01-05 | 2026-02-11 |
    """)
    answer = world(tmp_path, opportunity=opportunity).ask("deals_won", period="2026-02")
    assert "Deleted opportunities, left out: 1." in answer.notes


def test_merged_deals_are_one_from_the_earliest_creation(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount | merged_into_id
        oak            | won     | 2026-01-21 | 2026-02-10 | 100    |
        elm            | won     | 2026-01-01 | 2026-02-10 | 100    | oak
        ash            | lost    | 2026-01-01 | 2026-02-10 | 100    | elm
    """)
    # ash and elm are oak: one win of 100 after 40 days
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "deals_won", period="2026-02") == 1
    assert value(project, "win_rate", period="2026-02") == 1
    assert value(project, "revenue", period="2026-02") == 100
    assert value(project, "new_opportunities", period="2026-01") == 1
    assert value(project, "sales_cycle", period="2026-02") == 40 * 86_400
    # a merge is identity: it holds before anybody made it, too
    assert value(project, "open_deals", period="2026-01", as_of="2026-01-10") == 1
