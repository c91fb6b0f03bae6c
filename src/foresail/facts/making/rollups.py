"""Rollups: sums of a fact's rows that are made with it."""

from __future__ import annotations

from typing import Any

from foresail.core.rollups import Rollup
from foresail.facts.activities import Activities
from foresail.facts.making.source import Source

ROLLUPS: dict[str, Rollup] = {each.table: each for each in Activities.rollups}
"""All rollups, by their tables."""


def make_activity_days(source: Source) -> Any:
    """Make `fact.activity_day`: how much each rep did on each day, in order of the days."""
    (rollup,) = Activities.rollups
    rows = rollup.made_of(source.fact(Activities.table))
    return source.keep(rollup.table, rows.order_by(rollup.keys))
