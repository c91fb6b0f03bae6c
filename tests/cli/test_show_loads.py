import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from foresail.cli.show_loads import show_loads, show_quarantine, show_report
from foresail.load.report import LoadReport, TableReport
from foresail.project.results import LoadSummary, QuarantinedRow
from foresail.project.show.layout import console

DEALS = TableReport(
    table="opportunity",
    read=8800,
    accepted=8780,
    updated=0,
    unchanged=10,
    quarantined=10,
    replaced=2,
    files=("sales_pipeline.csv",),
    reasons=(("amount: 'abc' is no number", 8), ("opportunity_id is empty", 2)),
    ignored_columns=("sector",),
)
REPS = TableReport("rep", 35, 35, 0, 0, 0, 0, ("sales_teams.csv",))


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_report_counts_per_table_and_says_where_the_rows_lie(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_report(console(), LoadReport(3, False, (DEALS, REPS), ("metadata.csv",), 4.21))
    assert lines(capsys) == [
        "Load 3, done in 4.2 s",
        "",
        "Table         read  accepted  updated  unchanged  quarantined",
        "─────────────────────────────────────────────────────────────",
        "opportunity  8,800     8,780        0         10           10",
        "rep             35        35        0          0            0",
        "· opportunity: 2 rows have the key of a later row with other values; the later",
        "  one counts (among unchanged).",
        "",
        "Set aside in quarantine",
        "        8 × opportunity: amount: 'abc' is no number",
        "        2 × opportunity: opportunity_id is empty",
        "  See them: foresail quarantine --load 3",
        "· opportunity has no columns of these names: sector",
        "· Not loaded, as no table names them: metadata.csv",
    ]


def test_a_dry_run_says_that_nothing_was_kept(capsys: pytest.CaptureFixture[str]) -> None:
    show_report(console(), LoadReport(None, True, (DEALS,), (), 1.0))
    shown = lines(capsys)
    assert shown[0] == "Dry run: this is what loading would do. Nothing was kept."
    assert not any("quarantine --load" in line for line in shown)


def test_tables_that_were_left_out_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    left_out = ("contact from contact", "activity from task")
    show_report(console(), LoadReport(1, False, (REPS,), (), 1.0, left_out))
    assert lines(capsys)[-2:] == [
        "· Left out, as the mapping says that they may be missing: contact from contact;",
        "  activity from task",
    ]


def test_loads_are_listed_in_the_zone_of_the_organisation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = dt.datetime(2017, 12, 31, 12, 5)
    load = LoadSummary(1, began, began, ("/data/sales_pipeline.csv",), 8800, 8790, 0, 0, 10)
    show_loads(console(), [load], ZoneInfo("Europe/Berlin"))
    assert lines(capsys) == [
        "Load  Began               read  accepted  quarantined  Files",
        "─────────────────────────────────────────────────────────────────────────",
        "   1  31 Dec 2017 13:05  8,800     8,790           10  sales_pipeline.csv",
    ]


def test_no_loads_say_how_to_load(capsys: pytest.CaptureFixture[str]) -> None:
    show_loads(console(), [], ZoneInfo("UTC"))
    assert lines(capsys) == ["Nothing has been loaded yet. Load files with: foresail load FILE..."]


def test_rows_set_aside_stand_under_their_file_with_reason_and_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [
        QuarantinedRow(3, "opportunity", "/d/deals.csv", 17, "amount: 'abc' is no number", "A,abc"),
        QuarantinedRow(3, "opportunity", "/d/deals.csv", None, "opportunity_id is empty", ",5"),
    ]
    show_quarantine(console(), rows, has_more=True)
    assert lines(capsys) == [
        "Load 3  opportunity  from deals.csv",
        "  row 17  amount: 'abc' is no number",
        "    A,abc",
        "  row –  opportunity_id is empty",
        "    ,5",
        "… and more: --limit N, or all of them with --format csv",
    ]
