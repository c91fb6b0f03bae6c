"""Figures of the AdventureWorks data set, worked out by SQL in its reference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project

EXAMPLES = Path(__file__).parents[2] / "examples"
FIRST, SECOND = "2011-05-31..2011-08-30", "2011-08-31..2011-11-30"

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def works(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("works")
    (folder / "foresail.toml").write_text("as_of = 2011-12-24\ncurrency = 'USD'\n")
    project = Project.open(folder)
    assert isinstance(project, Project)
    project.load(shared_data / "adventureworks_sales", mapping=EXAMPLES / "adventureworks.toml")
    yield project
    project.close()


def test_attainment_of_the_first_quota_period(works: Project) -> None:
    answer = works.ask("quota_attainment", "reps_at_quota", period=FIRST)
    (row,) = answer.rows
    assert round(row["quota_attainment"], 6) == 0.821831
    assert round(row["quota_attainment.numerator"], 2) == 3_193_633.97
    assert row["quota_attainment.denominator"] == 3_886_000
    assert row["reps_at_quota"] == 0.1
    assert (row["reps_at_quota.numerator"], row["reps_at_quota.denominator"]) == (1, 10)


def test_attainment_of_the_second_quota_period(works: Project) -> None:
    (row,) = works.ask("quota_attainment", "reps_at_quota", period=SECOND).rows
    assert round(row["quota_attainment"], 6) == 0.865790
    assert row["reps_at_quota"] == 0


def test_attainment_of_each_rep(works: Project) -> None:
    answer = works.ask("quota_attainment", by="rep", period=FIRST)
    found = {
        row["rep"]: round(row["quota_attainment"], 6)
        for row in answer.rows
        if row["quota_attainment"] is not None
    }
    assert found == {
        "274": 0.806596,
        "275": 0.830397,
        "276": 0.720655,
        "277": 0.805461,
        "278": 0.849736,
        "279": 0.813946,
        "280": 1.159567,
        "281": 0.819568,
        "282": 0.816395,
        "283": 0.899771,
    }


def test_online_orders_are_revenue_and_no_attainment(works: Project) -> None:
    (row,) = works.ask("revenue", "deals_won", period="2011").rows
    assert row["deals_won"] == 1566
    assert round(row["revenue"], 4) == 12_527_981.9927
    answer = works.ask("quota_attainment", period=FIRST)
    (row,) = works.ask("revenue", period=FIRST).rows
    without = row["revenue"] - 3_193_633.9687
    assert f"Bookings of {without:,.2f} USD have no rep" in answer.notes[0]


def test_a_win_rate_without_any_loss_says_so(works: Project) -> None:
    answer = works.ask("win_rate", period="2011")
    assert "No lost opportunity was ever loaded: a win rate says nothing here." in answer.notes
