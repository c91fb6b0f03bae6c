"""sidemantic: declared metrics, its own planner, in process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sidemantic import Dimension, Metric, Model, Relationship, SemanticLayer
from sidemantic.db.duckdb import DuckDBAdapter

from bench.peers.peer import LAYERS_CANNOT, Peer

IS_OURS = "{model}.direction = 'outbound'"
IS_CALL = "{model}.kind = 'call'"
IS_CONNECTED = "{model}.outcome = 'connected'"
IS_TOUCH = "({model}.kind <> 'meeting' or {model}.outcome = 'held')"
COUNTED = ["activity.calls", "activity.connects", "activity.mails", "activity.social"]


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The declarations, and the questions to them."""
    adapter = DuckDBAdapter(str(folder / "plain.duckdb"), read_only=True)
    layer = SemanticLayer(connection=adapter, auto_register=False)
    for model in (_activity(), _rep()):
        layer.add_model(model)
    ask = partial(_asked, layer)
    two_months = [
        "activity.occurred_at >= '2026-10-01'",
        "activity.occurred_at < '2026-12-01'",
    ]
    year = ["activity.occurred_at >= '2025-10-06'", "activity.occurred_at < '2026-10-05'"]
    board = ["activity.rep_id", "activity.occurred_at__month"]
    yield Peer(
        adapter.conn.cursor(),
        {
            "Q1n": lambda: ask([*COUNTED, "activity.talk"], board, two_months),
            "Q1": lambda: ask([*COUNTED, "activity.talk", "activity.people"], board, two_months),
            "Q2": lambda: ask(
                ["activity.calls", "activity.connects", "activity.leads"],
                ["rep.team", "activity.occurred_at__week"],
                year,
            ),
        },
        _rows,
        LAYERS_CANNOT,
    )
    adapter.close()


def _asked(layer: Any, metrics: list[str], dimensions: list[str], filters: list[str]) -> Any:
    return layer.query(metrics=metrics, dimensions=dimensions, filters=filters).to_arrow_table()


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    for row in found.to_pylist():
        named = {name.rpartition(".")[2]: value for name, value in row.items()}
        yield {
            "period" if name.startswith("occurred_at") else name: value
            for name, value in named.items()
        }


def _activity() -> Any:
    return Model(
        name="activity",
        table="activity",
        primary_key="activity_id",
        relationships=[Relationship(name="rep", type="many_to_one", foreign_key="rep_id")],
        dimensions=[
            Dimension(name="rep_id", type="categorical"),
            Dimension(name="occurred_at", type="time", granularity="day"),
        ],
        metrics=[
            Metric(name="calls", agg="count", filters=[IS_OURS, IS_CALL]),
            Metric(name="connects", agg="count", filters=[IS_OURS, IS_CALL, IS_CONNECTED]),
            Metric(name="mails", agg="count", filters=[IS_OURS, "{model}.kind = 'email'"]),
            Metric(name="social", agg="count", filters=[IS_OURS, "{model}.kind = 'social'"]),
            Metric(name="talk", agg="sum", sql="duration_seconds", filters=[IS_CALL, IS_CONNECTED]),
            Metric(name="people", agg="count_distinct", sql="lead_id", filters=[IS_OURS, IS_TOUCH]),
            Metric(name="leads", agg="count_distinct", sql="lead_id", filters=[IS_OURS, IS_TOUCH]),
        ],
    )


def _rep() -> Any:
    return Model(
        name="rep",
        table="rep",
        primary_key="rep_id",
        dimensions=[Dimension(name="team", type="categorical")],
    )
