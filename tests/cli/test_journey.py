"""From a folder of files to numbers, and to what is behind them, in the terminal."""

import io
import json
import re
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from tests.cli.program import bytes_of, foresail

FILES = {
    "rep.csv": """\
rep_id,name,team
ann,Ann,North
bob,Bob,South
""",
    # Ann won 1 of 3 decided, Bob 1 of 1; the last row has no date that can be read.
    "opportunity.csv": """\
opportunity_id,owner_id,created_at,closed_at,outcome,amount
1,ann,2017-02-01,2017-02-20,won,1000
2,ann,2017-02-02,2017-02-21,lost,
3,ann,2017-02-03,2017-02-22,lost,
4,bob,2017-02-04,2017-02-23,won,500.5
5,bob,2017-02-05,soon,won,70
""",
    "notes.csv": "text\n=1+1\n",
}
QUESTION = ("--period", "2017-02", "--as-of", "2017-12-31")


@pytest.fixture(scope="module")
def sales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sales")
    made = foresail("init", folder=folder)
    assert made.returncode == 0, made.stderr
    assert "foresail load" in made.stdout
    (folder / "files").mkdir()
    for name, content in FILES.items():
        (folder / "files" / name).write_text(content)
    loaded = foresail("load", "files", folder=folder)
    assert loaded.returncode == 0, loaded.stderr
    return folder


def test_a_load_says_what_became_of_every_row(sales: Path) -> None:
    report = foresail("load", "files", "--dry-run", folder=sales).stdout
    assert report.startswith("Dry run: this is what loading would do. Nothing was kept.")
    assert "notes.csv" in report
    counted = json.loads(
        foresail("load", "files", "--dry-run", "--format", "json", folder=sales).stdout
    )
    opportunities = next(each for each in counted["tables"] if each["table"] == "opportunity")
    assert (opportunities["read"], opportunities["unchanged"]) == (5, 4)
    assert len(json.loads(foresail("loads", "--format", "json", folder=sales).stdout)) == 1


def test_the_loads_and_the_rows_set_aside_are_kept_on_record(sales: Path) -> None:
    (load,) = json.loads(foresail("loads", "--format", "json", folder=sales).stdout)
    assert (load["read"], load["accepted"], load["quarantined"]) == (7, 6, 1)
    shown = foresail("quarantine", "--load", str(load["load_id"]), folder=sales).stdout
    assert "opportunity  from opportunity.csv" in shown
    assert "soon" in shown
    (row,) = json.loads(foresail("quarantine", "--format", "json", folder=sales).stdout)
    assert row["table"] == "opportunity"


def test_a_table_for_people(sales: Path) -> None:
    done = foresail("ask", "win_rate", "--by", "rep", *QUESTION, folder=sales)
    lines = done.stdout.splitlines()
    assert lines[:6] == [
        "February 2017 · as of 31 Dec 2017",
        "",
        "Rep  Win rate   of  95 % range",
        "──────────────────────────────",
        "Ann    33.3 %  1/3      6–79 %",
        "Bob   100.0 %  1/1    21–100 %",
    ]


def test_json_for_programs(sales: Path) -> None:
    done = foresail(
        "ask", "win_rate", "--by", "rep", "--order", "-win_rate", "--limit", "1", "--totals",
        "--format", "json", *QUESTION, folder=sales,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["kpis"] == ["win_rate"]
    assert answer["period"] == {"start": "2017-02-01", "end": "2017-03-01"}
    assert answer["as_of"] == "2017-12-31T23:59:59.999999Z"
    (row,) = answer["rows"]
    assert (row["rep"], row["rep_id"], row["win_rate"]) == ("Bob", "bob", 1.0)
    assert answer["totals"]["win_rate"] == 0.5


def test_csv_arrow_and_parquet_hold_the_same_rows(sales: Path) -> None:
    question = ("ask", "revenue", "--by", "rep", *QUESTION)
    rows = json.loads(foresail(*question, "--format", "json", folder=sales).stdout)["rows"]
    text = foresail(*question, "--format", "csv", folder=sales).stdout
    assert text.splitlines()[0] == ",".join(rows[0])
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["Ann", "Bob"]
    arrow = bytes_of(*question, "--format", "arrow", folder=sales)
    assert pyarrow.ipc.open_stream(arrow).read_all().to_pylist() == rows
    parquet = bytes_of(*question, "--format", "parquet", folder=sales)
    assert pyarrow.parquet.read_table(io.BytesIO(parquet)).to_pylist() == rows


def test_records_are_as_many_as_the_number(sales: Path) -> None:
    lost = foresail("records", "win_rate", "--part", "denominator", "--format", "json", *QUESTION,
                    folder=sales)  # fmt: skip
    found = json.loads(lost.stdout)
    assert (found["kpi"], found["part"], len(found["rows"])) == ("win_rate", "denominator", 4)
    shown = foresail("records", "revenue", *QUESTION, folder=sales).stdout
    assert shown.startswith("2 records of revenue · February 2017 · as of 31 Dec 2017")


def test_an_explanation_shows_definition_and_sql(sales: Path) -> None:
    shown = foresail("explain", "win_rate", *QUESTION, folder=sales).stdout
    assert shown.splitlines()[0] == "Win rate  win_rate"
    assert "SELECT" in shown.upper()
    explained = json.loads(
        foresail("explain", "win_rate", "--format", "json", *QUESTION, folder=sales).stdout
    )
    assert explained["kpi"]["id"] == "win_rate"
    staged = foresail("explain", "win_rate", "--plan", *QUESTION, folder=sales).stdout
    assert "\n3 rollups that serve\n    opportunity_state has none\n" in staged


def test_facts_are_made_anew(sales: Path) -> None:
    said = foresail("refresh", folder=sales).stdout
    assert re.fullmatch(
        r"Made \d+ tables of facts with [\d,]+ rows anew, .* of rollups .* s\.\n", said
    )


def test_a_question_at_fault_ends_with_1_and_the_nearest_name(sales: Path) -> None:
    done = foresail("ask", "win_rte", folder=sales)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean win_rate?" in done.stderr


def test_the_catalogue_knows_what_this_data_lacks(sales: Path) -> None:
    shown = foresail("kpis", folder=sales).stdout.splitlines()
    assert "  win_rate" in shown
    assert shown[-1].endswith("can be answered from this project's data.")
    entries = json.loads(foresail("kpis", "--format", "json", folder=sales).stdout)
    assert {each["id"]: each["is_answerable"] for each in entries}["win_rate"]
    assert any(each["missing"] for each in entries)
