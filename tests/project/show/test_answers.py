import datetime as dt
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest
from rich.text import Text

from foresail.project.results import Answer
from foresail.project.show.answers import show_answer
from foresail.project.show.beside import change
from foresail.project.show.layout import console
from tests.project.show.made import (
    BEFORE,
    CYCLE,
    REP,
    REVENUE,
    SEASON,
    WIN_RATE,
    answer,
    compared,
    value,
)

BERLIN = ZoneInfo("Europe/Berlin")
ANNA: dict[str, Any] = {
    "rep": "Anna Snelling",
    "rep_id": "Anna Snelling",
    "win_rate": 71 / 104,
    "win_rate.numerator": 71,
    "win_rate.denominator": 104,
    "win_rate.low": 0.588,
    "win_rate.high": 0.764,
    "revenue": 275056.0,
    "sales_cycle": 51.782 * 86400,
    "sales_cycle.n": 71,
}
CECILY: dict[str, Any] = {
    "rep": "Cecily Lampkin",
    "rep_id": "Cecily Lampkin",
    "win_rate": None,
    "win_rate.numerator": 0,
    "win_rate.denominator": 0,
    "revenue": 0.0,
    "sales_cycle": None,
    "sales_cycle.n": 0,
}


class Shown(Protocol):
    def __call__(self, given: Answer, columns: str = ...) -> list[str]: ...


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    def show(given: Answer, columns: str = "80") -> list[str]:
        monkeypatch.setenv("COLUMNS", columns)
        show_answer(console(), given, BERLIN)
        return capsys.readouterr().out.splitlines()

    return show


def test_a_value_stands_beside_its_fraction_and_interval(shown: Shown) -> None:
    assert shown(answer((*REP, *WIN_RATE), [ANNA, CECILY])) == [
        "July to September 2017 · as of 31 Dec 2017",
        "",
        "Rep             Win rate      of  95 % range",
        "────────────────────────────────────────────",
        "Anna Snelling     68.3 %  71/104     59–76 %",
        "Cecily Lampkin         –     0/0",
    ]


def test_kpis_that_do_not_fit_go_into_a_further_table(shown: Shown) -> None:
    lines = shown(answer((*REP, *WIN_RATE, *REVENUE, *CYCLE), [ANNA, CECILY]), "60")
    assert lines[2:] == [
        "                                              Revenue",
        "Rep             Win rate      of  95 % range    (USD)",
        "─────────────────────────────────────────────────────",
        "Anna Snelling     68.3 %  71/104     59–76 %  275,056",
        "Cecily Lampkin         –     0/0                    0",
        "",
        "Rep             Sales cycle   n",
        "───────────────────────────────",
        "Anna Snelling        51.8 d  71",
        "Cecily Lampkin            –   0",
    ]


def test_one_row_goes_down_the_page_with_units(shown: Shown) -> None:
    assert shown(answer((*WIN_RATE, *REVENUE, *CYCLE), [ANNA], period_name="last-quarter")) == [
        "Last quarter, July to September 2017 · as of 31 Dec 2017",
        "",
        "KPI                Value      of  95 % range   n",
        "────────────────────────────────────────────────",
        "Win rate          68.3 %  71/104     59–76 %",
        "Revenue      275,056 USD",
        "Sales cycle       51.8 d                      71",
    ]


def test_a_comparison_shows_before_and_change(shown: Shown) -> None:
    row = {
        "win_rate": 0.5,
        "win_rate.before": 0.55,
        "win_rate.change": -0.05,
        "revenue": 240.5,
        "revenue.before": 200.0,
        "revenue.change": 40.5,
        "revenue.change_share": 0.2025,
    }
    columns = compared(WIN_RATE[0], *REVENUE)
    given = answer(columns, [row], compared_with=BEFORE, working_days=65, compared_working_days=64)
    assert shown(given) == [
        "July to September 2017 (65 working days) · as of 31 Dec 2017",
        "compared with April to June 2017 (64 working days)",
        "",
        "KPI            Value  before      change",
        "────────────────────────────────────────",
        "Win rate      50.0 %  55.0 %  ▼ −5.0 pts",
        "Revenue   240.50 USD     200   ▲ +20.2 %",
    ]


def test_totals_are_the_last_row(shown: Shown) -> None:
    given = answer((*REP, *REVENUE), [ANNA, CECILY], totals={"revenue": 10005534.0})
    assert shown(given)[2:] == [
        "                   Revenue",
        "Rep                  (USD)",
        "──────────────────────────",
        "Anna Snelling      275,056",
        "Cecily Lampkin           0",
        "──────────────────────────",
        "All             10,005,534",
    ]


def test_two_reps_of_one_name_are_told_apart_by_their_ids(shown: Shown) -> None:
    rows = [{**ANNA, "rep_id": "17"}, {**ANNA, "rep_id": "18"}]
    assert shown(answer((*REP, *WIN_RATE[:1]), rows))[2:] == [
        "Rep            Rep id  Win rate",
        "───────────────────────────────",
        "Anna Snelling  17        68.3 %",
        "Anna Snelling  18        68.3 %",
    ]


def test_a_series_names_its_quarters(shown: Shown) -> None:
    rows = [
        {"period": dt.date(2017, 4, 1), "deals_won": 1021},
        {"period": dt.date(2017, 7, 1), "deals_won": 1257},
    ]
    given = answer((SEASON, value("deals_won", "Deals won", "count")), rows, grain="quarter")
    assert shown(given)[2:] == [
        "Period        Deals won",
        "───────────────────────",
        "Apr–Jun 2017      1,021",
        "Jul–Sep 2017      1,257",
    ]


def test_notes_follow_as_paragraphs(shown: Shown) -> None:
    given = answer(WIN_RATE[:1], [ANNA], notes=("Owner as of now: no history is loaded.",))
    assert shown(given, "30")[-3:] == ["", "· Owner as of now: no history", "  is loaded."]


def test_no_rows_are_said(shown: Shown) -> None:
    given = answer((*REP, *REVENUE), [])
    assert shown(given)[-1] == "No record falls into this question."


def test_a_name_cannot_steer_the_terminal(shown: Shown) -> None:
    row = {**ANNA, "rep": "Eve\x1b[2J\nGone"}
    assert shown(answer((*REP, *WIN_RATE[:1]), [row]))[-1] == "Eve [2J Gone    68.3 %"


@pytest.mark.parametrize(
    ("better", "difference", "expected"),
    [
        ("higher", 12, "▲ +12 green"),
        ("higher", -12, "▼ −12 red"),
        ("lower", 12, "▲ +12 red"),
        ("lower", -12, "▼ −12 green"),
        ("on target", 12, "▲ +12 "),
        ("higher", 0, "= 0 "),
    ],
)
def test_colour_goes_with_the_sign_and_by_what_is_better(
    better: str, difference: int, expected: str
) -> None:
    cell = change({"calls.change": difference}, value("calls", "Calls", "count", better))
    assert f"{cell.text} {cell.style}" == expected


def test_a_pipe_gets_no_colour(shown: Shown) -> None:
    lines = shown(answer((*REP, *WIN_RATE), [ANNA, CECILY]))
    assert "\x1b" not in "".join(lines)
    assert Text.from_ansi("\n".join(lines)).plain == "\n".join(lines)
