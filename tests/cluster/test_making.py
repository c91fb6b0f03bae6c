"""A cluster makes the facts of a small world that DuckDB makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs pyspark, which make cluster installs")

from foresail.cli.main import main
from foresail.core.errors import ProjectError
from foresail.project import Project
from foresail.project.making.refresh import refresh_export
from tests.cluster.conftest import SETTINGS
from tests.cluster.machines import Cluster
from tests.engines.facts import unequal_facts
from tests.engines.test_following import LATER, WORLD, Organisation
from tests.world import world

pytestmark = [
    pytest.mark.spark,
    # pyspark leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


def test_a_small_world_is_made_equal(
    recorded: Path, cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "facts"
    shutil.copytree(recorded, folder)
    shutil.rmtree(folder / "fact")
    spark = SETTINGS.partition("[warehouse.spark]")[2]
    with (folder / "foresail.toml").open("a") as settings:
        settings.write(f"\n[warehouse.spark]{spark}")
    assert main(["refresh", "--project", str(folder), "--engine", cluster.master]) == 0
    assert capsys.readouterr().out.startswith("Made ")
    assert list(unequal_facts(recorded, folder)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]
    project = Project.open(folder)
    assert isinstance(project, Project)
    with project:
        assert project.ask("revenue", period="2026-11").rows[0]["revenue"] == 100.1
    shutil.rmtree(folder / "records" / "lead")
    with pytest.raises(ProjectError, match="holds no Parquet file"):
        refresh_export(folder, cluster.master)
    assert list(unequal_facts(recorded, folder)) == []


def test_a_late_call_is_followed(cluster: Cluster, tmp_path: Path) -> None:
    named = SETTINGS.format(master=cluster.master)
    with world(tmp_path, settings=named, as_of="2026-07-31", **WORLD) as project:
        organisation = Organisation(project, tmp_path / "facts")
        project.export(organisation.export, records=True)
        organisation.load({"activity": [LATER]})
        report = refresh_export(organisation.export)
        assert {"activity", "touch"} <= report.facts.keys()
        assert not {"lead", "rep_day"} & report.facts.keys()
        assert organisation.unequal() == []
