"""Exports that hold the records, and who makes facts of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foresail.cli.main import main
from foresail.core.errors import ProjectError
from foresail.facts.making.makings import Plan
from foresail.facts.making.refresh import plan as planned
from foresail.project import Project
from foresail.project.making.following import follow
from foresail.project.making.knowing import knowledge_of, what_changed
from foresail.project.making.refresh import refresh_export
from foresail.warehouse import Settings
from foresail.warehouse.export import files, manifest_of
from foresail.warehouse.made_of import ChangedFiles, changes, files_now
from tests.world import world


def test_records_lie_by_month(recorded: Path) -> None:
    deals = recorded / "records" / "opportunity"
    assert sorted(path.name for path in deals.iterdir()) == ["month=2026-09", "month=2026-10"]
    assert [path.name for path in (recorded / "records" / "rep").iterdir()] == ["rep.parquet"]
    manifest = manifest_of(recorded)
    assert manifest is not None
    assert (manifest.records["opportunity"], manifest.records["cost"]) == (2, 0)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select opportunity_id, amount::varchar from {files(deals / 'month=2026-10')}"
        ).fetchall()
    assert found == [("oak", "100.1000")]


CALLS = [
    {
        "activity_id": "one",
        "kind": "call",
        "direction": "outbound",
        "rep_id": "ann",
        "occurred_at": "2026-02-05T08:00:00Z",
    },
    {
        "activity_id": "two",
        "kind": "call",
        "direction": "outbound",
        "rep_id": "ann",
        "occurred_at": "2026-03-05T08:00:00Z",
    },
]
LATE = {**CALLS[1], "activity_id": "late"}


@pytest.fixture
def two_months(tmp_path: Path) -> Iterator[Project]:
    """A project with a call in February and one in March, exported with its records."""
    with world(tmp_path, activity=CALLS) as project:
        project.export(tmp_path / "facts", records=True)
        yield project


def load_late(project: Project) -> None:
    """Load another call in March."""
    folder = project.directory / "late"
    folder.mkdir()
    (folder / "activity.ndjson").write_text(json.dumps(LATE), encoding="utf-8")
    project.load(folder)


def inodes(folder: Path) -> dict[str, int]:
    """The files of a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in found}


def test_an_export_keeps_the_files_of_months_that_did_not_change(
    two_months: Project, tmp_path: Path
) -> None:
    facts = tmp_path / "facts"
    before = inodes(facts / "records")
    load_late(two_months)
    two_months.export(facts, records=True)
    after = inodes(facts / "records")
    assert before.keys() == after.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"activity/month=2026-03/data_0.parquet"}


def test_facts_that_duckdb_exported_are_those_of_their_records(
    two_months: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_late(two_months)
    two_months.export(tmp_path / "facts", records=True)
    before = inodes(tmp_path)
    words = ["--project", str(tmp_path / "facts"), "--engine", "spark"]
    assert main(["refresh", *words]) == 0
    assert capsys.readouterr().out == (
        "The facts are those of the records and settings: nothing was made.\n"
    )
    assert inodes(tmp_path) == before


def test_records_are_exported_without_the_facts_that_are_there(
    two_months: Project, tmp_path: Path
) -> None:
    facts = tmp_path / "facts"
    before = inodes(facts / "fact")
    load_late(two_months)
    report = two_months.export(facts, records=True, facts=False)
    assert report.tables["records.activity"] == 3
    assert report.tables["fact.activity"] == 2
    assert inodes(facts / "fact") == before
    with Project.open(facts) as project:
        assert project.ask("outbound_calls", period="2026-03").rows[0]["outbound_calls"] == 1
    found = changes(facts, files_now(facts))
    month = ("activity/month=2026-03/data_0.parquet",)
    assert found == {"activity": ChangedFiles(month, month)}


def test_an_export_of_records_alone_has_no_facts(two_months: Project, tmp_path: Path) -> None:
    two_months.export(tmp_path / "records", records=True, facts=False)
    two_months.export(tmp_path / "records", records=True, facts=False)
    manifest = manifest_of(tmp_path / "records")
    assert manifest is not None
    assert (manifest.fingerprint, manifest.records["activity"]) == ("", 2)
    with pytest.raises(ProjectError, match="was made with other settings"):
        Project.open(tmp_path / "records").ask("outbound_calls")
    with pytest.raises(ProjectError, match="nothing to export"):
        two_months.export(tmp_path / "nothing", facts=False)


def changed(facts: Path) -> dict[str, ChangedFiles] | None:
    """What changed of the records since facts were made; None where all are to be made anew."""
    manifest = manifest_of(facts)
    assert manifest is not None
    with closing(knowledge_of(facts)) as known:
        return what_changed(known, facts, files_now(facts), manifest, Settings.read(facts))


def test_facts_are_made_anew_with_other_settings(two_months: Project, tmp_path: Path) -> None:
    assert changed(tmp_path / "facts") == {}
    settings = tmp_path / "facts" / "foresail.toml"
    settings.write_text('zone = "Asia/Tokyo"\n' + settings.read_text())
    assert changed(tmp_path / "facts") is None


@pytest.mark.parametrize(
    "path", ["fact/activity.parquet", "fact/made_with.parquet", "made_of/files.json"]
)
def test_facts_are_made_anew_where_earlier_ones_are_damaged_or_gone(
    two_months: Project, tmp_path: Path, path: str
) -> None:
    place = tmp_path / "facts" / path
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    assert changed(tmp_path / "facts") is None
    place.unlink()
    assert changed(tmp_path / "facts") is None


def no_session() -> Any:
    """What must not be asked for."""
    raise AssertionError("Spark was asked")


def test_facts_are_made_anew_with_other_stages(two_months: Project, tmp_path: Path) -> None:
    stages = {"stage": ChangedFiles((), ("stage/stage.parquet",))}
    plan = Plan(planned(two_months.settings))
    with duckdb.connect() as cursor:
        assert follow(no_session, cursor, plan, tmp_path / "facts", stages, {}) is None


def test_facts_are_made_of_records_and_on_spark_alone(recorded: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="add --engine spark"):
        refresh_export(recorded)
    with Project.open(recorded) as project:
        project.export(tmp_path / "facts")
        with pytest.raises(ProjectError, match="holds no records"):
            project.export(tmp_path / "more", records=True)
    with pytest.raises(ProjectError, match="foresail export DIR --records"):
        refresh_export(tmp_path / "facts", "spark")
