"""polars: lazy code as an analyst would write it, on the Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from bench.peers.peer import Peer

IS_OURS = pl.col("direction") == "outbound"
IS_CALL = pl.col("kind") == "call"
IS_CONNECTED = IS_CALL & (pl.col("outcome") == "connected")
IS_TOUCH = IS_OURS & ((pl.col("kind") != "meeting") | (pl.col("outcome") == "held"))


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The questions to the files."""
    tables = {
        path.stem: pl.scan_parquet(path) for path in sorted((folder / "files").glob("*.parquet"))
    }
    with duckdb.connect(str(folder / "plain.duckdb"), read_only=True) as plain:
        asks = {
            "Q1n": lambda: _scoreboard(tables, people=False),
            "Q1": lambda: _scoreboard(tables, people=True),
            "Q2": lambda: _trend(tables),
            "Q3": lambda: _response(tables),
            "Q4": lambda: _funnel(tables),
            "Q5": lambda: _follow_up(tables),
            "Q6": lambda: _leakage(tables),
        }
        yield Peer(plain, asks, lambda found: found.to_dicts())


def _between(name: str, start: datetime, end: datetime) -> Any:
    return (pl.col(name) >= start) & (pl.col(name) < end)


def _in_year(name: str) -> Any:
    return _between(name, datetime(2025, 10, 1), datetime(2026, 10, 1))


def _month(name: str) -> Any:
    return pl.col(name).dt.truncate("1mo").dt.date().alias("period")


def _scoreboard(tables: dict[str, Any], *, people: bool) -> Any:
    """Q1n, and Q1 with people."""
    counts = [
        (IS_OURS & IS_CALL).sum().alias("calls"),
        (IS_OURS & IS_CONNECTED).sum().alias("connects"),
        (IS_OURS & (pl.col("kind") == "email")).sum().alias("mails"),
        (IS_OURS & (pl.col("kind") == "social")).sum().alias("social"),
        pl.col("duration_seconds").filter(IS_CONNECTED).sum().alias("talk"),
    ]
    if people:
        counts.append(pl.col("lead_id").filter(IS_TOUCH).n_unique().alias("people"))
    rows = tables["activity"].filter(
        _between("occurred_at", datetime(2026, 10, 1), datetime(2026, 12, 1))
    )
    return rows.group_by("rep_id", _month("occurred_at")).agg(counts).collect()


def _trend(tables: dict[str, Any]) -> Any:
    """Q2."""
    rows = tables["activity"].filter(
        _between("occurred_at", datetime(2025, 10, 6), datetime(2026, 10, 5)) & IS_TOUCH
    )
    week = pl.col("occurred_at").dt.truncate("1w").dt.date().alias("period")
    groups = rows.group_by("rep_id", week).agg(
        IS_CALL.sum().alias("calls"),
        IS_CONNECTED.sum().alias("connects"),
        pl.col("lead_id").n_unique().alias("leads"),
    )
    teams = groups.join(tables["rep"].select("rep_id", "team"), on="rep_id")
    return (
        teams.group_by("period", "team").agg(pl.col("calls", "connects", "leads").sum()).collect()
    )


def _response(tables: dict[str, Any]) -> Any:
    """Q3."""
    asked = tables["lead"].filter((pl.col("channel") == "inbound") & _in_year("created_at"))
    touches = tables["activity"].filter(IS_TOUCH & (pl.col("occurred_at") >= datetime(2025, 10, 1)))
    first = touches.group_by("lead_id").agg(pl.col("occurred_at").min().alias("answered_at"))
    seconds = (pl.col("answered_at") - pl.col("created_at")).dt.total_microseconds() / 1_000_000
    found = asked.join(first, on="lead_id").group_by(pl.col("owner_id").alias("rep_id"))
    median = seconds.quantile(0.5, interpolation="lower").alias("response")
    return found.agg(median, pl.len().alias("n")).collect()


def _funnel(tables: dict[str, Any]) -> Any:
    """Q4."""
    lead = tables["lead"].filter(_between("created_at", datetime(2025, 7, 1), datetime(2026, 7, 1)))
    won = tables["opportunity"].filter(pl.col("outcome") == "won")
    first = won.group_by("lead_id").agg(pl.col("closed_at").min().alias("won_at"))
    in_time = (pl.col("won_at") - pl.col("created_at")) <= timedelta(days=90)
    groups = lead.join(first, on="lead_id", how="left").group_by(
        _month("created_at"), pl.col("owner_id").alias("rep_id")
    )
    return groups.agg(pl.len().alias("leads"), in_time.sum().alias("customers")).collect()


def _follow_up(tables: dict[str, Any]) -> Any:
    """Q5."""
    at, became = pl.col("occurred_at"), pl.col("converted_at")
    rows = tables["activity"].filter(IS_TOUCH).select("lead_id", "occurred_at")
    rows = rows.sort("occurred_at").with_columns(
        pl.int_range(1, pl.len() + 1).over("lead_id").alias("touch_number"),
        at.shift(-1).over("lead_id").alias("next_at"),
    )
    first = (
        tables["opportunity"]
        .group_by("lead_id")
        .agg(pl.col("created_at").min().alias("converted_at"))
    )
    rows = rows.filter(_in_year("occurred_at")).join(first, on="lead_id", how="left")
    rows = rows.filter(became.is_null() | (became >= at))
    done = (became < pl.col("next_at")).fill_null(
        became.is_not_null() & pl.col("next_at").is_null()
    )
    groups = rows.group_by("touch_number")
    return groups.agg(pl.len().alias("touches"), done.sum().alias("converted")).collect()


def _leakage(tables: dict[str, Any]) -> Any:
    """Q6."""
    following = pl.col("entered_at").shift(-1).over("opportunity_id", order_by="entered_at")
    rows = tables["opportunity_stage"].with_columns(following.alias("next_at"))
    outcome = tables["opportunity"].select("opportunity_id", "outcome")
    rows = rows.filter(_in_year("entered_at")).join(outcome, on="opportunity_id")
    is_last = pl.col("next_at").is_null()
    return (
        rows.group_by("stage", "rep_id")
        .agg(
            pl.len().alias("entered"),
            (is_last & (pl.col("outcome") == "lost")).sum().alias("lost"),
            (~is_last | (pl.col("outcome") == "won")).sum().alias("advanced"),
        )
        .collect()
    )
