"""Spark answers as DuckDB does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from foresail.catalogue import THEMES
from foresail.core.dimensions import DIMENSIONS
from foresail.core.errors import ProjectError
from foresail.core.kpis import Theme
from foresail.core.periods import Grain
from foresail.engine.dialects import SPARK
from foresail.project import Project
from foresail.project.asking import Words
from tests.cli.program import foresail
from tests.engines.equal import Shape, between, differences, same
from tests.oracle.questions import Asked, questions
from tests.oracle.worlds import Row, organisation, worlds
from tests.world import world

pytestmark = [
    pytest.mark.spark,
    # pyspark leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

ALL = os.environ.get("FORESAIL_SPARK") == "all"
USUAL = (
    Shape(("rep",), None, "2026-10", "previous"),
    Shape((), "month", "2026-Q4", "previous", as_of="2026-11-10T12:00"),
    Shape(("team",), "week", "2026-10", where=(("source", ("Website form",)),)),
)
LONG = (
    *(Shape((name,), None, "2026-Q3", "previous") for name in DIMENSIONS),
    *(Shape((), grain.value, "2026-08-01..2026-10-31", "previous") for grain in Grain),
    Shape((), None, "all", None),
    Shape(("team", "weekday"), "week", "2026-10", None, where=(("source", ("Website form",)),)),
)


@pytest.fixture(scope="session")
def duck(exported: Path) -> Iterator[Project]:
    with opened(exported, "duckdb") as project:
        yield project


@pytest.fixture(scope="session")
def spark(exported: Path) -> Iterator[Project]:
    pytest.importorskip("pyspark", reason="needs pyspark, which make spark installs")
    with opened(exported, "spark") as project:
        yield project


@contextmanager
def opened(folder: Path, engine: str) -> Iterator[Project]:
    project = Project.open(folder, engine=engine)
    assert isinstance(project, Project)
    with project:
        yield project


WAYS = [(theme, shape) for theme in THEMES for shape in (*USUAL, *LONG)]
if not ALL:
    WAYS = [(theme, USUAL[number % len(USUAL)]) for number, theme in enumerate(THEMES)]


@pytest.mark.parametrize(("theme", "shape"), WAYS, ids=lambda each: getattr(each, "__name__", None))
def test_the_catalogue_is_equal(
    duck: Project, spark: Project, theme: type[Theme], shape: Shape
) -> None:
    """Every KPI in one of several ways; `make spark-all` asks in all ways."""
    for words in shape.questions(theme):
        assert list(differences(duck, spark, words)) == []


@pytest.mark.parametrize("number", range(8) if ALL else (1, 4))
def test_random_worlds_are_equal(spark: Project, tmp_path: Path, number: int) -> None:
    """Small worlds full of edge cases, each asked once."""
    del spark  # for its reason to skip
    decided = organisation(number)
    made = iter(range(1000))

    @settings(
        max_examples=20 if ALL else 4,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(rows=worlds(decided), asked=questions(number))
    def agree(rows: dict[str, list[Row]], asked: Any) -> None:
        folder = tmp_path / str(next(made))
        lines = decided.lines()
        with world(folder, settings=lines, as_of="2026-04-30", **{"rep": [], **rows}) as project:
            project.export(folder / "facts")
        theme, (first, *_) = asked
        words = words_of(theme, first)
        with opened(folder / "facts", "duckdb") as one, opened(folder / "facts", "spark") as other:
            assert list(differences(one, other, words)) == []

    agree()


def words_of(theme: type[Theme], asked: Asked) -> Words:
    shape = Shape(asked.by, asked.grain, asked.period, None, asked.as_of)
    words = shape.words(theme)
    assert words is not None
    return words


DEALS = [
    {"opportunity_id": name, "owner_id": rep, "created_at": "2026-01-05", "amount": amount,
     "closed_at": closed, "outcome": outcome, "currency": currency}
    for name, rep, amount, closed, outcome, currency in (
        ("oak", "ann", "100.10", "2026-02-04", "won", "EUR"),
        ("elm", "ann", "200.20", "2026-02-05", "won", "USD"),
        ("ash", "ann", "99999999999999.9999", "2026-02-16", "won", "EUR"),
        ("fir", "bob", "1", "2026-02-04", "lost", "EUR"),
        ("yew", "bob", "2", "2026-02-20", "won", "XXX"),
        ("box", "bob", "4", None, None, "EUR"),
    )
]  # fmt: skip


def test_a_small_world_has_the_numbers_worked_out_by_hand(spark: Project, tmp_path: Path) -> None:
    del spark
    rates = [{"currency": "USD", "day": "2026-01-01", "rate": "0.333333333"}]
    with world(tmp_path, opportunity=DEALS, exchange_rate=rates) as project:
        project.export(tmp_path / "facts")
    with Project.open(tmp_path / "facts", engine="spark") as project:
        kpis = ("win_rate", "revenue", "sales_cycle", "pipeline_value", "median_deal_size")
        rows = {row["rep"]: row for row in project.ask(*kpis, by="rep", period="2026-02").rows}
    ann, bob, cid = rows["Ann"], rows["Bob"], rows["Cid"]
    assert (ann["win_rate"], bob["win_rate"], cid["win_rate"]) == (1.0, 0.5, None)
    # 200.20 at 0.333333333 is 66.7333 to a hundredth of a cent; no rate is known for XXX
    assert ann["revenue"] == pytest.approx(100000000000166.8332, rel=1e-15)
    assert (bob["revenue"], cid["revenue"]) == (None, 0.0)
    # 30, 31 and 42 days, and 46 of bob
    assert ann["sales_cycle"] == 31 * 86_400
    # nine tenths of the way from the first to the third: 31 + 0.8 * 11
    assert ann["sales_cycle.p90"] == pytest.approx((31 + 0.8 * 11) * 86_400)
    assert ann["median_deal_size"] == pytest.approx(100.10)
    assert bob["pipeline_value"] == 4.0


def test_answers_records_and_waterfalls_are_equal(duck: Project, spark: Project) -> None:
    kpis = ("win_rate", "quota_attainment", "lead_response_time", "stalled_deals")
    asked: dict[str, Any] = {"by": "rep", "period": "2026-10", "as_of": "2026-11-22"}
    ours = duck.ask(*kpis, **asked, compare="previous", totals=True)
    theirs = spark.ask(*kpis, **asked, compare="previous", totals=True)
    assert list(between(ours.table, theirs.table)) == []
    assert ours.totals is not None
    assert theirs.totals is not None
    assert all(same(ours.totals[name], theirs.totals[name]) for name in ours.totals)
    assert (ours.notes, ours.columns) == (theirs.notes, theirs.columns)
    for kpi in ("pipeline_value", "sales_cycle", "stalled_deals"):
        rows = duck.records(kpi, **asked).table
        assert rows.num_rows > 3
        assert list(between(rows, spark.records(kpi, **asked).table)) == []
    assert list(between(duck.waterfall(**asked).table, spark.waterfall(**asked).table)) == []


def test_the_sql_that_is_shown_runs_on_spark(duck: Project, spark: Project) -> None:
    asked: dict[str, Any] = {"by": "rep", "period": "2026-10", "as_of": "2026-11-22"}
    shown = duck.explain("win_rate", **asked, engine="spark").sql
    assert shown == spark.explain("win_rate", **asked).sql
    with spark._reader() as reader:
        rows = spark.runner.run(reader.session, shown, {}).to_pylist()
    ours = {row["rep_id"]: row["win_rate"] for row in duck.ask("win_rate", **asked).rows}
    assert {row["rep"]: row["win_rate__now__value"] for row in rows} == ours


def test_many_may_ask_at_once(duck: Project, spark: Project) -> None:
    months = [f"2026-{number:02d}" for number in range(7, 11)]

    def revenue(project: Project, month: str) -> Any:
        return project.ask("revenue", period=month, as_of="2026-11-22").rows[0]["revenue"]

    alone = [revenue(duck, month) for month in months]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda month: revenue(spark, month), months))
    assert together == pytest.approx(alone)
    assert len(set(alone)) > 1


def test_the_command_asks_spark(spark: Project) -> None:
    question = ("ask", "win_rate", "--period", "2026-10", "--as-of", "2026-11-22")
    place = ("--project", str(spark.directory), "--format", "csv")
    theirs = foresail(*question, *place, "--engine", "spark")
    assert theirs.returncode == 0, theirs.stderr
    assert theirs.stdout == foresail(*question, *place).stdout


def test_what_spark_cannot_read_is_said_in_one_line(spark: Project) -> None:
    with spark._reader() as reader, pytest.raises(ProjectError, match="Spark could not answer"):
        spark.runner.run(reader.session, "select * from nowhere", {})
    assert spark.runner.dialect is SPARK
    with pytest.raises(ProjectError, match="uses Spark on"):
        Project.open(spark.directory, engine="spark://nowhere:7077")
