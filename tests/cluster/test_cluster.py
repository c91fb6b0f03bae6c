"""A cluster of several processes makes facts and answers as DuckDB does; its workers share that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="needs pyspark, which make cluster installs")

from foresail.catalogue import THEMES
from foresail.core.kpis import Theme
from foresail.engine.spark import SparkRunner
from foresail.project import Project
from tests.cluster.machines import WORKERS, Cluster
from tests.engines.equal import Shape, differences
from tests.engines.facts import unequal_facts

pytestmark = [
    pytest.mark.spark,
    # pyspark leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

BY_REP = Shape(("rep",), None, "2026-10", "previous")


def test_the_work_is_spread_over_both_workers(spark: Project, cluster: Cluster) -> None:
    before = tasks_done(spark)
    assert isinstance(spark.runner, SparkRunner)
    assert spark.runner.spark.sparkContext.master == cluster.master
    spark.ask("revenue", "win_rate", by="rep", period="2026-10", as_of="2026-11-22")
    after = tasks_done(spark)
    assert [each["coresused"] for each in cluster.workers] == [1] * WORKERS
    assert len(after) == WORKERS
    assert all(after[name] >= before.get(name, 0) + 5 for name in after)


def test_the_facts_are_equal(exported: Path, made: Path) -> None:
    assert list(unequal_facts(exported, made)) == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda each: each.__name__)
def test_the_catalogue_is_equal(duck: Project, spark: Project, theme: type[Theme]) -> None:
    """DuckDB's answers from its facts, and the cluster's from those that it made."""
    for words in BY_REP.questions(theme):
        assert list(differences(duck, spark, words)) == []


def tasks_done(project: Project) -> Mapping[str, int]:
    """How many tasks each executor of a project's Spark has done."""
    assert isinstance(project.runner, SparkRunner)
    context = project.runner.spark.sparkContext._jsc.sc()
    found = context.statusStore().executorList(True)
    executors = [found.apply(number) for number in range(found.size())]
    return {each.id(): each.completedTasks() for each in executors if each.id() != "driver"}
