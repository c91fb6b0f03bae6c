import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from foresail.project.results import Benchmark, Explanation, KpiInfo
from foresail.project.show.kpis import benchmark_words, show_explanation, show_kpis
from foresail.project.show.layout import console
from tests.project.show.made import AS_OF

WIN_RATE = KpiInfo(
    id="win_rate",
    label="Win rate",
    theme="Win rates",
    theme_question="How much of what we take up do we win?",
    meaning="The share of the deals decided in the period that were won.",
    formula="won ÷ decided",
    anchor="closed_on",
    credit="the owner at close",
    unit="share",
    better="higher",
    kind="result: what came of it",
    benchmark=Benchmark(0.17, 0.2, "HubSpot 2024"),
    demands=("S0.1", "S3.4"),
    section="Winning",
    dimensions=("rep", "team"),
    caveats=("It flatters a rep who never closes lost deals.",),
)
CALLS = KpiInfo(
    id="outbound_calls",
    label="Outbound calls",
    theme="Activity",
    theme_question="How much do we do?",
    meaning="Completed outbound calls.",
    formula="calls",
    anchor="occurred_at",
    credit="who did it",
    unit="count",
    better="on target",
    kind="action: what we do, and can change this week",
    benchmark=None,
    demands=(),
    section="2",
    dimensions=("rep",),
    missing=("activity.direction",),
)


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_entries_stand_under_the_question_of_their_theme(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_kpis(console(), [CALLS, WIN_RATE], knows_data=True)
    assert capsys.readouterr().out.splitlines() == [
        "",
        "Activity  How much do we do?",
        "",
        "✗ outbound_calls",
        "    Completed outbound calls.",
        "    = calls",
        "    count · action · best on target",
        "    missing in this project: activity.direction",
        "",
        "Win rates  How much of what we take up do we win?",
        "",
        "  win_rate",
        "    The share of the deals decided in the period that were won.",
        "    = won ÷ decided",
        "    share · result · higher is better · benchmark 17.0 % to 20.0 % (HubSpot",
        "    2024)",
    ]


def test_without_a_project_nothing_is_said_about_data(capsys: pytest.CaptureFixture[str]) -> None:
    show_kpis(console(), [CALLS], knows_data=False)
    assert "missing" not in capsys.readouterr().out


def test_a_benchmark_may_be_open_at_one_end() -> None:
    assert benchmark_words(Benchmark(3, None, "Bridge 2024"), "ratio") == "from 3 (Bridge 2024)"
    assert benchmark_words(Benchmark(None, 300, "HBR 2011"), "duration") == "up to 5 min (HBR 2011)"
    assert benchmark_words(Benchmark(0.2, 0.2, "X 2020"), "share") == "20.0 % (X 2020)"


def test_an_explanation_ends_with_the_sql(capsys: pytest.CaptureFixture[str]) -> None:
    period = (dt.date(2017, 7, 1), dt.date(2017, 10, 1))
    explanation = Explanation(WIN_RATE, "SELECT 1\nFROM deals", AS_OF, period, ("A note.",))
    show_explanation(console(), explanation, ZoneInfo("Europe/Berlin"))
    assert capsys.readouterr().out.splitlines() == [
        "Win rate  win_rate",
        "The share of the deals decided in the period that were won.",
        "",
        "Formula       won ÷ decided",
        "Dated by      closed_on",
        "Credited to   the owner at close",
        "Unit          share, higher is better",
        "Kind          result: what came of it",
        "Benchmark     17.0 % to 20.0 % (HubSpot 2024)",
        "Split by      rep, team",
        "Answers       S0.1 How soon does a person call back whoever asked? Within the",
        "              hour is the goal. S3.4 How many meetings are missed or moved, and",
        "              by whom?",
        "Cases         docs/definitions.md, Winning",
        "· It flatters a rep who never closes lost deals.",
        "· A note.",
        "",
        "SQL for July to September 2017, as of 31 Dec 2017",
        "SELECT 1",
        "FROM deals",
    ]
