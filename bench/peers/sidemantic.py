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
WON_IN_TIME = (
    "opportunity.outcome = 'won' and opportunity.closed_at - lead.created_at <= interval 90 days"
)
COUNTED = ["activity.calls", "activity.connects", "activity.mails", "activity.social"]


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The declarations, and the questions to them."""
    adapter = DuckDBAdapter(str(folder / "plain.duckdb"), read_only=True)
    layer = SemanticLayer(connection=adapter, auto_register=False)
    for model in (_activity(), _rep(), _lead(), _opportunity()):
        layer.add_model(model)
    layer.add_metric(_customers())
    ask = partial(_asked, layer)
    two_months = [
        "activity.occurred_at >= '2026-10-01'",
        "activity.occurred_at < '2026-12-01'",
    ]
    year = ["activity.occurred_at >= '2025-10-06'", "activity.occurred_at < '2026-10-05'"]
    cohorts = ["lead.created_at >= '2025-07-01'", "lead.created_at < '2026-07-01'"]
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
            "Q4": lambda: ask(
                ["lead.leads", "customers"], ["lead.rep_id", "lead.created_at__month"], cohorts
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
            "period" if name.startswith(("occurred_at", "created_at")) else name: value
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


def _lead() -> Any:
    return Model(
        name="lead",
        table="lead",
        primary_key="lead_id",
        relationships=[Relationship(name="opportunity", type="one_to_many", foreign_key="lead_id")],
        dimensions=[
            Dimension(name="rep_id", type="categorical", sql="owner_id"),
            Dimension(name="created_at", type="time", granularity="second"),
        ],
        metrics=[Metric(name="leads", agg="count")],
    )


def _opportunity() -> Any:
    return Model(
        name="opportunity",
        table="opportunity",
        primary_key="opportunity_id",
        dimensions=[
            Dimension(name="outcome", type="categorical"),
            Dimension(name="closed_at", type="time", granularity="second"),
        ],
    )


def _customers() -> Any:
    """Over both: the metrics of type conversion take one table of events, and give a rate only."""
    return Metric(
        name="customers", sql=f"count(distinct case when {WON_IN_TIME} then lead.lead_id end)"
    )
