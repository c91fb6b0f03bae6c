"""Pipeline coverage: what is due against what is still to be sold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

QUOTA = drawn("""
    owner_kind | owner_id | starts_on  | ends_on    | amount
    rep        | ann      | 2026-02-01 | 2026-02-28 | 1000
    rep        | bob      | 2026-02-01 | 2026-02-28 | 1000
""")


def test_coverage_of_a_running_period_stands_at_the_as_of_instant(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | expected_close_on | amount
        oak            | ann      | won     | 2026-01-05 | 2026-02-03 | 2026-02-03        | 500
        elm            | ann      |         | 2026-01-05 |            | 2026-02-20        | 1200
        ash            | bob      |         | 2026-02-05 |            | 2026-02-28        | 1800
        fir            | bob      |         | 2026-01-05 |            | 2026-03-01        | 7000
        yew            | bob      |         | 2026-01-05 |            | 2026-02-05        | 9000
        box            | bob      | won     | 2026-01-05 | 2026-02-25 | 2026-02-25        | 750
    """)
    # on 10 February open and due from then to the 28th: elm, ash and box, which is not won yet:
    # 3,750; the quota is 2,000, of which 500 are booked: 3,750 / 1,500
    project = world(tmp_path, as_of="2026-02-10", opportunity=opportunity, quota=QUOTA)
    assert value(project, "pipeline_coverage", period="2026-02") == pytest.approx(2.5)
    # ann 1,200 / 500, bob 2,550 / 1,000
    answer = project.ask("pipeline_coverage", period="2026-02", by="rep")
    assert by(answer, "rep", "pipeline_coverage") == {
        "Ann": pytest.approx(2.4),
        "Bob": pytest.approx(2.55),
        "Cid": None,
    }


def test_coverage_of_a_finished_period_stands_at_its_first_instant(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | expected_close_on | amount
        oak            | ann      | won     | 2026-01-05 | 2026-02-03 | 2026-02-03        | 600
        elm            | ann      |         | 2026-01-05 |            | 2026-05-20        | 1400
        ash            | bob      | won     | 2026-02-05 | 2026-02-20 | 2026-02-20        | 1800
        fir            | bob      | lost    | 2026-01-05 | 2026-02-09 | 2026-02-28        | 3000
        yew            | bob      |         | 2026-01-05 |            | 2026-03-01        | 9000
        box            | bob      | won     | 2026-01-05 | 2026-01-20 | 2026-02-20        | 9000
    """)
    opportunity_change = drawn("""
        opportunity_id | field             | old_value  | new_value  | changed_at
        elm            | expected_close_on | 2026-02-20 | 2026-05-20 | 2026-02-18
        elm            | amount            | 1000       | 1400       | 2026-02-18
    """)
    # when February began oak 600, elm 1,000 and fir 3,000 stood open and due in it;
    # ash was not there, yew is due in March, box was won; nothing was booked: 4,600 / 2,000
    project = world(
        tmp_path, opportunity=opportunity, opportunity_change=opportunity_change, quota=QUOTA
    )
    assert value(project, "pipeline_coverage", period="2026-02") == pytest.approx(2.3)


def test_coverage_is_empty_once_the_quota_is_reached(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | expected_close_on | amount
        oak            | ann      | won     | 2026-01-05 | 2026-02-03 | 2026-02-03        | 1000
        elm            | ann      |         | 2026-01-05 |            | 2026-02-20        | 1200
        ash            | bob      | won     | 2026-01-05 | 2026-02-03 | 2026-02-28        | 1500
        fir            | bob      |         | 2026-01-05 |            | 2026-02-20        | 1200
    """)
    # ann has her 1,000, bob 1,500: nothing is left to cover
    project = world(tmp_path, as_of="2026-02-10", opportunity=opportunity, quota=QUOTA)
    assert value(project, "pipeline_coverage", period="2026-02") is None
    answer = project.ask("pipeline_coverage", period="2026-02", by="rep")
    assert by(answer, "rep", "pipeline_coverage") == {"Ann": None, "Bob": None, "Cid": None}


def test_coverage_without_a_quota_is_unknown(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | expected_close_on | amount
        oak            | ann      |         | 2026-01-05 |            | 2026-02-20        | 1000
        elm            | ann      | won     | 2026-01-05 | 2026-01-06 | 2026-01-06        | 1000
    """)
    # February: 1,000 due, 2,000 to sell; January has no quota
    project = world(tmp_path, as_of="2026-02-10", opportunity=opportunity, quota=QUOTA)
    assert value(project, "pipeline_coverage", period="2026-02") == pytest.approx(0.5)
    assert value(project, "pipeline_coverage", period="2026-01") is None


def test_coverage_of_a_slice_without_a_quota_is_unknown(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | created_at | closed_at  | expected_close_on | amount
        oak            | ann      |         | 2026-01-05 |            | 2026-02-20        | 100
        elm            | ann      | won     | 2026-01-05 | 2026-02-03 | 2026-02-03        | -100
    """)
    quota = drawn("""
        owner_kind | owner_id | starts_on  | ends_on    | amount
        company    | all      | 2026-02-01 | 2026-02-28 | 1000
    """)
    # 100 due against 1,100 still to win; that 100 were given back makes no quota for ann
    project = world(tmp_path, as_of="2026-02-10", opportunity=opportunity, quota=quota)
    assert value(project, "pipeline_coverage", period="2026-02") == pytest.approx(1 / 11)
    answer = project.ask("pipeline_coverage", period="2026-02", by="rep")
    assert by(answer, "rep", "pipeline_coverage") == {"Ann": None, "Bob": None, "Cid": None}
