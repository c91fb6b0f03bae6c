"""Exports that hold the records, and who makes facts of them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from foresail.core.errors import ProjectError
from foresail.project import Project
from foresail.project.making.refresh import refresh_export
from foresail.warehouse.export import files, manifest_of


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


def test_facts_are_made_of_records_and_on_spark_alone(recorded: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="add --engine spark"):
        refresh_export(recorded)
    with Project.open(recorded) as project:
        project.export(tmp_path / "facts")
        with pytest.raises(ProjectError, match="holds no records"):
            project.export(tmp_path / "more", records=True)
    with pytest.raises(ProjectError, match="foresail export DIR --records"):
        refresh_export(tmp_path / "facts", "spark")
