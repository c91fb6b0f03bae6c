"""Missed meetings: no-shows, while no other meeting with the person is booked."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.reigns import between
from foresail.facts.making.source import BEGINNING, END, Source


def make_missed_meetings(source: Source) -> Any:
    """Make `fact.missed_meeting`: per no-show the stretches in which no later meeting is booked."""
    meetings = source.fact("activity").filter(row.kind == "meeting")
    missed = meetings.filter((row.outcome == "no_show").fill_null(False))
    later = meetings.filter((row.outcome != "cancelled").fill_null(True)).view()
    found = missed.inner_join(
        later, [missed.person == later.person, later.occurred_at > missed.occurred_at]
    ).select(
        missed.activity_id,
        since=later.booked_at.fill_null(BEGINNING),
        until=later.deleted_at.fill_null(END),
    )
    booked = source.keep("meeting_again", found.filter(row.since < row.until))
    before = ibis.window(group_by="activity_id", order_by=["since", "until"], preceding=(None, 1))
    covered = row.until.max().over(before)
    # Stretches that overlap are one: each goes on from where those before it end.
    apart = booked.mutate(since=ibis.greatest(row.since, covered.fill_null(BEGINNING)))
    alone = source.keep("meeting_apart", apart.filter(row.since < row.until))
    stretches = between(missed, alone, "activity_id", BEGINNING)
    made = source.keep("missed_meeting", missed.inner_join(stretches, "activity_id"))
    source.drop("meeting_again", "meeting_apart")
    return made
