"""pandas: code as an analyst would write it, on tables that are in memory already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from bench.peers.peer import Peer

KINDS = {"calls": "call", "mails": "email", "social": "social"}


@contextmanager
def ready(folder: Path) -> Iterator[Peer]:
    """The tables read, and the questions to them."""
    tables = {
        path.stem: pd.read_parquet(path) for path in sorted((folder / "files").glob("*.parquet"))
    }
    asks = Asks(tables)
    with duckdb.connect(str(folder / "plain.duckdb"), read_only=True) as plain:
        yield Peer(
            plain,
            {
                "Q1n": lambda: asks.scoreboard(people=False),
                "Q1": lambda: asks.scoreboard(people=True),
                "Q2": asks.trend,
                "Q3": asks.response,
                "Q4": asks.funnel,
                "Q5": asks.follow_up,
                "Q6": asks.leakage,
            },
            lambda found: found.reset_index().to_dict("records"),
        )


def _touches(rows: Any) -> Any:
    return (rows.direction == "outbound") & ((rows.kind != "meeting") | (rows.outcome == "held"))


def _between(column: Any, start: str, end: str) -> Any:
    return (column >= pd.Timestamp(start)) & (column < pd.Timestamp(end))


class Asks:
    """The questions."""

    def __init__(self, tables: dict[str, Any]):
        self.activity = tables["activity"]
        self.lead = tables["lead"]
        self.opportunity = tables["opportunity"]
        self.stage = tables["opportunity_stage"]
        self.rep = tables["rep"]

    def scoreboard(self, *, people: bool) -> Any:
        """Q1n, and Q1 with people."""
        rows = self.activity[_between(self.activity.occurred_at, "2026-10-01", "2026-12-01")]
        ours = rows.direction == "outbound"
        is_connected = (rows.kind == "call") & (rows.outcome == "connected")
        counted = rows.assign(
            period=rows.occurred_at.dt.to_period("M").dt.start_time,
            connects=ours & is_connected,
            talk=rows.duration_seconds.where(is_connected),
            **{name: ours & (rows.kind == kind) for name, kind in KINDS.items()},
        )
        keys = ["rep_id", "period"]
        found = counted.groupby(keys)[[*KINDS, "connects", "talk"]].sum()
        if people:
            touched = counted[_touches(counted)]
            found["people"] = touched.groupby(keys).lead_id.nunique()
        return found

    def trend(self) -> Any:
        """Q2."""
        rows = self.activity[_between(self.activity.occurred_at, "2025-10-06", "2026-10-05")]
        rows = rows[_touches(rows)].merge(self.rep[["rep_id", "team"]], on="rep_id")
        rows = rows.assign(
            period=rows.occurred_at.dt.to_period("W-SUN").dt.start_time,
            calls=rows.kind == "call",
            connects=(rows.kind == "call") & (rows.outcome == "connected"),
        )
        groups = rows.groupby(["period", "team", "rep_id"])
        found = groups.agg(
            calls=("calls", "sum"), connects=("connects", "sum"), leads=("lead_id", "nunique")
        )
        return found.groupby(["period", "team"]).sum()

    def response(self) -> Any:
        """Q3."""
        lead = self.lead
        asked = lead[(lead.channel == "inbound") & _in_year(lead.created_at)]
        touches = self.activity[
            _touches(self.activity) & (self.activity.occurred_at >= pd.Timestamp("2025-10-01"))
        ]
        first = touches.groupby("lead_id").occurred_at.min().rename("answered_at")
        found = asked.join(first, on="lead_id", how="inner")
        seconds = (found.answered_at - found.created_at).dt.total_seconds()
        groups = found.assign(response=seconds, rep_id=found.owner_id).groupby("rep_id").response
        return pd.DataFrame(
            {"response": groups.quantile(0.5, interpolation="lower"), "n": groups.size()}
        )

    def funnel(self) -> Any:
        """Q4."""
        lead = self.lead[_between(self.lead.created_at, "2025-07-01", "2026-07-01")]
        won = self.opportunity[self.opportunity.outcome == "won"]
        first = won.groupby("lead_id").closed_at.min().rename("won_at")
        found = lead.join(first, on="lead_id")
        found = found.assign(
            period=found.created_at.dt.to_period("M").dt.start_time,
            rep_id=found.owner_id,
            is_won=found.won_at - found.created_at <= pd.Timedelta(days=90),
        )
        groups = found.groupby(["period", "rep_id"])
        return groups.agg(leads=("lead_id", "size"), customers=("is_won", "sum"))

    def follow_up(self) -> Any:
        """Q5."""
        rows = self.activity[_touches(self.activity)][["lead_id", "occurred_at"]]
        rows = rows.sort_values("occurred_at", kind="stable")
        groups = rows.groupby("lead_id")
        rows = rows.assign(touch_number=groups.cumcount() + 1, next_at=groups.occurred_at.shift(-1))
        first = self.opportunity.groupby("lead_id").created_at.min().rename("converted_at")
        rows = rows.join(first, on="lead_id")
        rows = rows[
            _in_year(rows.occurred_at)
            & (rows.converted_at.isna() | (rows.converted_at >= rows.occurred_at))
        ]
        converted = (rows.converted_at < rows.next_at) | (
            rows.converted_at.notna() & rows.next_at.isna()
        )
        groups = rows.assign(converted=converted).groupby("touch_number")
        return groups.agg(touches=("lead_id", "size"), converted=("converted", "sum"))

    def leakage(self) -> Any:
        """Q6."""
        rows = self.stage.sort_values(["opportunity_id", "entered_at"])
        following = rows.groupby("opportunity_id").entered_at.shift(-1)
        rows = rows.assign(next_at=following)
        outcome = self.opportunity[["opportunity_id", "outcome"]]
        rows = rows[_in_year(rows.entered_at)].merge(outcome, on="opportunity_id")
        rows = rows.assign(
            lost=rows.next_at.isna() & (rows.outcome == "lost"),
            advanced=rows.next_at.notna() | (rows.outcome == "won"),
        )
        groups = rows.groupby(["stage", "rep_id"])
        return groups.agg(
            entered=("lost", "size"), lost=("lost", "sum"), advanced=("advanced", "sum")
        )


def _in_year(column: Any) -> Any:
    return _between(column, "2025-10-01", "2026-10-01")
