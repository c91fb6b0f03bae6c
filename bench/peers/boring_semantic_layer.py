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
    activity, lead = _activity(backend), _lead(backend)
    board = ("calls", "connects", "mails", "social", "talk")
    asks = {
        "Q1n": lambda: _scoreboard(activity, board),
        "Q1": lambda: _scoreboard(activity, (*board, "people")),
        "Q2": lambda: _trend(activity),
        "Q4": lambda: _funnel(lead),
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


def _lead(backend: Any) -> Any:
    """The leads, each with its deals.

    The deal's `created_at` gets another name: of two columns of one name, a measure of the join
    takes the deal's. The month is declared: as a grain that is asked for, it takes 20 times longer.
    """
    opened = backend.table("opportunity").rename(opened_at="created_at")
    opportunity = to_semantic_table(opened, name="opportunity")
    opportunity = opportunity.with_dimensions(lead_id=lambda t: t.lead_id)
    lead = to_semantic_table(backend.table("lead"), name="lead")
    lead = lead.with_dimensions(
        rep_id=lambda t: t.owner_id,
        created_at=lambda t: t.created_at,
        period=lambda t: t.created_at.truncate("M"),
    )
    lead = lead.with_measures(leads=lambda t: t.count())
    return lead.join_many(opportunity, on="lead_id").with_measures(
        customers=lambda t: t.lead_id.nunique(where=_is_won(t) & _is_in_time(t))
    )


def _is_won(t: Any) -> Any:
    return t.outcome == "won"


def _is_in_time(t: Any) -> Any:
    return t.closed_at <= t.created_at + ibis.interval(days=90)


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


def _funnel(lead: Any) -> Any:
    return lead.query(
        dimensions=["lead.rep_id", "lead.period"],
        measures=["lead.leads", "customers"],
        filters=_between("lead.created_at", "2025-07-01", "2026-07-01"),
    ).to_pyarrow()


def _asked(
    activity: Any, by: str, measures: tuple[str, ...], grain: str, start: str, end: str
) -> Any:
    time = "activity.occurred_at"
    return activity.query(
        dimensions=[by, time],
        measures=[f"activity.{each}" for each in measures],
        filters=_between(time, start, end),
        time_grain=f"TIME_GRAIN_{grain}",
    ).to_pyarrow()


def _between(time: str, start: str, end: str) -> list[dict[str, str]]:
    return [
        {"field": time, "operator": ">=", "value": start},
        {"field": time, "operator": "<", "value": end},
    ]


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    for row in found.to_pylist():
        named = {name.rpartition(".")[2]: value for name, value in row.items()}
        yield {("period" if name == "occurred_at" else name): each for name, each in named.items()}
