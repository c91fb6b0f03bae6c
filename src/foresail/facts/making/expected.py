"""Which canonical columns a KPI can lean on, and how many rows leave them empty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.source import Source
from foresail.facts.making.tallies import Tally

ANY = ibis.literal(True)
IS_PAST = row.is_completed.fill_null(row.occurred_at <= row.loaded_at).fill_null(False)
IS_CALL, IS_MEETING = (
    (row.kind == "call").fill_null(False),
    (row.kind == "meeting").fill_null(False),
)
IS_CONNECTED = IS_CALL & (row.outcome == "connected").fill_null(False)
IS_HELD = IS_MEETING & (row.outcome == "held").fill_null(False)
IS_OWNED = row.owner_id.notnull()
IS_CLOSED = row.outcome.notnull()
IS_LOST = (row.outcome == "lost").fill_null(False)


@dataclass(frozen=True)
class Expected:
    """A column that should be filled in some of a table's rows; `rows` names those."""

    table: str
    column: str
    rows: str
    condition: Any = ANY


EXPECTED = (
    Expected("rep", "hired_on", "reps"),
    Expected("rep", "role", "reps"),
    Expected("rep_assignment", "team", "assignments"),
    Expected("position", "opened_on", "positions"),
    Expected("account", "owner_id", "accounts"),
    Expected("account", "segment", "accounts"),
    Expected("lead", "created_at", "leads"),
    Expected("lead", "channel", "leads"),
    Expected("lead", "source", "leads"),
    Expected("lead", "is_organic", "leads"),
    Expected("lead", "owner_id", "leads"),
    Expected("lead", "assigned_at", "leads with an owner", IS_OWNED),
    Expected("opportunity", "created_at", "opportunities"),
    Expected("opportunity", "owner_id", "opportunities"),
    Expected("opportunity", "account_id", "opportunities"),
    Expected("opportunity", "amount", "opportunities"),
    Expected("opportunity", "closed_at", "closed opportunities", IS_CLOSED),
    Expected("opportunity", "expected_close_on", "open opportunities", ~IS_CLOSED),
    Expected("opportunity", "lost_reason", "lost opportunities", IS_LOST),
    Expected("stage", "position", "stages"),
    Expected("stage", "probability", "open stages", (row.kind == "open").fill_null(True)),
    Expected("activity", "kind", "activities"),
    Expected("activity", "direction", "activities"),
    Expected("activity", "occurred_at", "activities"),
    Expected("activity", "rep_id", "activities"),
    Expected("activity", "outcome", "past calls and meetings", IS_PAST & (IS_CALL | IS_MEETING)),
    Expected("activity", "duration_seconds", "connected calls", IS_CONNECTED),
    Expected("activity", "booked_at", "meetings", IS_MEETING),
    Expected("activity", "moved_by", "moved meetings", (row.outcome == "moved").fill_null(False)),
    Expected("content", "tracking_number", "assets"),
    Expected("content_event", "activity_id", "clicks", (row.kind == "click").fill_null(False)),
    Expected("revenue", "account_id", "revenue rows"),
    Expected("revenue", "amount", "revenue rows"),
    Expected("revenue", "cost", "revenue rows"),
    Expected("subscription", "started_on", "subscriptions"),
    Expected("subscription", "mrr", "subscriptions"),
    Expected("subscription", "end_reason", "ended subscriptions", row.ended_on.notnull()),
    Expected("cost", "amount", "costs"),
    Expected("cost", "category", "costs"),
    Expected("quota", "amount", "quotas"),
    Expected("survey_response", "sent_at", "surveys"),
    Expected("survey_response", "score", "answered surveys", row.answered_at.notnull()),
    Expected("usage", "account_id", "rows of usage"),
    Expected("market", "market_sales", "rows of the market"),
    Expected("market", "largest_rival_sales", "rows of the market"),
    Expected("web_traffic", "visitors", "rows of traffic"),
    Expected("web_traffic", "is_organic", "rows of traffic"),
)


def _counts(expected: list[Expected], table: Any) -> Any:
    """Per expected column how many rows should fill it and do not, from one pass over them."""
    aggregates = {}
    for each in expected:
        (condition,) = table.bind(each.condition)
        aggregates[f"rows_{each.column}"] = table.count(where=condition)
        aggregates[f"empty_{each.column}"] = table.count(
            where=condition & table[each.column].isnull()
        )
    counts = table.agg(**aggregates)
    found = (
        counts.select(
            table_name=ibis.literal(each.table),
            column_name=ibis.literal(each.column),
            said_of=ibis.literal(each.rows),
            empty=counts[f"empty_{each.column}"],
            rows=counts[f"rows_{each.column}"],
        )
        for each in expected
    )
    return reduce(ibis.union, found)


def _by_table() -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for each in EXPECTED:
        found[each.table].append(each)
    return found


LACKING = Tally(
    "lacking",
    ("table_name", "column_name", "said_of"),
    ("empty", "rows"),
    {name: partial(_counts, expected) for name, expected in _by_table().items()},
)


def make_lacking(source: Source) -> Any:
    """Make `fact.lacking`: (table_name, column_name, said_of, empty, rows), for each expected
    column how many of its rows leave it empty.
    """
    return LACKING.make(source)
