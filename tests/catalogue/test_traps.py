"""Errors that other sales reports are known to make, each with the rows that bring it out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world


def test_a_rep_without_a_loss_is_not_the_worst(tmp_path: Path) -> None:
    """Won and lost are joined and added: won + nothing is nothing, and ann's rate 0.

    rep | won | lost | rate
    ann | 1   |      | 1
    bob | 1   | 1    | 0.5
    """
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at
        oak            | ann      | won     | 2026-02-02
        elm            | bob      | won     | 2026-02-03
        ash            | bob      | lost    | 2026-02-04
    """)
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("win_rate", period="2026-02", by="rep", order="-win_rate")
    assert [(row["rep"], row["win_rate"]) for row in answer.rows] == [
        ("Ann", 1),
        ("Bob", 0.5),
        ("Cid", None),
    ]


def test_a_team_cannot_win_more_than_it_decided(tmp_path: Path) -> None:
    """The rows of reps without a loss drop out of the denominator only: 150 %.

    rep   | won | lost | (won) / (won + lost)
    ann   | 100 |      |
    bob   | 50  | 50   |
    north | 150 | 50   | 150 / 200, not 150 / 100
    """
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 100
        elm            | bob      | won     | 2026-02-03 | 50
        ash            | bob      | lost    | 2026-02-04 | 50
    """)
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask(
        "win_rate", "win_rate_value", period="2026-02", where={"team": "north"}
    ).rows
    assert row["win_rate"] == pytest.approx(2 / 3)
    assert row["win_rate_value"] == pytest.approx(0.75)


def test_the_rate_of_a_team_is_no_mean_of_rates(tmp_path: Path) -> None:
    """Ratios are rolled up by their parts.

    rep   | won | decided | rate
    ann   | 1   | 1       | 1
    bob   | 1   | 4       | 0.25
    north | 2   | 5       | 0.4, not the mean 0.625
    """
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at
        oak            | ann      | won     | 2026-02-02
        elm            | bob      | won     | 2026-02-03
        ash            | bob      | lost    | 2026-02-04
        fir            | bob      | lost    | 2026-02-05
        yew            | bob      | lost    | 2026-02-06
    """)
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("win_rate", period="2026-02", by="team")
    assert by(answer, "team", "win_rate")["north"] == pytest.approx(0.4)


def test_a_cycle_runs_from_creation_to_close(tmp_path: Path) -> None:
    """The ends are swapped: every normal deal has a negative length.

    opportunity_id | created_at | closed_at  | days
    oak            | 2026-01-31 | 2026-02-10 | 10, not -10
    """
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at
        oak            | won     | 2026-01-31 | 2026-02-10
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "sales_cycle", period="2026-02") == 10 * 86_400


def test_a_probability_in_percent_never_multiplies_the_pipeline(tmp_path: Path) -> None:
    """Percent taken for a share: a hundred times too much.

    opportunity_id | amount | probability | weighted
    oak            | 1000   | 0.5         | 500
    elm            | 1000   | 50          | set aside or unknown, never 50,000
    """
    opportunity = drawn("""
        opportunity_id | outcome | created_at | amount | probability
        oak            |         | 2026-01-05 | 1000   | 0.5
        elm            |         | 2026-01-05 | 1000   | 50
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "weighted_pipeline", period="2026-02") == pytest.approx(500)


def test_a_past_pipeline_is_not_todays_nor_that_of_the_expected_close(tmp_path: Path) -> None:
    """Pipeline sits on the day of the expected close, not on the days on which it stood open.

    opportunity_id | created_at | closed_at  | expected_close_on | open at the end of
    oak            | 2026-01-05 | 2026-02-20 | 2026-03-31        | January
    elm            | 2026-02-05 |            | 2026-12-31        | February, March
    """
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | expected_close_on | amount
        oak            | won     | 2026-01-05 | 2026-02-20 | 2026-03-31        | 100
        elm            |         | 2026-02-05 |            | 2026-12-31        | 200
    """)
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("pipeline_value", period="2026-Q1", grain="month")
    assert by(answer, "period", "pipeline_value") == {
        dt.date(2026, 1, 1): 100,
        dt.date(2026, 2, 1): 200,
        dt.date(2026, 3, 1): 200,
    }


def test_the_same_empty_rate_is_empty_everywhere(tmp_path: Path) -> None:
    """0 in the table of owners, empty in that of the company, for the same nothing.

    rep | decided | rate
    cid | 0       | unknown, as for the company in a month without a close
    """
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at
        oak            | ann      | won     | 2026-02-02
        elm            | ann      | lost    | 2026-02-02
    """)
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "win_rate", period="2026-01") is None
    months = project.ask("win_rate", period="2026-Q1", grain="month")
    assert [row["win_rate"] for row in months.rows] == [None, 0.5, None]
    reps = project.ask("win_rate", period="2026-01", by="rep")
    assert by(reps, "rep", "win_rate") == {"Ann": None, "Bob": None, "Cid": None}


def test_results_stay_with_the_team_that_had_them(tmp_path: Path) -> None:
    """Today's manager everywhere: results move when somebody changes team.

    rep | valid_from | valid_to   | team  | won
    bob | 2025-01-01 | 2026-02-28 | north | oak in February
    bob | 2026-03-01 |            | south |
    """
    rep_assignment = drawn("""
        rep_id | valid_from | valid_to   | team
        bob    | 2025-01-01 | 2026-02-28 | north
        bob    | 2026-03-01 |            | south
    """)
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | bob      | won     | 2026-02-10 | 100
    """)
    project = world(tmp_path, opportunity=opportunity, rep_assignment=rep_assignment)
    answer = project.ask("revenue", period="2026-02", by="team")
    known = by(answer, "team", "revenue")
    assert known["north"] == 100
    assert known.get("south", 0) == 0


def test_deleted_and_merged_deals_are_not_counted_twice(tmp_path: Path) -> None:
    """Deleted rows are kept, merged ones removed only by an option that is off.

    opportunity_id | merged_into_id | deleted_at | counts
    oak            |                |            | yes
    elm            | oak            |            | no
    ash            |                | 2026-02-20 | no
    """
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount | merged_into_id | deleted_at
        oak            | won     | 2026-01-05 | 2026-02-10 | 100    |                |
        elm            | won     | 2026-01-05 | 2026-02-10 | 100    | oak            |
        ash            | won     | 2026-01-05 | 2026-02-10 | 100    |                | 2026-02-20
    """)
    project = world(tmp_path, opportunity=opportunity)
    (row,) = project.ask("deals_won", "revenue", "avg_deal_size", period="2026-02").rows
    assert (row["deals_won"], row["revenue"], row["avg_deal_size.n"]) == (1, 100, 1)
