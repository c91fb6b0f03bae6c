"""The working days of reps, and on which of them they reached out through a social network."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.stretches import covered
from foresail.facts.making.source import BEGINNING, END, Source


def make_social_days(source: Source) -> Any:
    """Make `fact.social_day`: per rep and working day present, and stretch of time, whether a
    social touch of that rep on that day is known and not deleted.

    `fact.social_span`, the touches, is kept as well: days are made anew only where it differs.
    """
    days = source.fact("rep_day").filter(row.is_present)
    days = days.mutate(rep_day=row.person_rep + " " + row.day.cast("string"))
    touches = source.fact("activity").filter(
        row.is_touch & (row.kind == "social") & row.actor_rep.notnull()
    )
    spans = touches.select(
        "activity_id",
        rep_day=row.actor_rep + " " + row.occurred_on.cast("string"),
        since=row.occurred_at,
        until=row.deleted_at.fill_null(END),
    )
    spans = source.keep("social_span", spans.filter(row.rep_day.notnull()))
    touched = spans.select("rep_day").distinct()
    known = covered(touched, spans, "rep_day", "is_social")
    quiet = days.anti_join(touched, "rep_day")
    quiet = quiet.mutate(since=BEGINNING, until=END, is_social=ibis.literal(False))
    found = days.inner_join(known, "rep_day")
    return source.keep("social_day", ibis.union(found, quiet.select(*found.columns)))
