"""What facts about the way of a deal say of it: the deal's own columns, its owner at the entry."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.deals.deal_history import MICROSECOND
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source

DESCRIBED = (
    "name",
    "account",
    "pipeline",
    "pipeline_key",
    "deal_type",
    "product",
    "source",
    "channel",
    "campaign",
    "lead_territory",
    "segment",
    "industry",
    "country",
    "company_size_band",
    "title_level",
    "lost_reason",
    "deleted_at",
    "loaded_at",
)


def described(source: Source, table: Any) -> Any:
    """The table with what is known of its `opportunity_id`, whatever the time."""
    columns = {name: name for name in DESCRIBED}
    return attach(table, source.fact("deal"), {"opportunity_id": "opportunity_id"}, columns)


def entered(source: Source, table: Any) -> Any:
    """The table described, with the clock of `entered_at` and the owner's position at the entry.

    An entry by date alone sees the whole of that day, as a closing does.
    """
    table = described(source, table).mutate(
        **source.clock(row.entered_at, row.entered_is_date, "entered")
    )
    day_after = source.midnight((row.entered_on + ibis.interval(days=1)).cast("date"))
    table = table.mutate(
        seen_at=ibis.ifelse(row.entered_is_date, day_after - MICROSECOND, row.entered_at)
    )
    owners = source.fact("deal_owner")
    table = attach(
        table,
        owners,
        {"opportunity_id": "opportunity_id"},
        {"entrant_id": "value"},
        lambda entry, owner: [
            owner.value_since <= entry.seen_at,
            owner.value_until > entry.seen_at,
        ],
    )
    return credited(source, table, "entrant_id", "entered_on", "entrant").drop("seen_at")
