"""Follow-ups of leads: how often each was touched, and whether it was given up."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.touches import MONTH_OF_REP, OF_STATE
from foresail.facts.making.shared.business import with_working_days
from foresail.facts.making.shared.stretches import covered, laid_over, latest_through_time
from foresail.facts.making.source import END, Source

FOUR_WEEKS = 28


def make_follow_ups(source: Source) -> Any:
    """Make `fact.follow_up`: per touched follow-up and stretch of time in which nothing of it
    changes, its first touches, when the lead was last heard of, and whether something is planned.
    """
    numbered = source.fact("touch_number")
    version = ["follow_up_id", "version_since"]
    first = numbered.filter(row.touch_number == 1).select(
        "follow_up_id",
        "lead_id",
        "loaded_at",
        "version_since",
        "version_until",
        "touched_at",
        "touched_is_date",
        second_at=row.next_at,
    )
    near = _touches_near(source, numbered, first)
    follow_ups = first.inner_join(near, version)
    follow_ups = follow_ups.mutate(
        since=ibis.greatest(row.version_since, row.touched_at), until=row.version_until
    ).filter(row.since < row.until)
    follow_ups = follow_ups.drop("version_since", "version_until")
    follow_ups = laid_over(follow_ups, source.fact("lead_state"), "lead_id", OF_STATE)
    leads = source.fact("lead").select("lead_id")
    heard = latest_through_time(leads, _heard(source), "lead_id", ("heard_on",))
    follow_ups = laid_over(follow_ups, heard, "lead_id", ("heard_on",))
    planned = covered(leads, _planned(source), "lead_id", "is_planned")
    follow_ups = laid_over(follow_ups, planned, "lead_id", ("is_planned",))
    clock = source.clock(follow_ups.touched_at, follow_ups.touched_is_date, "touched")
    follow_ups = with_working_days(source, follow_ups.mutate(**clock), "touched", "heard")
    return source.keep("follow_up", follow_ups, by=MONTH_OF_REP)


def _touches_near(source: Source, numbered: Any, first: Any) -> Any:
    """Per follow-up and version, the number of touches within four weeks of the first."""
    first = first.view()
    both = numbered.inner_join(
        first,
        [
            numbered.follow_up_id == first.follow_up_id,
            numbered.version_since == first.version_since,
        ],
    )
    days = (
        source.wall_time(numbered.touched_at)
        .date()
        .delta(source.wall_time(first.touched_at).date(), unit="day")
    )
    is_near = ibis.ifelse(
        numbered.touched_is_date | first.touched_is_date,
        days <= FOUR_WEEKS,
        numbered.touched_at <= first.touched_at + ibis.interval(days=FOUR_WEEKS),
    )
    both = both.select(first.follow_up_id, first.version_since, is_near=is_near)
    return both.group_by("follow_up_id", "version_since").agg(touches_28d=row.is_near.sum())


def _heard(source: Source) -> Any:
    """What came in from leads."""
    activities = source.fact("activity").filter(
        (row.direction == "inbound") & ~row.is_automated & row.is_completed & row.lead_id.notnull()
    )
    return activities.select("lead_id", "occurred_at", "deleted_at", heard_on=row.occurred_on)


def _planned(source: Source) -> Any:
    """When something lay ahead of each lead."""
    activities = source.fact("activity").filter((row.direction != "inbound").fill_null(True))
    return activities.select(
        "lead_id",
        since=row.booked_at,
        until=ibis.least(row.occurred_at, row.deleted_at.fill_null(END)),
    ).filter(row.since.notnull() & row.until.notnull())
