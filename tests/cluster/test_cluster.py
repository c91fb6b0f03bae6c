"""The whole catalogue on a cluster of several processes, equal to DuckDB's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foresail.catalogue import THEMES
from foresail.core.kpis import Theme
from foresail.project import Project
from tests.cluster.conftest import WORKERS, Cluster
from tests.engines.equal import Shape, differences

pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    # pyspark leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

BY_REP = Shape(("rep",), None, "2026-10", "previous")


@pytest.fixture(scope="session")
def duck(exported: Path) -> Iterator[Project]:
    with opened(exported, "duckdb") as project:
        yield project


@pytest.fixture(scope="session")
def spark(exported: Path, cluster: Cluster) -> Iterator[Project]:
    with opened(exported, cluster.master) as project:
        yield project


def opened(folder: Path, engine: str) -> Project:
    project = Project.open(folder, engine=engine)
    assert isinstance(project, Project)
    return project


@pytest.mark.parametrize("theme", THEMES, ids=lambda each: each.__name__)
def test_the_catalogue_is_equal(duck: Project, spark: Project, theme: type[Theme]) -> None:
    for words in BY_REP.questions(theme):
        assert list(differences(duck, spark, words)) == []


def test_the_work_is_spread_over_both_workers(spark: Project, cluster: Cluster) -> None:
    spark.ask("revenue", "win_rate", by="rep", period="2026-10", as_of="2026-11-22")
    assert [each["coresused"] for each in cluster.workers] == [1] * WORKERS
    done = tasks_done(spark)
    assert len(done) == WORKERS
    assert min(done.values()) >= 10


def tasks_done(project: Project) -> dict[str, int]:
    """How many tasks each executor of a project's Spark has done."""
    runner: Any = project.runner
    found = runner.spark.sparkContext._jsc.sc().statusStore().executorList(True)
    executors = [found.apply(number) for number in range(found.size())]
    return {each.id(): each.completedTasks() for each in executors if each.id() != "driver"}
