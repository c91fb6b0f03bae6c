"""Planned: what is to be done on a day, and the meetings that are to take place."""

from __future__ import annotations

from foresail.core.anchors import Count, Distinct, On
from foresail.core.dimensions import ACTOR
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.activities import A_MEETING, Activities

PLANNED_FOR = On("occurred_on", "the day it is planned for", sees_future=True)
IS_KNOWN = (_.booked_at <= _.as_of).fill_null(True)
IS_DONE_LATER = (_.is_completed & _.booked_at.notnull() & (_.occurred_at > _.as_of)).fill_null(
    False
)


class Planned(Fact):
    """One row per activity, by the day for which it is planned."""

    table = Activities.table
    key = Activities.key
    dimensions = Activities.dimensions
    shows = (
        "activity_id",
        "occurred_at",
        "booked_at",
        "kind",
        "outcome",
        "actor_rep",
        "lead_id",
        "contact_id",
        "account",
        "subject",
    )
    small = ("kind", "is_automated", "is_completed", "is_called_off")
    has_deletion = True

    to_do = Measure(
        Count(),
        at=PLANNED_FOR,
        credit=ACTOR,
        where=_.kind.isin(("call", "email", "social", "letter"))
        & ~_.is_automated
        & IS_KNOWN
        & (~_.is_completed | IS_DONE_LATER),
        needs=(Need("activity", "is_completed"),),
        words="planned attempts not yet done",
    )
    meetings = Measure(
        Distinct(_.event_id),
        at=PLANNED_FOR,
        credit=ACTOR,
        where=(_.kind == "meeting") & ~_.is_called_off & IS_KNOWN,
        needs=(A_MEETING,),
        words="meetings planned",
    )
