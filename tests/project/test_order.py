"""Answers by stage come in the order in which deals and leads pass the stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from foresail.project import Project
from tests.catalogue import drawn
from tests.world import world

STAGES = drawn("""
    pipeline | stage  | position | kind
    new      | won    | 1        | won
    new      | talk   | 2        | open
    new      | deal   | 3        | open
    new      | extra  |          | open
    again    | offer  | 2        | open
    again    | deal   | 1        | open
    again    | lost   | 0        | lost
""")
DEALS = [
    {
        "opportunity_id": f"{pipeline}-{stage}",
        "pipeline": pipeline,
        "stage": stage,
        "created_at": "2026-01-02T08:00:00Z",
        "amount": "1",
    }
    for pipeline, stage in (
        ("new", "deal"),
        ("new", "talk"),
        ("new", "strange"),
        ("new", "extra"),
        ("again", "offer"),
        ("again", "deal"),
        ("again", None),
    )
]
HISTORY = drawn("""
    lead_id | stage        | reached_at
    1       | mql          | 2026-02-02T08:00:00Z
    1       | sql          | 2026-02-03T08:00:00Z
    1       | opportunity  | 2026-02-04T08:00:00Z
    1       | disqualified | 2026-02-05T08:00:00Z
""")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    directory: Path = tmp_path_factory.mktemp("order")
    leads = [{"lead_id": "1", "created_at": "2026-02-01T08:00:00Z"}]
    return world(directory, stage=STAGES, opportunity=DEALS, lead=leads, lead_stage=HISTORY)


def test_stages_stand_by_their_first_position_those_without_one_behind(project: Project) -> None:
    rows = project.ask("open_deals", by="stage", period="2026-02").rows
    assert [row["stage"] for row in rows] == ["deal", "offer", "talk", "extra", "strange", None]


def test_within_a_pipeline_its_own_order_holds(project: Project) -> None:
    rows = project.ask("open_deals", by=("pipeline", "stage"), period="2026-02").rows
    assert [(row["pipeline"], row["stage"]) for row in rows] == [
        ("again", "deal"),
        ("again", "offer"),
        ("again", None),
        ("new", "talk"),
        ("new", "deal"),
        ("new", "extra"),
        ("new", "strange"),
    ]


def test_a_waterfall_by_stage_has_the_same_order(project: Project) -> None:
    rows = project.waterfall(by="stage", period="2026-02").rows
    assert [row["stage"] for row in rows] == ["deal", "offer", "talk", "extra", "strange", None]


@pytest.mark.parametrize("dimension", ["stage", "lead_stage"])
def test_stages_of_leads_stand_as_leads_pass_them(project: Project, dimension: str) -> None:
    rows = project.ask("qualified_rate", by=dimension, period="2026-02").rows
    assert [row[dimension] for row in rows] == ["lead", "mql", "sql", "opportunity"]


def test_an_order_that_is_asked_for_goes_first(project: Project) -> None:
    rows = project.ask("open_deals", by="stage", period="2026-02", order="stage").rows
    assert [row["stage"] for row in rows] == ["deal", "extra", "offer", "strange", "talk", None]
