"""An organisation's facts made by DuckDB, and by a cluster of Spark that its settings name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from foresail.project.making.refresh import refresh_export
from tests.cluster.machines import HERE, Cluster, cluster_of
from tests.engines.conftest import exported, own, recorded

__all__ = ["cluster", "duck", "exported", "made", "own", "recorded", "spark"]

SETTINGS = f"""
[warehouse]
engine = "{{master}}"

[warehouse.spark]
"spark.driver.host" = "{HERE}"
"spark.driver.bindAddress" = "{HERE}"
"spark.sql.shuffle.partitions" = 4
"""


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers."""
    import pyspark

    place = Path(pyspark.__file__).parent
    with cluster_of(place, tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture(scope="session")
def duck(exported: Path) -> Iterator[Project]:
    """The export, asked on DuckDB."""
    project = Project.open(exported, engine="duckdb")
    assert isinstance(project, Project)
    with project:
        yield project


@pytest.fixture(scope="session")
def made(own: Project, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another export, whose facts the cluster made, as its settings name it."""
    folder = tmp_path_factory.mktemp("made") / "facts"
    own.export(folder, records=True)
    shutil.rmtree(folder / "fact")
    with (folder / "foresail.toml").open("a") as settings:
        settings.write(SETTINGS.format(master=cluster.master))
    refresh_export(folder)
    return folder


@pytest.fixture(scope="session")
def spark(made: Path) -> Iterator[Project]:
    """That export, asked on the engine that its settings name."""
    project = Project.open(made)
    assert isinstance(project, Project)
    with project:
        yield project
