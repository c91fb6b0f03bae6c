"""Sharing an amount out to the last fraction: by splits of a deal, by days of a period."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.core.money import times
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source

SHARE = "decimal(18, 9)"
WHOLE = ibis.literal(1).cast(SHARE)


def make_splits(source: Source) -> Any:
    """Make `fact.split`: one row per deal and rep with revenue credit, [share_from, share_to).

    Shares above 100 % in all are scaled to it; what is missing to 100 % stays with the owner, who
    has no row here for it (`rep_id` empty).
    """
    splits = source.canonical("opportunity_split").filter((row.kind == "revenue") & (row.share > 0))
    splits = splits.anti_join(source.fact("opportunity_merge"), "opportunity_id")
    total = ibis.window(group_by="opportunity_id")
    running = ibis.window(group_by="opportunity_id", order_by="rep_id", preceding=(None, 0))
    shared = splits.mutate(scale=ibis.greatest(row.share.sum().over(total), 1.0))
    shared = shared.select(
        "opportunity_id",
        "rep_id",
        share_to=(row.share.sum().over(running) / row.scale).cast(SHARE),
        share=(row.share / row.scale).cast(SHARE),
    ).mutate(share_from=row.share_to - row.share)
    rest = shared.group_by("opportunity_id").agg(share_from=row.share_to.max())
    rest = rest.filter(row.share_from < 0.999999).select(
        "opportunity_id",
        rep_id=ibis.null("string"),
        share_to=WHOLE,
        share_from=row.share_from,
    )
    kept = shared.select("opportunity_id", "rep_id", "share_to", share_from=row.share_from)
    return source.keep("split", ibis.union(kept, rest))


def shared_out(table: Any, splits: Any, owner: str) -> Any:
    """A row per credited rep: `credited_id`, `share_from` and `share_to` of the whole."""
    columns = {"split_rep": "rep_id", "share_from": "share_from", "share_to": "share_to"}
    found = attach(table, splits, {"opportunity_id": "opportunity_id"}, columns)
    return found.mutate(
        credited_id=ibis.coalesce(row.split_rep, row[owner]),
        share_from=row.share_from.fill_null(ibis.literal(0).cast(SHARE)),
        share_to=row.share_to.fill_null(WHOLE),
    ).drop("split_rep")


def part(amount: Any) -> Any:
    """The part of an amount between `share_from` and `share_to`; the parts add up to the whole."""
    return times(amount, row.share_to) - times(amount, row.share_from)
