"""An export answers as the project does, and is whole or not there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from pydantic import ValidationError

from foresail.core.errors import ProjectError
from foresail.engine.runner import DuckDBRunner
from foresail.project import Project, remote
from foresail.project.sharing import share
from foresail.warehouse.export import MANIFEST
from foresail.warehouse.schema import SURROGATE
from foresail.warehouse.sections import WarehouseSettings
from tests.cli.program import PROGRAM, environment, foresail
from tests.world import world

QUESTION: dict[str, Any] = {
    "period": "2026-10",
    "compare": "previous",
    "by": "rep",
    "as_of": "2026-11-22",
}
DEALS = [
    {"opportunity_id": "oak", "owner_id": "ann", "created_at": "2026-01-05", "amount": "100.5"},
    {"opportunity_id": "elm", "owner_id": "bob", "created_at": "2026-01-06", "outcome": "won",
     "closed_at": "2026-02-03", "amount": "70"},
]  # fmt: skip

ONLY_SMALL_FILES = (
    sys.executable,
    "-c",
    "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); "
    "os.execv(sys.argv[1], sys.argv[1:])",
)
"""Before a program: it can write no file of more than 2,000 bytes, as if the disk were full."""


@pytest.fixture(scope="module")
def reopened(exported: Path) -> Iterator[Project]:
    project = Project.open(exported)
    assert isinstance(project, Project)
    yield project
    project.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = world(tmp_path_factory.mktemp("small"), opportunity=DEALS)
    yield project
    project.close()


def test_an_export_answers_as_the_project_does(own: Project, reopened: Project) -> None:
    kpis = ("win_rate", "revenue", "sales_cycle", "lead_response_time", "quota_attainment")
    answer = own.ask(*kpis, **QUESTION, totals=True)
    assert answer.rows
    assert reopened.ask(*kpis, **QUESTION, totals=True) == answer
    at: dict[str, Any] = {
        "period": "2026-09",
        "where": {"team": [own_team(own)]},
        "as_of": "2026-09-20",
    }
    assert reopened.records("pipeline_value", **at) == own.records("pipeline_value", **at)
    assert reopened.waterfall(**at) == own.waterfall(**at)
    assert reopened.kpis() == own.kpis()
    assert reopened.loads() == own.loads()


def own_team(project: Project) -> str:
    teams = project.ask("revenue", by="team", period="2026").rows
    team: str = teams[0]["team"]
    return team


def test_every_fact_is_written_with_all_its_rows_and_types(own: Project, exported: Path) -> None:
    """But for numbers in place of ids."""
    cursor = own.warehouse.cursor()
    names = [row[0] for row in cursor.execute(
        "select table_name from duckdb_tables() where schema_name = 'fact' "
        f"and not suffix(table_name, '{SURROGATE}')"
    ).fetchall()]  # fmt: skip
    assert len(names) > 20
    assert {path.stem for path in (exported / "fact").iterdir()} == set(names)
    for name in names:
        fact = f"(select columns(lambda name: not suffix(name, '{SURROGATE}')) from fact.{name})"
        file = f"read_parquet('{exported / 'fact' / name}.parquet')"
        described = "select column_name, column_type from (describe {})"
        columns = cursor.execute(described.format(f"from {fact}")).fetchall()
        assert duckdb.sql(described.format(f"select * from {file}")).fetchall() == columns
        cursor.register("written", duckdb.sql(f"from {file}").to_arrow_table())
        for one, other in ((fact, "written"), ("written", fact)):
            left = cursor.execute(
                f"select count(*) from (select * from {one} except all select * from {other})"
            ).fetchone()
            assert left == (0,), name
    cursor.close()


def test_no_fact_holds_a_number_wider_than_other_engines_have(exported: Path) -> None:
    wide = duckdb.sql(
        "select file_name, name, type, converted_type from "
        f"parquet_schema('{exported}/fact/*.parquet') "
        "where type = 'DOUBLE' and name in ('worked_before', 'days_before', 'touches_28d')"
    ).fetchall()
    assert wide == []


def test_the_manifest_says_what_the_export_is_of(own: Project, exported: Path) -> None:
    manifest = json.loads((exported / MANIFEST).read_text())
    assert manifest["load"] == own.loads()[0].load_id
    assert manifest["as_of"] is None
    assert len(manifest["fingerprint"]) == 64
    assert manifest["tables"]["canonical.rep"] == len(own.ask("revenue", by="rep").rows)
    files = {
        f"{path.parent.name}.{path.stem}": pyarrow.parquet.read_metadata(path).num_rows
        for path in exported.rglob("*.parquet")
    }
    assert files == manifest["tables"]


def test_names_and_stages_are_all_that_an_export_tells_besides_the_facts(exported: Path) -> None:
    told = {
        path.stem: pyarrow.parquet.read_schema(path).names
        for path in (exported / "canonical").iterdir()
    }
    assert told == {
        "content": ["content_id", "name"],
        "rep": ["rep_id", "name"],
        "stage": ["pipeline", "stage", "position", "kind"],
    }


def test_a_new_export_takes_the_place_of_an_earlier_one(small: Project, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    first = small.export(folder)
    (folder / "fact" / "gone.parquet").write_text("of a table that is no more")
    second = small.export(folder)
    assert second.tables == first.tables
    assert not (folder / "fact" / "gone.parquet").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_an_export_of_an_export_is_the_same(small: Project, tmp_path: Path) -> None:
    report = small.export(tmp_path / "facts")
    with Project.open(tmp_path / "facts") as again:
        assert again.export(tmp_path / "copy").tables == report.tables


def test_a_folder_with_anything_else_is_left_alone(small: Project, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(ProjectError, match="holds something else than an export"):
        small.export(tmp_path)
    with pytest.raises(ProjectError, match="holds something else than an export"):
        small.export(small.directory)
    with pytest.raises(ProjectError, match="Nothing was exported"):
        small.export(tmp_path / "diary.txt" / "facts")
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_a_failed_export_leaves_the_earlier_one(small: Project, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    small.export(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    command = [*ONLY_SMALL_FILES, *PROGRAM, "export", str(folder), "--project", str(folder)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert done.returncode == 1
    assert "Nothing was exported" in done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_what_a_killed_export_left_is_cleared_up(small: Project, tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    folder = tmp_path / "facts"
    small.export(folder)
    folder.rename(tmp_path / f".facts.{ended}.old")  # killed between its two renames
    (tmp_path / f".facts.{ended}.part" / "fact").mkdir(parents=True)
    (tmp_path / ".facts.mine.part").mkdir()
    small.export(folder)
    assert {path.name for path in tmp_path.iterdir()} == {"facts", ".facts.mine.part"}


def test_nothing_can_be_loaded_into_an_export(reopened: Project, exported: Path) -> None:
    with pytest.raises(ProjectError, match="is an export and cannot be changed"):
        reopened.load(exported / "canonical" / "rep.parquet")
    with pytest.raises(ProjectError, match="holds no quarantine"):
        reopened.quarantine()
    with pytest.raises(ProjectError, match="none of the records"):
        reopened.health()


def test_other_settings_than_the_facts_were_made_with_are_refused(
    small: Project, tmp_path: Path
) -> None:
    small.export(tmp_path / "facts")
    settings = tmp_path / "facts" / "foresail.toml"
    settings.write_text('zone = "Asia/Tokyo"\n' + settings.read_text())
    with (
        Project.open(tmp_path / "facts") as other,
        pytest.raises(ProjectError, match="was made with other settings"),
    ):
        other.ask("revenue")


def test_a_damaged_export_is_said_to_be_one(small: Project, tmp_path: Path) -> None:
    small.export(tmp_path / "facts")
    shutil.rmtree(tmp_path / "facts" / "fact")
    with pytest.raises(ProjectError, match="is damaged"):
        Project.open(tmp_path / "facts")
    (tmp_path / "facts" / MANIFEST).write_text("{}")
    with pytest.raises(ProjectError, match="Export the project anew"):
        Project.open(tmp_path / "facts")


def test_the_process_that_holds_the_warehouse_exports_for_others(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with share(small):
        caller = remote.connect(small.directory)
        assert caller is not None
        report = caller.export("facts")
    assert report.directory == tmp_path / "facts"
    assert report.tables == json.loads((tmp_path / "facts" / MANIFEST).read_text())["tables"]


def test_the_command_says_what_it_wrote(own: Project, exported: Path, tmp_path: Path) -> None:
    del own
    done = foresail("export", "facts", "--project", str(exported), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Exported ")
    assert "as of load 1" in done.stdout
    assert "--engine spark" in done.stdout
    told = foresail(
        "export", "facts", "--format", "json", "--project", str(exported), folder=tmp_path
    )
    assert json.loads(told.stdout)["directory"] == str(tmp_path / "facts")


def test_spark_reads_exports_only(small: Project) -> None:
    with pytest.raises(ProjectError, match=r"foresail export DIR"):
        Project.open(small.directory, engine="spark")
    with pytest.raises(ProjectError, match="Questions cannot run on trino"):
        Project.open(small.directory, engine="trino")


def test_the_settings_name_what_answers_from_exports_alone(tmp_path: Path) -> None:
    settings = '[warehouse]\nthreads = 1\nengine = "spark://nowhere:7077"'
    with world(tmp_path, settings=settings) as project:
        assert isinstance(project.runner, DuckDBRunner)
        project.export(tmp_path / "facts")
    asked_for = Project.open(tmp_path / "facts", engine="duckdb")
    assert isinstance(asked_for, Project)
    with asked_for:
        assert isinstance(asked_for.runner, DuckDBRunner)


def test_settings_of_spark_are_text_under_its_names() -> None:
    given = {"spark.executor.memory": "8g", "spark.executor.cores": 4, "spark.speculation": True}
    assert WarehouseSettings.model_validate({"spark": given}).spark == {
        "spark.executor.memory": "8g",
        "spark.executor.cores": "4",
        "spark.speculation": "true",
    }
    for wrong in ({"executor.memory": "8g"}, {"spark": {"executor": "8g"}}):
        with pytest.raises(ValidationError, match="in quotation marks"):
            WarehouseSettings.model_validate({"spark": wrong})
