"""Clicks of people on links in mails."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.shared.reigns import last_reigns
from foresail.facts.making.source import Source
from foresail.facts.making.work.assets import is_at_or_after

PAIR = (
    "row_key",
    "activity_id",
    "content",
    "clicked_at",
    "clicked_is_date",
    "occurred_at",
    "occurred_is_date",
    "deleted_at",
)


def first_clicks(source: Source, links: Any) -> Any:
    """Per mail and asset, from when on a person's click on it is known.

    A click that names no mail belongs to the last one with its asset to its lead. When that mail
    is deleted, it belongs to the one before it.
    """
    delivered = links.filter((row.outcome != "bounced").fill_null(True))
    clicks = events_of_people(source, "click").rename(
        clicked_at="occurred_at", clicked_is_date="occurred_is_date"
    )
    named = _named(clicks, delivered)
    unnamed = clicks.filter(row.activity_id.isnull()).drop("activity_id")
    sent = delivered.drop("loaded_at")
    unnamed = unnamed.inner_join(sent, ["content", "lead_id"]).select(*PAIR)
    unnamed = unnamed.filter(is_at_or_after(source, "clicked", "occurred"))
    unnamed = last_reigns(unnamed, "row_key", "clicked_at")
    named = named.filter(is_at_or_after(source, "clicked", "occurred"))
    named = named.mutate(since=row.clicked_at)
    found = ibis.union(named, unnamed.select(*named.columns)).filter(~_is_scanner(source))
    return found.group_by("activity_id", "content").agg(clicked_at=row.since.min())


def events_of_people(source: Source, kind: str) -> Any:
    """The events of one kind that no machine made, those of merged leads with the survivor."""
    events = source.canonical("content_event").filter(
        (row.kind == kind) & ~row.is_bot.fill_null(False) & row.occurred_at.notnull()
    )
    events = events.select(
        "row_key",
        "activity_id",
        "lead_id",
        "occurred_at",
        content=row.content_id,
        occurred_is_date=row.occurred_at_is_date.fill_null(False),
    )
    return resolved(events, "lead_id", source.fact("lead_merge"), "lead_id")


def _named(clicks: Any, links: Any) -> Any:
    """Clicks that name their mail, with the asset they name; with every one if it is none of the
    mail's.
    """
    named = clicks.filter(row.activity_id.notnull()).drop("lead_id")
    same = named.inner_join(links, ["activity_id", "content"]).select(*PAIR)
    others = named.anti_join(links, ["activity_id", "content"]).drop("content")
    return ibis.union(same, others.inner_join(links, "activity_id").select(*PAIR))


def _is_scanner(source: Source) -> Any:
    within = ibis.interval(seconds=source.settings.thresholds.scanner_seconds)
    has_times = ~row.clicked_is_date & ~row.occurred_is_date
    return has_times & (row.clicked_at <= row.occurred_at + within)
