"""What a notebook and a prompt show of results."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from foresail.core.errors import ProjectError
from foresail.core.kpis import Benchmark
from foresail.project.results import ColumnInfo, Explanation, KpiInfo, Kpis, Waterfall
from tests.project.show.made import (
    AS_OF,
    QUARTER,
    REP,
    REVENUE,
    WIN_RATE,
    answer,
    compared,
    records,
)

HOSTILE = "<script>alert(1)</script>"
ROWS: list[dict[str, Any]] = [
    {
        "rep": HOSTILE,
        "rep_id": "r1",
        "win_rate": 0.5,
        "win_rate.numerator": 2,
        "win_rate.denominator": 4,
        "win_rate.low": 0.15,
        "win_rate.high": 0.85,
        "revenue": 1200.0,
        "revenue.before": 1000.0,
        "revenue.change": 200.0,
        "revenue.change_share": 0.2,
    },
    {"rep": "Bob", "rep_id": "r2", "win_rate": None, "revenue": None},
]
INFO = KpiInfo(
    id="win_rate",
    label="Win rate",
    theme="Winning",
    theme_question="How many do we win?",
    meaning=f"Share won {HOSTILE}.",
    formula="won ÷ decided",
    anchor="the close",
    credit="the owner",
    unit="share",
    better="higher",
    kind="result",
    benchmark=Benchmark(0.2, 0.3, HOSTILE),
    demands=("S0.7",),
    section="9",
    dimensions=("rep",),
    caveats=("Duplicates are no losses.",),
)


class Read(HTMLParser):
    """The tags and the text of some HTML; the style apart."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self.tags[-1] != "style":
            self.words.append(data)


def test_an_answer_is_a_table_with_all_that_makes_it_trusted() -> None:
    found = answer(
        [*REP, *WIN_RATE, *compared(*REVENUE)],
        ROWS,
        by=("rep",),
        totals={**ROWS[0], "rep": None, "revenue": 2200.0},
        notes=(f"Mind {HOSTILE}.",),
    )
    html = found._repr_html_()
    read = Read(html)
    assert "script" not in read.tags
    assert read.tags.count("tr") == 4  # the head, two reps, the totals
    assert {"thead", "tbody", "tfoot"} <= set(read.tags)
    words = read.words
    for expected in ("50.0 %", "2/4", "15–85 %", "Revenue (USD)", "1,200", "▲ +20.0 %", "–"):
        assert expected in words, expected
    assert HOSTILE in words
    assert f"Mind {HOSTILE}." in words
    assert any("as of 31 Dec 2017" in each for each in words)
    assert '<span class="green">▲ +20.0 %</span>' in html


def test_an_answer_at_the_prompt_reads_like_the_terminals() -> None:
    lines = repr(answer([*REP, *WIN_RATE], ROWS, by=("rep",))).splitlines()
    assert lines[0] == "July to September 2017 · as of 31 Dec 2017 22:59"
    assert lines[2].split() == ["Rep", "Win", "rate", "of", "95", "%", "range"]
    assert lines[5].split() == ["Bob", "–"]


def test_instants_are_in_the_organisations_zone() -> None:
    found = answer([*REP, *WIN_RATE], ROWS, by=("rep",), zone="Europe/Berlin")
    assert "as of 31 Dec 2017\n" in repr(found)


def test_a_long_answer_says_how_much_more_there_is() -> None:
    many = answer(
        [*REP, *REVENUE], [{"rep": str(n), "revenue": 1.0} for n in range(75)], by=("rep",)
    )
    assert Read(many._repr_html_()).tags.count("tr") == 31
    assert "… and 45 more rows: .to_pandas() has all of them." in Read(many._repr_html_()).words
    assert "… and 45 more rows" in repr(many)


def test_an_answer_without_rows_says_so() -> None:
    empty = answer([*REP, *WIN_RATE], [], by=("rep",))
    assert "No record falls into this question." in Read(empty._repr_html_()).words


def test_records_are_listed_and_counted() -> None:
    columns = [
        ColumnInfo("opportunity_id", "Opportunity id", "id"),
        ColumnInfo("closed_at", "Closed at", "dimension"),
        ColumnInfo("value", "Value", "value", "money"),
    ]
    rows = [
        {"opportunity_id": f"o{n}", "closed_at": dt.datetime(2017, 9, n + 1), "value": n * 10.0}
        for n in range(3)
    ]
    rows[0]["opportunity_id"] = HOSTILE
    found = records(columns, rows)
    words = Read(found._repr_html_()).words
    assert any(each.startswith("3 records of revenue") for each in words)
    assert HOSTILE in words
    assert "2 Sep 2017" in words
    assert "3 records of revenue" in repr(found)
    long = records(columns, [{"opportunity_id": f"o{n}", "value": 1.0} for n in range(40)])
    assert "… and 10 more rows: .to_pandas() has all of them." in Read(long._repr_html_()).words
    assert "… and 10 more. All of them: .to_pandas()" in repr(long)


def test_a_definition_has_its_source_and_what_to_mind() -> None:
    read = Read(INFO._repr_html_())
    assert "script" not in read.tags
    for expected in ("won ÷ decided", "the close", f"20.0 % to 30.0 % ({HOSTILE})", "win_rate"):
        assert expected in read.words
    assert "Duplicates are no losses." in read.words
    assert "Dated by      the close" in repr(INFO)


def test_an_explanation_folds_its_query() -> None:
    found = Explanation(INFO, "SELECT '<b>'", AS_OF, QUARTER, ("A note.",), "Europe/Berlin")
    read = Read(found._repr_html_())
    assert {"details", "summary", "pre"} <= set(read.tags)
    assert "b" not in read.tags
    assert "SELECT '<b>'" in read.words
    assert "SQL for July to September 2017, as of 31 Dec 2017" in read.words
    assert repr(found).endswith("SELECT '<b>'")


def test_the_catalogue_is_a_table_for_each_theme() -> None:
    second = replace(INFO, id="talk_time", theme="Activity", theme_question="How much?")
    kpis = Kpis([INFO, replace(INFO, id="deals_won", missing=("opportunity.outcome",)), second])
    read = Read(kpis._repr_html_())
    assert read.tags.count("table") == 2
    assert read.words.count("How many do we win?") == 1
    assert "opportunity.outcome" in read.words
    assert "Winning  How many do we win?" in repr(kpis)


def test_a_waterfall_runs_from_its_opening_to_its_closing() -> None:
    import pyarrow

    steps = {"opening": 100.0, "created": 50.0, "won": 30.0, "closing": 120.0}
    infos = [ColumnInfo(name, name.capitalize(), "value", "money") for name in steps]
    team = ColumnInfo("team", "Team", "dimension", dimension="team")
    table = pyarrow.table({"team": ["north"], **{name: [each] for name, each in steps.items()}})
    found = Waterfall(
        table, (team, *infos), ("team",), False, QUARTER, "2017-Q3", AS_OF, "EUR", (), "UTC"
    )
    lines = [line.split() for line in repr(found).splitlines()]
    assert ["Step", "north"] in lines
    assert lines.index(["Opening", "100"]) < lines.index(["Won", "−30"])
    assert ["Closing", "120"] in lines
    assert "−30" in Read(found._repr_html_()).words


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("polars", "pandas"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ProjectError, match=r"polars is not installed. Install it \(pip install"):
        answer([*REP, *REVENUE], []).to_polars()
    with pytest.raises(ProjectError, match="pandas is not installed"):
        answer([*REP, *REVENUE], []).to_pandas()
