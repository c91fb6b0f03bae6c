"""Open deals with which nothing happens and nothing is planned."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.stretches import covered, laid_over
from foresail.facts.making.source import BEGINNING, END, Source

NEARLY_A_DAY = ibis.interval(hours=23)
"""So long after a touch no deal is untouched, not even on the day on which clocks change."""


def make_quiet_deals(source: Source) -> Any:
    """Make `fact.quiet_deal`: open deals, cut to the stretches in which they are left alone.

    Each has its last touch, `touched_at`. The day after a touch is left out: a deal is untouched
    for a day at least, and that keeps the rows few.
    """
    deals = source.fact("deal").select("opportunity_id")
    touched = source.keep("deal_touched", _last_touches(source, deals))
    idle = covered(deals, source.fact("deal_plan"), "opportunity_id", "is_planned")
    quiet = laid_over(touched, idle.filter(~row.is_planned), "opportunity_id", ())
    quiet = source.keep("deal_quiet", quiet)
    states = source.fact("opportunity_state").filter(row.state == "open")
    found = laid_over(states, quiet, "opportunity_id", ("touched_at", "touched_is_date"))
    found = found.mutate(**source.clock(row.touched_at, row.touched_is_date, "touched"))
    made = source.keep("quiet_deal", found)
    source.drop("deal_touched", "deal_quiet", "deal_plan")
    return made


def _last_touches(source: Source, deals: Any) -> Any:
    """Per deal the stretches, a day after each touch at the soonest, with the last touch by then.

    A touch that is deleted no longer is the last one: the one before it is again.
    """
    touches = source.fact("deal_touch").select(
        "opportunity_id",
        touched_at=row.occurred_at,
        touched_is_date=row.occurred_is_date,
        gone_at=row.deleted_at.fill_null(END),
    )
    touches = touches.filter(row.touched_at < row.gone_at)
    begun = touches.group_by("opportunity_id", since=row.touched_at).agg(
        touched_is_date=row.touched_is_date.min()
    )
    begun = begun.mutate(touched_at=row.since)
    turns = ibis.union(begun, _after_deletion(touches).select(*begun.columns))
    turns = turns.group_by("opportunity_id", "since").agg(
        touched_at=row.touched_at.max(),
        touched_is_date=row.touched_is_date.argmax(row.touched_at),
    )
    never = deals.select(
        "opportunity_id",
        since=BEGINNING,
        touched_at=ibis.null("timestamp(6)"),
        touched_is_date=False,
    )
    turns = ibis.union(never, turns.select(*never.columns))
    in_order = ibis.window(group_by="opportunity_id", order_by="since")
    turns = turns.mutate(until=ibis.coalesce(row.since.lead().over(in_order), END))
    a_day_after = (row.touched_at + NEARLY_A_DAY).fill_null(BEGINNING)
    turns = turns.mutate(since=ibis.greatest(row.since, a_day_after))
    return turns.filter(row.since < row.until)


def _after_deletion(touches: Any) -> Any:
    """At each deletion of a touch, the last one that still counts."""
    gone = touches.filter(row.gone_at < END)
    gone = gone.select("opportunity_id", since=row.gone_at).distinct()
    others = touches.view()
    remaining = gone.left_join(
        others,
        [
            gone.opportunity_id == others.opportunity_id,
            others.touched_at <= gone.since,
            others.gone_at > gone.since,
        ],
    ).select(
        opportunity_id=gone.opportunity_id,
        since=gone.since,
        touched_at=others.touched_at,
        touched_is_date=others.touched_is_date,
    )
    return remaining.group_by("opportunity_id", "since").agg(
        touched_at=row.touched_at.max(),
        touched_is_date=row.touched_is_date.argmax(row.touched_at),
    )
