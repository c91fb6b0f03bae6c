"""Costs, day by day."""

from __future__ import annotations

from typing import Any

from ibis import _ as row

from foresail.facts.making.shared.spread import spread
from foresail.facts.making.source import Source


def make_costs(source: Source) -> Any:
    """Make `fact.cost_day`: each cost on each day it covers, of the team it was paid for."""
    costs = source.canonical("cost").select(
        "row_key",
        "cost_id",
        "starts_on",
        "ends_on",
        "amount",
        "currency",
        "source",
        "loaded_at",
        campaign=row.campaign_id,
        cost_category=row.category,
        payer_team=row.team,
    )
    return source.keep("cost_day", spread(source, costs, value="amount"))
