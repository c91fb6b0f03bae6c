"""Deals that look dead, and deals whose state contradicts itself."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.health.checks import Check, Tables, rows_with

ZOMBIE_DAYS = 90
IS_OPEN = (
    row.outcome.isnull()
    & row.closed_at.isnull()
    & row.deleted_at.isnull()
    & row.merged_into_id.isnull()
)


def _zombies(tables: Tables) -> Any:
    overdue_since = (tables.as_of - ibis.interval(days=ZOMBIE_DAYS)).cast("date")
    return tables.canonical("opportunity").filter(IS_OPEN & (row.expected_close_on < overdue_since))


def _closed_stage(tables: Tables) -> Any:
    rows = tables.canonical("opportunity").filter(IS_OPEN & row.stage.notnull())
    ends = tables.canonical("stage").filter(row.kind.isin(["won", "lost"]))
    ends = ends.mutate(runs=row.pipeline.fill_null("")).select("runs", "stage")
    return rows.mutate(runs=row.pipeline.fill_null("")).semi_join(ends, ["runs", "stage"])


CHECKS = (
    Check(
        "zombie",
        "opportunity",
        f"open opportunities whose expected close passed more than {ZOMBIE_DAYS} days ago",
        "They swell the pipeline, and hide losses from the win rate.",
        "Close them as lost, or give them a new date.",
        _zombies,
        is_wrong=False,
    ),
    Check(
        "closed_without_date",
        "opportunity",
        "won or lost opportunities without a closing date",
        "They are in no month; only the period all counts them.",
        "Fill in the closing date.",
        rows_with("opportunity", row.outcome.notnull() & row.closed_at.isnull()),
    ),
    Check(
        "closed_without_outcome",
        "opportunity",
        "opportunities with a closing date and no outcome",
        "They count as open.",
        "Say in the mapping which stages are won and lost.",
        rows_with("opportunity", row.outcome.isnull() & row.closed_at.notnull()),
    ),
    Check(
        "open_in_closed_stage",
        "opportunity",
        "open opportunities in a stage of kind won or lost",
        "They count as open until their outcome is said.",
        "Say in the mapping which stages are won and lost.",
        _closed_stage,
    ),
)
