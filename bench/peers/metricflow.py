"""MetricFlow: metrics declared in a dbt project, its engine in process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from bench.peers.peer import LAYERS_CANNOT, Peer

PROJECT = Path(__file__).with_name("metricflow_project")
DAY = "{{ TimeDimension('metric_time', 'day') }}"
COUNTED = ("calls", "connects", "mails", "social", "talk")
COHORTS = ("2025-07-01", "2026-07-01")
SHORT = {"rep": "rep_id", "rep__team": "team", "requests": "leads"}


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The declarations, and the questions to them."""
    database = (folder / "plain.duckdb").resolve()
    before = Path.cwd()
    with TemporaryDirectory() as name:
        project = Path(shutil.copytree(PROJECT, Path(name) / "project"))
        os.environ.update(BENCH_DATABASE=str(database), DO_NOT_TRACK="1")
        os.chdir(project)
        engine = _engine(project)
        board = ("rep", "metric_time__month")
        asks = {
            "Q1n": lambda: _asked(engine, COUNTED, board, "2026-10-01", "2026-12-01"),
            "Q1": lambda: _asked(engine, (*COUNTED, "people"), board, "2026-10-01", "2026-12-01"),
            "Q2": lambda: _asked(
                engine,
                ("calls", "connects", "leads"),
                ("rep__team", "metric_time__week"),
                "2025-10-06",
                "2026-10-05",
            ),
            "Q4": lambda: _asked(engine, ("requests", "customers"), board, *COHORTS),
        }
        asks["Q1n"]()
        os.chdir(before)
        with _by_hand() as plain:
            yield Peer(plain, asks, _rows, LAYERS_CANNOT)


def _engine(project: Path) -> Any:
    """The engine over the project's declarations."""
    from dbt.cli.main import dbtRunner
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration

    given = ["--profiles-dir", str(project), "--project-dir", str(project)]
    parsed = dbtRunner().invoke(["parse", "--quiet", *given])
    assert parsed.success, parsed.exception
    configuration = CLIConfiguration()
    configuration.setup(dbt_profiles_path=project, dbt_project_path=project)
    return configuration.mf


def _by_hand() -> duckdb.DuckDBPyConnection:
    """The engine's own connection: a second one would need the same settings to the letter."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    found: duckdb.DuckDBPyConnection = DuckDBConnectionManager.env().conn.cursor()
    return found


def _asked(engine: Any, metrics: Sequence[str], groups: Sequence[str], start: str, end: str) -> Any:
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    request = MetricFlowQueryRequest.create(
        metric_names=metrics,
        group_by_names=groups,
        where_constraints=[f"{DAY} >= '{start}' and {DAY} < '{end}'"],
    )
    return engine.query(request).result_df


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    names = [
        "period" if each.startswith("metric_time") else SHORT.get(each, each)
        for each in found.column_names
    ]
    for row in found.rows:
        yield dict(zip(names, row, strict=True))
