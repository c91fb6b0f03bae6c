"""Figures of a simulated seller of software; those of deals are SQL in its reference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from foresail.project.ranking import ranking
from tests.world import by

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = 86_400

pytestmark = pytest.mark.shared_data

# rep: won, won and lost, win rate, won amount
REPS = {
    "rep_000001": (113, 234, 0.482906, 6_576_065),
    "rep_000002": (96, 205, 0.468293, 5_604_001),
    "rep_000003": (102, 219, 0.465753, 6_201_285),
    "rep_000004": (104, 223, 0.466368, 6_158_300),
    "rep_000005": (105, 224, 0.46875, 6_509_504),
    "rep_000006": (101, 225, 0.448889, 6_862_855),
    "rep_000007": (113, 230, 0.491304, 7_111_126),
    "rep_000008": (101, 214, 0.471963, 6_171_157),
    "rep_000009": (119, 247, 0.481781, 7_261_919),
    "rep_000010": (95, 196, 0.484694, 5_758_499),
}


@pytest.fixture(scope="module")
def forge(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("forge")
    (folder / "foresail.toml").write_text("as_of = 2024-04-28\ncurrency = 'USD'\n")
    project = Project.open(folder)
    assert isinstance(project, Project)
    project.load(shared_data / "leadforge_dev_seed42", mapping=EXAMPLES / "leadforge.toml")
    yield project
    project.close()


def test_the_whole(forge: Project) -> None:
    (row,) = forge.ask(
        "lead_flow",
        "outbound_calls",
        "connect_rate",
        "deals_won",
        "deals_lost",
        "win_rate",
        "revenue",
        "sales_cycle",
        "mean_sales_cycle",
        period="all",
    ).rows
    assert row["lead_flow"] == 5_000
    assert row["outbound_calls"] == 15_205
    assert round(row["connect_rate"], 6) == 0.199934
    assert (row["deals_won"], row["deals_lost"]) == (1_049, 1_168)
    assert round(row["win_rate"], 6) == 0.473162
    assert row["revenue"] == 64_214_711
    assert row["sales_cycle"] == 50 * DAY
    assert round(row["mean_sales_cycle"] / DAY, 4) == 49.8398


def test_every_rep(forge: Project) -> None:
    answer = forge.ask("win_rate", "revenue", by="rep", period="all")
    found = {
        row["rep"]: (
            row["win_rate.numerator"],
            row["win_rate.denominator"],
            round(row["win_rate"], 6),
            row["revenue"],
        )
        for row in answer.rows
    }
    assert found == REPS


def test_the_open_pipeline_by_stage(forge: Project) -> None:
    answer = forge.ask("open_deals", "pipeline_value", by="stage", period="all")
    assert by(answer, "stage", "open_deals") == {
        "negotiation": 2_313,
        "proposal_sent": 68,
        "demo_completed": 30,
        "demo_scheduled": 11,
        "sql": 2,
    }
    assert by(answer, "stage", "pipeline_value")["negotiation"] == 142_034_210


def test_response_waits_for_those_without_an_answer(forge: Project) -> None:
    # Over answered leads alone it would be 10 days; 130 of 2,274 wait still.
    (row,) = forge.ask("lead_response_time", period="2024-01").rows
    assert row["lead_response_time"] == 11 * DAY
    assert row["lead_response_time.unanswered"] == 130


def test_a_cohort_counts_those_who_are_old_enough(forge: Project) -> None:
    # The leads of the 30th of January are 90 days old a day later.
    for as_of, won, old_enough in (
        ("2024-04-28", 1_018, 4_844),
        ("2024-05-01", 1_049, 5_000),
        ("2024-12-31", 1_049, 5_000),
    ):
        (row,) = forge.ask("lead_to_customer_cohort", period="2024-01", as_of=as_of).rows
        assert row["lead_to_customer_cohort.numerator"] == won
        assert row["lead_to_customer_cohort.denominator"] == old_enough


def test_no_rep_can_be_told_from_another(forge: Project) -> None:
    kpis = ("revenue", "deals_won", "win_rate", "avg_deal_size", "sales_cycle")
    answer = forge.ask(*kpis, by="rep", period="all")
    infos = {each.id: each for each in forge.kpis()}
    for kpi in kpis:
        found = ranking(infos[kpi], answer, lambda kpi=kpi: forge.records(kpi, period="all"))  # type: ignore[misc]
        assert found is not None
        assert found.is_tested, kpi
        assert (found.groups, found.ranked) == (1, 10), kpi
