"""The KPIs of the theme Pipeline, one worked example each, then the edges."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

STAGES = drawn("""
    pipeline | stage | position | kind | probability
    new      | talk  | 1        | open | 0.25
    new      | offer | 2        | open | 0.5
    new      | won   | 3        | won  | 1
    new      | lost  | 4        | lost | 0
""")


def test_open_deals_stand_open_at_the_end_of_the_period(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at           | closed_at
        oak            | ann      |         | 2026-01-05T08:00:00Z |
        elm            | bob      | won     | 2026-01-05T08:00:00Z | 2026-03-03T08:00:00Z
        ash            | bob      | lost    | 2026-01-05T08:00:00Z | 2026-02-28T08:00:00Z
        fir            | bob      |         | 2026-02-28T23:00:00Z |
        yew            | ann      |         | 2026-03-01T00:00:00Z |
        box            | ann      | won     | 2026-02-01T08:00:00Z | 2026-02-05T08:00:00Z
    """)
    # at the end of January oak, elm, ash; of February oak, elm, fir; on 31 March oak, fir, yew
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "open_deals", period="2026-02") == 3
    answer = project.ask("open_deals", period="2026-02", by="rep")
    assert by(answer, "rep", "open_deals") == {"Ann": 1, "Bob": 2, "Cid": 0}
    series = project.ask("open_deals", period="2026-Q1", grain="month")
    assert by(series, "period", "open_deals") == {
        dt.date(2026, 1, 1): 3,
        dt.date(2026, 2, 1): 3,
        dt.date(2026, 3, 1): 3,
    }
    # a stock of the quarter stands at its end, it is not a sum
    assert value(project, "open_deals", period="2026-Q1") == 3
    # seen on 10 February fir and yew are to come
    assert value(project, "open_deals", period="2026-02", as_of="2026-02-10") == 3
    names = {row["opportunity_id"] for row in project.records("open_deals", period="2026-02").rows}
    assert names == {"oak", "elm", "fir"}


def test_pipeline_value_is_the_amount_of_what_is_open(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount | forecast_category
        oak            |         | 2026-01-05 |            | 100    | pipeline
        elm            |         | 2026-01-05 |            | 200    | omitted
        ash            |         | 2026-01-05 |            | 400    |
        fir            |         | 2026-01-05 |            |        | commit
        yew            | won     | 2026-01-05 | 2026-02-03 | 800    | closed
        box            |         | 2026-03-01 |            | 1600   | pipeline
    """)
    # oak, elm and ash, whatever their forecast category; fir's amount is not known
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("pipeline_value", period="2026-02")
    assert answer.rows[0]["pipeline_value"] == 700
    assert (
        "Opportunities without a known value or exchange rate, which add nothing: 1."
        in answer.notes
    )
    # nothing was open at the end of 2025
    assert value(project, "pipeline_value", period="2025-12") == 0


def test_weighted_pipeline_takes_the_deals_own_chance_else_its_stages(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | pipeline | stage | outcome | created_at | amount | probability
        oak            | new      | talk  |         | 2026-01-05 | 1000   | 0.9
        elm            | new      | talk  |         | 2026-01-05 | 2000   |
        ash            | new      | offer |         | 2026-01-05 | 4000   |
        fir            | new      | offer |         | 2026-01-05 | 8000   | 0
        yew            | new      |       |         | 2026-01-05 | 1600   |
        box            | new      | won   | won     | 2026-01-05 | 5000   |
    """)
    # 900 + 500 + 2,000 + 0; of yew no chance is known
    project = world(tmp_path, opportunity=opportunity, stage=STAGES)
    answer = project.ask("weighted_pipeline", period="2026-02")
    assert answer.rows[0]["weighted_pipeline"] == pytest.approx(3400)
    assert (
        "Opportunities without a known value or exchange rate, which add nothing: 1."
        in answer.notes
    )


def test_weighted_pipeline_knows_the_stage_of_the_time(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | pipeline | stage | created_at | amount
        oak            | new      | offer | 2026-01-05 | 1000
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05
        oak            | offer | 2026-03-05
    """)
    # at the end of February oak was in talk, 250; in March in offer, 500
    project = world(
        tmp_path, opportunity=opportunity, opportunity_stage=opportunity_stage, stage=STAGES
    )
    assert value(project, "weighted_pipeline", period="2026-02") == pytest.approx(250)
    assert value(project, "weighted_pipeline", period="2026-03") == pytest.approx(500)
    answer = project.ask("open_deals", period="2026-02", by="stage")
    assert by(answer, "stage", "open_deals") == {"talk": 1}


def test_new_opportunities_and_their_value_are_those_created(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | sourced_by_id | outcome | created_at | closed_at  | amount
        oak            | ann      |               |         | 2026-02-01 |            | 100
        elm            | ann      | cid           | won     | 2026-02-10 | 2026-02-20 | 200
        ash            | bob      |               | lost    | 2026-02-28 | 2026-03-05 | 400
        fir            | bob      | cid           |         | 2026-03-01 |            | 800
        yew            | ann      |               |         | 2026-01-31 |            | 1600
        box            | ann      |               |         |            |            | 3200
    """)
    # oak, elm and ash, open or not: 700; elm is to the credit of cid who sourced it
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("new_opportunities", "new_pipeline_value", period="2026-02")
    assert answer.rows[0]["new_opportunities"] == 3
    assert answer.rows[0]["new_pipeline_value"] == 700
    assert any(
        "Opportunities without a creation date, left out but of the period all: 1." in note
        for note in answer.notes
    )
    per_rep = project.ask("new_opportunities", "new_pipeline_value", period="2026-02", by="rep")
    assert by(per_rep, "rep", "new_opportunities") == {"Ann": 1, "Bob": 1, "Cid": 1}
    assert by(per_rep, "rep", "new_pipeline_value") == {"Ann": 100, "Bob": 400, "Cid": 200}


def test_a_new_deal_is_to_the_credit_of_its_owner_at_creation(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | created_at | amount
        oak            | ann      | 2026-02-01 | 100
    """)
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | bob       | ann       | 2026-02-10
    """)
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    answer = project.ask("new_opportunities", period="2026-02", by="rep")
    assert by(answer, "rep", "new_opportunities") == {"Ann": 0, "Bob": 1, "Cid": 0}


def test_overdue_deals_are_expected_before_the_end_of_the_period(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | expected_close_on
        oak            |         | 2026-01-05 |            | 2026-02-15
        elm            |         | 2026-01-05 |            | 2026-03-30
        ash            |         | 2026-01-05 |            | 2026-03-31
        fir            |         | 2026-01-05 |            |
        yew            | won     | 2026-01-05 | 2026-03-05 | 2026-02-20
        box            |         | 2026-01-05 |            | 2026-05-01
    """)
    # on 31 March oak and elm: ash's day still counts; at the end of February oak and yew
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "overdue_deals", period="2026-03") == 2
    assert value(project, "overdue_deals", period="2026-02") == 2


def test_a_deal_put_off_in_time_was_not_overdue_before(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | created_at | expected_close_on
        oak            | 2026-01-05 | 2026-05-01
        elm            | 2026-01-05 | 2026-01-20
    """)
    opportunity_change = drawn("""
        opportunity_id | field             | old_value  | new_value  | changed_at
        oak            | expected_close_on | 2026-02-10 | 2026-05-01 | 2026-03-05
        elm            | expected_close_on | 2026-06-01 | 2026-01-20 | 2026-03-05
    """)
    # at the end of February oak was due on the 10th and elm in June; since 5 March it is elm
    project = world(tmp_path, opportunity=opportunity, opportunity_change=opportunity_change)
    february = project.records("overdue_deals", period="2026-02")
    assert [row["opportunity_id"] for row in february.rows] == ["oak"]
    march = project.records("overdue_deals", period="2026-03")
    assert [row["opportunity_id"] for row in march.rows] == ["elm"]


def test_a_deal_created_and_gone_within_the_period_is_new_but_not_open(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | created_at | closed_at  | amount
        oak            | lost    | 2026-02-05 | 2026-02-20 | 100
        elm            |         | 2025-06-01 |            | 200
    """)
    # open: elm, created long before; new: oak, no longer there
    project = world(tmp_path, opportunity=opportunity)
    assert value(project, "open_deals", period="2026-02") == 1
    assert value(project, "pipeline_value", period="2026-02") == 200
    assert value(project, "new_opportunities", period="2026-02") == 1
    assert value(project, "new_pipeline_value", period="2026-02") == 100
