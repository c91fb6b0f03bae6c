"""Marketing assets, and the attempts in which they were shared."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.source import BEGINNING, END, Source

OF_ASSET = ("asset", "asset_segment", "asset_stage", "tracked_number")
NOT_A_DIGIT = "[^0-9]"


def make_assets(source: Source) -> Any:
    """Make `fact.asset`: each asset while it is available; without a day of publication always."""
    assets = source.canonical("content")
    day_after = (row.retired_on + ibis.interval(days=1)).cast("date")
    return source.keep(
        "asset",
        assets.select(
            "name",
            "kind",
            "segment",
            "stage",
            "published_on",
            "retired_on",
            "loaded_at",
            content=row.content_id,
            tracked_number=digits(row.tracking_number),
            since=ibis.ifelse(
                row.published_on.isnull(), BEGINNING, source.midnight(row.published_on)
            ),
            until=ibis.ifelse(row.retired_on.isnull(), END, source.midnight(day_after)),
        ),
    )


def make_shares(source: Source) -> Any:
    """Make `fact.share`: each attempt with each asset that is described and was shared in it."""
    shared = source.canonical("content_share").select("activity_id", content=row.content_id)
    assets = source.fact("asset").select(
        "content",
        "tracked_number",
        asset=row.name,
        asset_segment=row.segment,
        asset_stage=row.stage,
    )
    shared = shared.inner_join(assets, "content")
    attempts = source.fact("activity").filter(row.is_touch)
    found = attempts.inner_join(shared, "activity_id")
    return source.keep("share", found.mutate(share_id=row.activity_id + " " + row.content))


def digits(number: Any) -> Any:
    """A telephone number by its digits alone; unknown without any."""
    return number.re_replace(NOT_A_DIGIT, "").nullif("")


def is_at_or_after(source: Source, event: str, thing: str) -> Any:
    """Whether a row's event is not before another thing in it; of dates alone the day counts."""
    event_at, thing_at = row[f"{event}_at"], row[f"{thing}_at"]
    return ibis.ifelse(
        row[f"{event}_is_date"] | row[f"{thing}_is_date"],
        source.wall_time(event_at).date() >= source.wall_time(thing_at).date(),
        event_at >= thing_at,
    )
