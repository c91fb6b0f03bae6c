"""Touches of leads: the human attempts of each follow-up, merged and numbered."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.leads import ORIGIN
from foresail.facts.making.shared.stretches import laid_over
from foresail.facts.making.shared.surrogates import with_lead_surrogate
from foresail.facts.making.source import BEGINNING, END, Source

MONTH_OF_REP = ("touched_on", "attempt_rep")
MERGED_WITHIN = ibis.interval(minutes=30)
OF_STATE = (
    *ORIGIN,
    "attempt_rep",
    "attempt_team",
    "attempt_manager",
    "attempt_role",
    "attempt_seniority",
    "attempt_territory",
    "converted_at",
    "disqualified_at",
    "deleted_at",
)


def make_touches(source: Source) -> Any:
    """Make `fact.touch_number` and `fact.touch`: per touch and stretch of time in which its number
    and the state of its lead stay; and `fact.touch_attempt`, every attempt with its touch's number.
    """
    attempts = source.keep("lead_touched", _attempts(source))
    attempts = source.keep("touch_attempt", _numbered(_alive(attempts)))
    numbered = source.keep("touch_number", _touches(attempts))
    source.drop("lead_touched")
    touches = numbered.mutate(
        since=ibis.greatest(row.version_since, row.touched_at), until=row.version_until
    ).filter(row.since < row.until)
    touches = touches.drop("version_since", "version_until")
    touches = laid_over(touches, source.fact("lead_state"), "lead_id", OF_STATE)
    touches = with_lead_surrogate(source, touches)
    clock = source.clock(touches.touched_at, touches.touched_is_date, "touched")
    return source.keep("touch", touches.mutate(**clock, activity_kind=row.kind), by=MONTH_OF_REP)


def make_follow_up_starts(source: Source) -> Any:
    """Make `fact.follow_up_start`: per lead, when each follow-up of it began, and the next one's
    beginning. A request begins that of its episode; a recycled lead begins anew. A lead that
    nobody knows the request of is followed up from the first attempt on.
    """
    leads = source.fact("lead")
    kept = source.fact("request").filter(row.is_lead | row.deleted_at.isnull())
    requests = ibis.union(
        kept.select("lead_id", follow_up_id=row.episode_id, begins_at=row.requested_at),
        leads.filter(row.created_at.isnull()).select(
            "lead_id", follow_up_id=row.lead_id, begins_at=BEGINNING
        ),
    )
    recycled = source.fact("lead_end").filter(row.stage == "recycled")
    recycled = recycled.semi_join(requests, "lead_id").select(
        "lead_id",
        follow_up_id=row.lead_id + " recycled " + row.reached_at.cast("string"),
        begins_at=row.reached_at,
    )
    in_order = ibis.window(group_by="lead_id", order_by=["begins_at", "follow_up_id"])
    starts = ibis.union(requests, recycled).mutate(
        begins=(row.follow_up_id.lag().over(in_order) != row.follow_up_id).fill_null(True)
    )
    starts = starts.filter(row.begins).drop("begins")
    starts = starts.mutate(ends_at=ibis.coalesce(row.begins_at.lead().over(in_order), END))
    return source.keep("follow_up_start", starts)


def _attempts(source: Source) -> Any:
    """Each attempt with the follow-up it belongs to, and when it was a contact."""
    attempts = source.fact("activity").filter(row.is_touch & row.lead_id.notnull())
    is_connected = (attempts.kind == "call") & (attempts.outcome == "connected")
    is_contact = attempts.is_held | is_connected.fill_null(False)
    starts = source.fact("follow_up_start")
    return attempts.inner_join(
        starts,
        [
            attempts.lead_id == starts.lead_id,
            starts.begins_at <= attempts.occurred_at,
            starts.ends_at > attempts.occurred_at,
        ],
    ).select(
        starts.follow_up_id,
        attempts.lead_id,
        attempts.activity_id,
        attempts.kind,
        attempts.deleted_at,
        attempts.loaded_at,
        attempts.actor_rep,
        contact_at=ibis.ifelse(is_contact, attempts.occurred_at, None),
        next_begins_at=starts.ends_at.nullif(END),
        touched_at=attempts.occurred_at,
        touched_is_date=attempts.occurred_is_date,
    )


def _alive(attempts: Any) -> Any:
    """The attempts of each follow-up anew for each stretch of time between deletions in it."""
    cuts = ibis.union(
        attempts.select("follow_up_id", version_since=BEGINNING),
        attempts.filter(row.deleted_at.notnull()).select(
            "follow_up_id", version_since=row.deleted_at
        ),
        distinct=True,
    )
    in_order = ibis.window(group_by="follow_up_id", order_by="version_since")
    versions = cuts.mutate(
        version_until=ibis.coalesce(row.version_since.lead().over(in_order), END)
    )
    return attempts.inner_join(
        versions,
        [
            attempts.follow_up_id == versions.follow_up_id,
            attempts.deleted_at.fill_null(END) > versions.version_since,
        ],
    ).select(
        *(attempts[name] for name in attempts.columns if name != "deleted_at"),
        versions.version_since,
        versions.version_until,
    )


VERSION = ("follow_up_id", "version_since")
IN_ORDER = ibis.window(group_by=VERSION, order_by=["touched_at", "activity_id"])
EARLIER = ibis.window(group_by=VERSION, order_by=["touched_at", "activity_id"], preceding=(None, 1))


def _numbered(attempts: Any) -> Any:
    """Each attempt with the number of its touch.

    Attempts that follow within 30 minutes on a channel join the touch of the one before.
    """
    in_kind = [*VERSION, "kind", "touched_is_date"]
    by_kind = ibis.window(group_by=in_kind, order_by=["touched_at", "activity_id"])
    before = row.touched_at.lag().over(by_kind)
    joins = ~row.touched_is_date & (before + MERGED_WITHIN >= row.touched_at)
    attempts = attempts.mutate(joins=joins.fill_null(False))
    so_far = ibis.window(
        group_by=VERSION, order_by=["touched_at", "activity_id"], preceding=None, following=0
    )
    number = ibis.ifelse(row.joins, None, row.activity_id).count().over(so_far)
    attempts = attempts.mutate(own_number=ibis.ifelse(row.joins, None, number))
    so_far_by_kind = ibis.window(
        group_by=in_kind, order_by=["touched_at", "activity_id"], preceding=None, following=0
    )
    return attempts.mutate(touch_number=row.own_number.max().over(so_far_by_kind)).drop(
        "own_number"
    )


def _touches(attempts: Any) -> Any:
    """One row per touch: its first attempt, when one of its attempts was a contact, when an earlier
    touch had been one, and when the next touch came.
    """
    of_touch = ibis.window(group_by=(*VERSION, "touch_number"))
    touches = attempts.mutate(contact_at=row.contact_at.min().over(of_touch))
    touches = touches.filter(~row.joins).drop("joins")
    return touches.mutate(
        contact_before_at=row.contact_at.min().over(EARLIER),
        next_at=row.touched_at.lead().over(IN_ORDER),
    )
