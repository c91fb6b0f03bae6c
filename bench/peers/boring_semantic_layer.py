"""boring-semantic-layer: dimensions and measures declared on Ibis tables, in process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
from boring_semantic_layer import Dimension, to_semantic_table

from bench.peers.peer import LAYERS_CANNOT, Peer


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The declarations, and the questions to them."""
    backend = ibis.duckdb.connect(str(folder / "plain.duckdb"), read_only=True)
    activity = _activity(backend)
    board = ("calls", "connects", "mails", "social", "talk")
    asks = {
        "Q1n": lambda: _scoreboard(activity, board),
        "Q1": lambda: _scoreboard(activity, (*board, "people")),
        "Q2": lambda: _trend(activity),
    }
    yield Peer(backend.con.cursor(), asks, _rows, LAYERS_CANNOT)
    backend.disconnect()


def _activity(backend: Any) -> Any:
    rep = to_semantic_table(backend.table("rep"), name="rep").with_dimensions(
        rep_id=lambda t: t.rep_id, team=lambda t: t.team
    )
    activity = to_semantic_table(backend.table("activity"), name="activity")
    activity = activity.with_dimensions(
        rep_id=lambda t: t.rep_id,
        occurred_at=Dimension(
            expr=lambda t: t.occurred_at,
            is_time_dimension=True,
            smallest_time_grain="TIME_GRAIN_DAY",
        ),
    )
    activity = activity.with_measures(
        calls=lambda t: (_is_ours(t) & _is_call(t)).sum(),
        connects=lambda t: (_is_ours(t) & _is_connected(t)).sum(),
        mails=lambda t: (_is_ours(t) & (t.kind == "email")).sum(),
        social=lambda t: (_is_ours(t) & (t.kind == "social")).sum(),
        talk=lambda t: t.duration_seconds.sum(where=_is_connected(t)),
        people=lambda t: t.lead_id.nunique(where=_is_touch(t)),
        leads=lambda t: t.lead_id.nunique(where=_is_touch(t)),
    )
    return activity.join_one(rep, on="rep_id")


def _is_ours(t: Any) -> Any:
    return t.direction == "outbound"


def _is_call(t: Any) -> Any:
    return t.kind == "call"


def _is_connected(t: Any) -> Any:
    return _is_call(t) & (t.outcome == "connected")


def _is_touch(t: Any) -> Any:
    return _is_ours(t) & ((t.kind != "meeting") | (t.outcome == "held"))


def _scoreboard(activity: Any, measures: tuple[str, ...]) -> Any:
    return _asked(activity, "activity.rep_id", measures, "MONTH", "2026-10-01", "2026-12-01")


def _trend(activity: Any) -> Any:
    measures = ("calls", "connects", "leads")
    return _asked(activity, "rep.team", measures, "WEEK", "2025-10-06", "2026-10-05")


def _asked(
    activity: Any, by: str, measures: tuple[str, ...], grain: str, start: str, end: str
) -> Any:
    time = "activity.occurred_at"
    return activity.query(
        dimensions=[by, time],
        measures=[f"activity.{each}" for each in measures],
        filters=[
            {"field": time, "operator": ">=", "value": start},
            {"field": time, "operator": "<", "value": end},
        ],
        time_grain=f"TIME_GRAIN_{grain}",
    ).to_pyarrow()


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    for row in found.to_pylist():
        named = {name.rpartition(".")[2]: value for name, value in row.items()}
        yield {("period" if name == "occurred_at" else name): each for name, each in named.items()}
