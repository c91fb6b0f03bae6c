"""What numbers leave out is counted in one scan for measures that share their rows, and once."""

from __future__ import annotations

from typing import Any

import pytest

from foresail.project import Project
from foresail.project.asking import Words, resolve
from tests.catalogue import drawn
from tests.counted import Counted
from tests.world import world

DEALS = drawn("""
    opportunity_id | owner_id | outcome | created_at | closed_at  | amount | deleted_at
    oak            | ann      | won     | 2026-03-01 | 2026-03-20 | 600    |
    elm            | ann      | won     | 2026-03-02 | 2026-03-21 |        |
    fir            | bob      | won     | 2026-03-02 | 2026-03-22 | 50     | 2026-03-25
    yew            | bob      | lost    | 2026-03-02 | 2026-03-22 | 50     | 2026-03-25
    ash            | cid      | won     | 2026-03-02 |            | 70     |
    fig            | cid      |         | 2026-03-02 |            |        |
    bay            | cid      |         | 2026-03-02 |            | 80     |
""")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return world(tmp_path_factory.mktemp("gaps"), opportunity=DEALS)


def gaps(project: Project, *kpis: str, by: tuple[str, ...] = (), **where: list[str]) -> Any:
    runner = Counted()
    project.runner = runner
    with project._reader() as reader:
        words = Words(kpis, by, None, "2026-03", where=where)
        asked = resolve(reader.data, project.settings, project.catalogue, words)
        found = reader.gaps(asked)
    return {(measure.id, kind): n for measure, kind, n in found}, len(runner.ran)


def test_measures_of_the_same_rows_are_counted_together(project: Project) -> None:
    found, queries = gaps(project, "deals_won", "deals_lost", "pipeline_value")
    assert queries == 1
    assert found == {
        ("Opportunities.won", "late"): 2,  # oak and elm: everything is loaded today
        ("Opportunities.won", "deleted"): 1,  # fir
        ("Opportunities.won", "undated"): 1,  # ash
        ("Opportunities.lost", "deleted"): 1,  # yew
        ("OpenDeals.open_value", "unknown"): 1,  # fig
        ("OpenDeals.open_value", "late"): 2,
    }


def test_what_another_question_counted_is_not_counted_again(project: Project) -> None:
    gaps(project, "deals_won", "deals_lost")
    found, queries = gaps(project, "deals_won", by=("team",))
    assert queries == 0
    assert found["Opportunities.won", "deleted"] == 1
    found, queries = gaps(project, "win_rate", by=("team",))
    assert queries == 1
    assert found["Opportunities.decided", "deleted"] == 2  # fir and yew


def test_each_filter_is_counted_by_itself(project: Project) -> None:
    of_bob, _ = gaps(project, "deals_won", rep=["Bob"])
    of_ann, _ = gaps(project, "deals_won", rep=["Ann"])
    assert ("Opportunities.won", "late") not in of_bob
    assert of_bob["Opportunities.won", "deleted"] == 1
    assert ("Opportunities.won", "deleted") not in of_ann
    assert of_ann["Opportunities.won", "late"] == 2
    assert ("Opportunities.won", "undated") not in of_ann
    of_cid, _ = gaps(project, "deals_won", rep=["Cid"])
    assert of_cid["Opportunities.won", "undated"] == 1  # ash


def test_rows_of_others_give_no_cause_to_count(project: Project) -> None:
    gaps(project, "deals_lost", rep=["Bob"])
    found, queries = gaps(project, "deals_lost", rep=["Ann"])
    assert (found, queries) == ({}, 1)  # whether any is late or undated
    found, queries = gaps(project, "outbound_calls", rep=["Ann"])
    assert (found, queries) == ({}, 0)
