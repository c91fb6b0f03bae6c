import datetime as dt
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest

from foresail.project.results import ColumnInfo, Records
from foresail.project.show.layout import console
from foresail.project.show.records import show_records
from tests.project.show.made import records

COLUMNS = (
    ColumnInfo("opportunity_id", "Opportunity", "id"),
    ColumnInfo("team", "Team", "dimension"),
    ColumnInfo("closed_on", "Closed", "dimension"),
    ColumnInfo("comment", "Comment", "dimension"),
    ColumnInfo("value", "Value", "value", "money"),
)
ROWS: list[dict[str, Any]] = [
    {
        "opportunity_id": "1C1I7A6R",
        "team": "North",
        "closed_on": dt.date(2017, 9, 1),
        "value": 1054.0,
    },
    {"opportunity_id": "Z063OYW0", "team": "North", "closed_on": None, "value": 4514.0},
    {"opportunity_id": "EC4QE1BX", "team": "North", "closed_on": dt.date(2017, 9, 7), "value": 50},
]


class Shown(Protocol):
    def __call__(self, given: Records, columns: str = ...) -> list[str]: ...


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    def show(given: Records, columns: str = "80") -> list[str]:
        monkeypatch.setenv("COLUMNS", columns)
        show_records(console(), given, ZoneInfo("Europe/Berlin"))
        return capsys.readouterr().out.splitlines()

    return show


def test_what_all_records_share_is_said_once_and_empty_columns_go(shown: Shown) -> None:
    assert shown(records(COLUMNS, ROWS)) == [
        "3 records of revenue · July to September 2017 · as of 31 Dec 2017",
        "Team: North",
        "",
        "Opportunity  Closed      Value (USD)",
        "────────────────────────────────────",
        "1C1I7A6R     1 Sep 2017        1,054",
        "Z063OYW0     –                 4,514",
        "EC4QE1BX     7 Sep 2017           50",
    ]


def test_columns_without_room_are_named(shown: Shown) -> None:
    assert shown(records(COLUMNS, ROWS), "30")[-5:] == [
        "1C1I7A6R           1,054",
        "Z063OYW0           4,514",
        "EC4QE1BX              50",
        "Not shown: Closed",
        "all columns: --format csv",
    ]


def test_no_records_are_said(shown: Shown) -> None:
    assert shown(records(COLUMNS, [])) == [
        "0 records of revenue · July to September 2017 · as of 31 Dec 2017"
    ]


REPS = (
    ColumnInfo("rep", "Rep", "dimension"),
    ColumnInfo("rep_id", "Rep id", "id"),
    ColumnInfo("value", "Value", "value", "money"),
)


def test_ids_stand_beside_names_only_where_two_share_one(shown: Shown) -> None:
    rows: list[dict[str, Any]] = [
        {"rep": "Ann", "rep_id": "1", "value": 10},
        {"rep": "Bob", "rep_id": "2", "value": 20},
    ]
    assert shown(records(REPS, rows))[2] == "Rep  Value (USD)"
    rows.append({"rep": "Bob", "rep_id": "3", "value": 30})
    assert shown(records(REPS, rows))[2] == "Rep  Rep id  Value (USD)"
