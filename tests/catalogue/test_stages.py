"""What became of deals in their stages: conversion, leaks, wins and what was lost, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

STAGES = drawn("""
    pipeline | stage | position | kind
    new      | talk  | 1        | open
    new      | offer | 2        | open
    new      | deal  | 3        | open
    new      | won   | 4        | won
    new      | lost  | 5        | lost
""")
CLASSES = ("advanced", "lost", "disqualified", "back", "stalled", "fresh")


def of_deals(tmp_path: Path, opportunity: str, history: str, **further: Any) -> Any:
    """A world of deals in the pipeline `new`, created on 2 January, with their stages."""
    rows = [
        {"pipeline": "new", "created_at": "2026-01-02T08:00:00Z", **deal}
        for deal in drawn(opportunity)
    ]
    tables = {"stage": STAGES, **further}
    return world(tmp_path, opportunity=rows, opportunity_stage=drawn(history), **tables)


def classes(project: Any, stage: str, **question: Any) -> dict[str, int]:
    """How many deals that entered a stage are in which class; those with none left out."""
    (row,) = project.ask("stage_conversion", where={"stage": [stage]}, **question).rows
    counts = {name: row.get(f"stage_conversion.{name}") for name in CLASSES}
    counts["advanced"] = row["stage_conversion.numerator"]
    assert sum(counts.values()) == row["stage_conversion.entered"]
    return {name: int(count) for name, count in counts.items() if count}


def test_each_class_is_counted_once(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at            | lost_reason
        oak            |         |                      |
        elm            | lost    | 2026-02-20T08:00:00Z | price
        ash            | lost    | 2026-02-20T08:00:00Z | duplicate
        fir            |         |                      |
        yew            |         |                      |
        box            | won     | 2026-02-20T08:00:00Z |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | offer | 2026-02-01T08:00:00Z
        oak            | deal  | 2026-02-11T08:00:00Z
        elm            | offer | 2026-02-02T08:00:00Z
        ash            | offer | 2026-02-03T08:00:00Z
        fir            | offer | 2026-02-04T08:00:00Z
        fir            | talk  | 2026-02-08T08:00:00Z
        yew            | offer | 2026-02-28T08:00:00Z
        box            | offer | 2026-02-06T08:00:00Z
        """,
    )
    # oak advanced after 10 days and box by its win after 14: of 6 that entered
    (row,) = project.ask("stage_conversion", period="2026-02", where={"stage": ["offer"]}).rows
    assert row["stage_conversion.numerator"] == 2
    # yew left nothing yet: on 5 March it is fresh
    seen = {"period": "2026-02", "as_of": "2026-03-05"}
    assert classes(project, "offer", **seen) == {
        "advanced": 2,
        "lost": 1,
        "disqualified": 1,
        "back": 1,
        "fresh": 1,
    }
    question = {"where": {"stage": ["offer"]}, **seen}
    assert value(project, "stage_conversion", **question) == pytest.approx(2 / 5)
    # lost and disqualified, of all but yew
    assert value(project, "leak_rate", **question) == pytest.approx(2 / 5)
    # the 90 % quantile of 10 and 14 days is 13.6: yew stalls on 14 March, at 15:24
    later = {"period": "2026-02", "as_of": "2026-03-31"}
    assert classes(project, "offer", **later)["stalled"] == 1
    question = {"where": {"stage": ["offer"]}, **later}
    assert value(project, "leak_rate", **question) == pytest.approx(3 / 6)
    assert value(project, "stage_conversion", **question) == pytest.approx(2 / 5)


def test_a_jump_passes_the_stages_between(tmp_path: Path) -> None:
    deals = """
        opportunity_id | outcome
        oak            |
    """
    history = """
        opportunity_id | stage | entered_at
        oak            | deal  | 2026-02-01T08:00:00Z
    """
    project = of_deals(tmp_path / "passed", deals, history)
    answer = project.ask("stage_conversion", period="2026-02", by="stage")
    assert by(answer, "stage", "stage_conversion") == {"talk": 1, "offer": 1, "deal": None}
    # the setting counts the stages that it really stood in
    settings = '[thresholds]\nskipped_stages = "left_out"'
    project = of_deals(tmp_path / "left_out", deals, history, settings=settings)
    answer = project.ask("stage_conversion", period="2026-02", by="stage")
    assert by(answer, "stage", "stage_conversion.entered") == {"deal": 1}


def test_a_win_passes_all_stages_and_a_loss_none(tmp_path: Path) -> None:
    deals = """
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-10T08:00:00Z
        elm            | lost    | 2026-02-10T08:00:00Z
    """
    history = """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05T08:00:00Z
        elm            | talk  | 2026-01-05T08:00:00Z
    """
    project = of_deals(tmp_path / "passed", deals, history)
    answer = project.ask("stage_conversion", period="2026-Q1", by="stage")
    assert by(answer, "stage", "stage_conversion.numerator") == {"talk": 1, "offer": 1, "deal": 1}
    assert by(answer, "stage", "stage_conversion.entered") == {"talk": 2, "offer": 1, "deal": 1}
    settings = '[thresholds]\nskipped_stages = "left_out"'
    project = of_deals(tmp_path / "left_out", deals, history, settings=settings)
    answer = project.ask("stage_conversion", period="2026-Q1", by="stage")
    assert by(answer, "stage", "stage_conversion.numerator") == {"talk": 1}


def test_a_return_does_not_undo_the_passage_and_is_not_counted_again(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at
        oak            | lost    | 2026-03-20T08:00:00Z
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05T08:00:00Z
        oak            | offer | 2026-01-15T08:00:00Z
        oak            | talk  | 2026-02-05T08:00:00Z
        """,
    )
    # talk advanced; offer went back, and was not where the deal was lost
    assert classes(project, "talk", period="2026-01") == {"advanced": 1}
    assert classes(project, "offer", period="2026-01") == {"back": 1}
    assert classes(project, "talk", period="2026-02") == {}


def test_a_win_that_was_re_opened_is_cancelled_with_what_it_passed(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at
        oak            |         |
        elm            | lost    | 2026-02-20T08:00:00Z
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | won   | 2026-02-10T08:00:00Z
        oak            | talk  | 2026-02-20T08:00:00Z
        """,
    )
    won = {"period": "2026-02", "as_of": "2026-02-15"}
    answer = project.ask("stage_conversion", "stage_win_rate", by="stage", **won)
    assert by(answer, "stage", "stage_conversion") == {"talk": 1, "offer": 1, "deal": 1}
    assert by(answer, "stage", "stage_win_rate") == {"talk": 1, "offer": 1, "deal": 1}
    # since the 20th it stands in talk anew, and has passed nothing
    answer = project.ask("stage_win_rate", by="stage", period="2026-02", as_of="2026-02-25")
    assert by(answer, "stage", "stage_win_rate") == {"talk": 0}
    assert by(answer, "stage", "stage_win_rate.open") == {"talk": 1}
    assert classes(project, "talk", period="2026-02", as_of="2026-02-21") == {"fresh": 1}


def test_a_stage_without_a_place_lies_where_it_was_entered(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome
        oak            |
        elm            |
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | legal | 2026-02-05T08:00:00Z
        oak            | offer | 2026-02-09T08:00:00Z
        elm            | offer | 2026-02-01T08:00:00Z
        elm            | legal | 2026-02-05T08:00:00Z
        elm            | talk  | 2026-02-09T08:00:00Z
        """,
    )
    # oak went on from legal to offer; elm came to legal from offer and fell back to talk
    assert classes(project, "legal", period="2026-02") == {"advanced": 1, "back": 1}
    # oak's offer is still young: it stands there, while elm's led on to legal
    seen = {"period": "2026-02", "as_of": "2026-02-10"}
    assert classes(project, "offer", **seen) == {"advanced": 1, "fresh": 1}


def test_without_a_table_of_stages_they_follow_each_other(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at
        oak            | won     | 2026-02-20
        elm            | lost    | 2026-02-20T08:00:00Z
        """,
        """
        opportunity_id | stage      | entered_at
        oak            | talk       | 2026-02-01T08:00:00Z
        oak            | offer      | 2026-02-05T08:00:00Z
        oak            | signed     | 2026-02-20T12:00:00Z
        elm            | talk       | 2026-02-01T08:00:00Z
        elm            | went wrong | 2026-02-20T07:00:00Z
        """,
        stage=(),
    )
    # the stage that a deal enters on the day of its close is its closing, not one to pass
    answer = project.ask("stage_conversion", period="2026-02", by="stage")
    assert by(answer, "stage", "stage_conversion") == {"talk": 0.5, "offer": 1}
    assert classes(project, "talk", period="2026-02") == {"advanced": 1, "lost": 1}


def test_a_close_by_date_sees_the_stages_of_that_day(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | outcome | closed_at  | amount
        oak            | lost    | 2026-02-20 | 100
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-02-20T09:00:00Z
        oak            | lost  | 2026-02-20T15:00:00Z
        """,
    )
    assert classes(project, "talk", period="2026-02") == {"advanced": 1}
    assert classes(project, "offer", period="2026-02") == {"lost": 1}
    answer = project.ask("leaked_value", period="2026-02", by="stage")
    assert by(answer, "stage", "leaked_value") == {"offer": 100}


def test_a_passage_belongs_to_the_owner_at_the_entry(tmp_path: Path) -> None:
    opportunity_change = drawn("""
        opportunity_id | field    | old_value | new_value | changed_at
        oak            | owner_id | ann       | cid       | 2026-02-10T08:00:00Z
    """)
    project = of_deals(
        tmp_path,
        """
        opportunity_id | owner_id | outcome | closed_at
        oak            | cid      | won     | 2026-02-20T08:00:00Z
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        oak            | offer | 2026-02-15T08:00:00Z
        """,
        opportunity_change=opportunity_change,
    )
    answer = project.ask("stage_conversion", period="2026-02", by=["stage", "rep"])
    found = {(row["stage"], row["rep"]): row["stage_conversion"] for row in answer.rows}
    assert {key: each for key, each in found.items() if each is not None} == {
        ("talk", "Ann"): 1,
        ("offer", "Cid"): 1,
        ("deal", "Cid"): 1,
    }


def test_what_a_deleted_deal_passed_is_gone_with_it(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id | deleted_at
        oak            | 2026-03-10T08:00:00Z
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-02-01T08:00:00Z
        """,
    )
    assert value(project, "stage_conversion", period="2026-02") is None
    before = {"period": "2026-02", "as_of": "2026-03-09"}
    (row,) = project.ask("stage_conversion", **before).rows
    assert row["stage_conversion.entered"] == 1


def test_without_a_history_of_stages_they_are_unknown(tmp_path: Path) -> None:
    opportunity = [{"opportunity_id": "oak", "stage": "talk", "created_at": "2026-02-01"}]
    project = world(tmp_path, opportunity=opportunity, stage=STAGES)
    kpis = ("stage_conversion", "leak_rate", "stage_win_rate", "time_in_stage", "stalled_deals")
    (row,) = project.ask(*kpis, period="2026-02").rows
    assert [row[kpi] for kpi in kpis] == [None] * 5


def test_a_stage_without_a_position_is_passed_by_nobody_who_never_stood_in_it(
    tmp_path: Path,
) -> None:
    stages = [*STAGES, {"pipeline": "new", "stage": "legal", "kind": "open"}]
    project = of_deals(
        tmp_path,
        """
        opportunity_id
        oak
        """,
        """
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-02T08:00:00Z
        oak            | offer | 2026-02-15T08:00:00Z
        oak            | talk  | 2026-03-03T08:00:00Z
        oak            | legal | 2026-03-26T08:00:00Z
        """,
        stage=stages,
    )
    # In March oak came to stand behind talk; that it jumped to offer in February passes nothing.
    assert classes(project, "legal", period="2026-03") == {"fresh": 1}
    assert classes(project, "legal", period="2026-02") == {}


def test_a_win_that_became_a_loss_is_lost_in_the_stage_before_it(tmp_path: Path) -> None:
    project = of_deals(
        tmp_path,
        """
        opportunity_id
        oak
        """,
        """
        opportunity_id | stage | entered_at
        oak            | offer | 2026-02-08T08:00:00Z
        oak            | won   | 2026-02-20T08:00:00Z
        oak            | lost  | 2026-02-28T08:00:00Z
        """,
    )
    assert classes(project, "offer", period="2026-02", as_of="2026-02-21") == {"advanced": 1}
    assert classes(project, "offer", period="2026-02") == {"lost": 1}
