"""An organisation's export, and a cluster of Spark that its settings name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from tests.cluster.machines import HERE, Cluster, cluster_of
from tests.engines.conftest import exported, own

__all__ = ["cluster", "duck", "exported", "own", "spark"]

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
def spark(exported: Path, cluster: Cluster) -> Iterator[Project]:
    """The export, asked on the engine that its settings name."""
    with (exported / "foresail.toml").open("a") as settings:
        settings.write(SETTINGS.format(master=cluster.master))
    project = Project.open(exported)
    assert isinstance(project, Project)
    with project:
        yield project
