"""Reps: who is in the job, since when, and who has left it."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.people.roles import POSITION, credited
from foresail.facts.making.source import BEGINNING, END, FIRST_DAY, LAST_DAY, Source

DAY = ibis.interval(days=1)


def make_reps(source: Source) -> Any:
    """Make `fact.rep_state`: positions cut to the days in the job."""
    roles = source.fact("role")
    hired_at, left_at = source.midnight(row.hired_on), source.midnight(row.left_on)
    day_after = (row.left_on + DAY).cast("date")
    hired = ibis.ifelse(row.hired_on.isnull(), BEGINNING, hired_at)
    gone = ibis.ifelse(row.left_on.isnull(), END, source.midnight(day_after))
    states = roles.mutate(
        since=ibis.greatest(row.since_at, hired), until=ibis.least(row.until_at, gone)
    ).filter(row.since < row.until)
    return source.keep(
        "rep_state",
        states.select(
            "since",
            "until",
            "hired_on",
            "left_on",
            "is_described",
            since_on=ibis.greatest(row.since_on, row.hired_on.fill_null(FIRST_DAY)),
            until_on=ibis.least(row.until_on, day_after.fill_null(LAST_DAY)),
            hired_at=hired_at,
            hired_is_date=True,
            left_at=left_at,
            left_is_date=True,
            person_rep=row.rep_id,
            **{f"person_{name}": row[name] for name in POSITION},
        ),
    )


def make_careers(source: Source) -> Any:
    """Make `fact.rep_career`: who ever was in the job, leavers for ever in their last position."""
    states = source.fact("rep_state").filter(row.is_described)
    is_last = row.until_on > row.left_on
    return source.keep("rep_career", states.mutate(until=is_last.ifelse(END, row.until)))


def make_exits(source: Source) -> Any:
    """Make `fact.rep_exit`: who left, in the position of the last day.

    Who left before the hiring never was in the job.
    """
    reps = source.canonical("rep").filter(row.left_on >= row.hired_on.fill_null(FIRST_DAY))
    reps = reps.select("rep_id", "hired_on", "left_on", "leave_kind")
    return source.keep("rep_exit", credited(source, reps, "rep_id", "left_on", "person"))
