"""A project's own KPIs in the terminal."""

import json
from pathlib import Path

import pytest

from tests.cli.program import foresail

SETTINGS = """
name = "Hill"
as_of = 2017-12-31
hidden = ["Meeting"]

[[kpi]]
id = "won_per_deal"
meaning = "Amount won for each deal decided."
formula = "{formula}"
unit = "money"
direction = "higher"
"""
DEALS = """\
opportunity_id,owner_id,created_at,closed_at,outcome,amount
1,ann,2017-02-01,2017-02-20,won,1000
2,ann,2017-02-02,2017-02-21,lost,
"""


@pytest.fixture(scope="module")
def hill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hill")
    settings = SETTINGS.replace("{formula}", "revenue / win_rate.denominator")
    (folder / "foresail.toml").write_text(settings)
    (folder / "opportunity.csv").write_text(DEALS)
    loaded = foresail("load", "opportunity.csv", folder=folder)
    assert loaded.returncode == 0, loaded.stderr
    return folder


def test_it_is_asked_and_listed_like_any_other(hill: Path) -> None:
    done = foresail("ask", "won_per_deal", "--period", "2017-02", "--format", "json", folder=hill)
    (row,) = json.loads(done.stdout)["rows"]
    assert row["won_per_deal"] == 500
    listed = foresail("kpis", "--format", "json", folder=hill)
    found = {each["id"]: each for each in json.loads(listed.stdout)}
    assert found["won_per_deal"]["theme"] == "Own"
    assert found["won_per_deal"]["is_answerable"] is True
    assert "no_show_rate" not in found


def test_a_wrong_one_stops_every_command_with_its_place(hill: Path, tmp_path: Path) -> None:
    settings = SETTINGS.replace("{formula}", "revenu / win_rate.denominator")
    (tmp_path / "foresail.toml").write_text(settings)
    done = foresail("ask", "win_rate", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == ["  revenu / win_rate.denominator", "  ^"]
    assert "kpi won_per_deal: formula: there is no KPI revenu. Did you mean revenue?" in done.stderr
