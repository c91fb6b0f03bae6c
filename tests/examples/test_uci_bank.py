"""Figures of the UCI bank marketing data set, worked out by SQL in its reference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from tests.world import by

EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.shared_data

# call: clients called at least so often, and the share of them that bought in that call
CALLS = {
    1: (45_211, 0.056646),
    2: (27_667, 0.050638),
    3: (15_162, 0.04076),
    4: (9_641, 0.03288),
    5: (6_119, 0.022716),
    6: (4_355, 0.021125),
    7: (3_064, 0.015339),
    8: (2_329, 0.01374),
    9: (1_789, 0.011738),
    10: (1_462, 0.009576),
}


@pytest.fixture(scope="module")
def bank(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("bank")
    (folder / "foresail.toml").write_text("as_of = 2011-12-31\n")
    project = Project.open(folder)
    assert isinstance(project, Project)
    project.load(shared_data / "uci_bank_marketing", mapping=EXAMPLES / "uci-bank.toml")
    yield project
    project.close()


def test_the_whole(bank: Project) -> None:
    (row,) = bank.ask("outbound_calls", "lead_flow", "deals_won", period="all").rows
    assert row["outbound_calls"] == 124_956
    assert row["lead_flow"] == 45_211
    assert row["deals_won"] == 5_289


def test_the_years_are_those_of_the_campaigns(bank: Project) -> None:
    answer = bank.ask("deals_won", grain="month", period="all")
    months = [str(row["period"])[:7] for row in answer.rows if row["deals_won"]]
    assert (months[0], months[-1]) == ("2008-05", "2010-11")


def test_calls_per_client(bank: Project) -> None:
    (row,) = bank.ask("leads_worked", "follow_ups", "touches_per_lead", period="all").rows
    assert row["leads_worked"] == 45_211
    assert row["follow_ups"] == 124_956 - 45_211
    assert round(row["touches_per_lead"], 6) == 2.763841


def test_who_was_called_once_and_given_up(bank: Project) -> None:
    # 17,544 were called once; 2,561 of them bought then, so nobody gave them up.
    (row,) = bank.ask("single_touch_rate", period="all").rows
    assert round(row["single_touch_rate"], 6) == 0.331402
    assert row["single_touch_rate.numerator"] == 17_544 - 2_561
    assert row["single_touch_rate.denominator"] == 45_211


def test_the_chance_of_each_call(bank: Project) -> None:
    answer = bank.ask("touch_conversion", by="touch_number", period="all")
    shares = by(answer, "touch_number", "touch_conversion")
    called = by(answer, "touch_number", "touch_conversion.denominator")
    assert {call: (called[call], round(shares[call], 6)) for call in CALLS} == CALLS


def test_sales_of_the_fifth_call_or_later(bank: Project) -> None:
    # 92.5884 % of the sales were made by the fourth call.
    (row,) = bank.ask("win_share_5th_touch_or_later", period="all").rows
    assert round(row["win_share_5th_touch_or_later"], 6) == round(1 - 0.925884, 6)
