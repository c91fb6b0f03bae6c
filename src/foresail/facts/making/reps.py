"""Reps: who is in the job."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.roles import POSITION
from foresail.facts.making.source import BEGINNING, END, Source


def make_reps(source: Source) -> Any:
    """Make `fact.rep_state`: positions cut to the days in the job."""
    roles = source.fact("role")
    hired = ibis.ifelse(row.hired_on.isnull(), BEGINNING, source.midnight(row.hired_on))
    day_after = (row.left_on + ibis.interval(days=1)).cast("date")
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
            person_rep=row.rep_id,
            **{f"person_{name}": row[name] for name in POSITION},
        ),
    )
