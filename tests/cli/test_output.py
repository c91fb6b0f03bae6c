import datetime as dt
import json
import sys
from decimal import Decimal

import pytest
import typer

from foresail.cli import output
from foresail.cli.output import Format, csv_cell, write_csv, write_json, write_rows


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_in_csv_can_run_as_a_formula(start: str) -> None:
    assert csv_cell(f"{start}cmd") == f"'{start}cmd"


def test_numbers_in_csv_stay_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(["kpi", "change"], [["Calls", -12], ["Win rate", -0.05], ["Revenue", None]])
    assert capsys.readouterr().out == "kpi,change\nCalls,-12\nWin rate,-0.05\nRevenue,\n"


def test_json_writes_instants_in_utc_and_unknown_as_null(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_json(
        {
            "at": dt.datetime(2017, 12, 31, 22, 59, 59),
            "on": dt.date(2017, 12, 31),
            "amount": Decimal("12.50"),
            "unknown": None,
        }
    )
    assert json.loads(capsys.readouterr().out) == {
        "at": "2017-12-31T22:59:59Z",
        "on": "2017-12-31",
        "amount": 12.5,
        "unknown": None,
    }


def test_json_has_no_way_to_write_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json({"share": float("nan")})


def test_rows_without_any_row_still_have_a_header(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(Format.CSV, ["load_id", "files"], [])
    assert capsys.readouterr().out == "load_id,files\n"


@pytest.mark.parametrize("form", [Format.ARROW, Format.PARQUET])
def test_bytes_are_kept_off_the_screen(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(typer.BadParameter, match=f"> answer.{form.value}"):
        output.refuse_terminal(form)
