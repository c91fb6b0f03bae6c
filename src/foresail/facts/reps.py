"""Reps: who is in the job."""

from __future__ import annotations

from foresail.core.anchors import Count, Standing
from foresail.core.dimensions import PERSON, REP
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure
from foresail.facts.bookings import Bookings
from foresail.facts.days import RepDays
from foresail.facts.quotas import QUOTA, Quotas


class Reps(Fact):
    """One row per rep and stretch of days in one position, while in the job."""

    table = "rep_state"
    key = ("person_rep",)
    shows = ("person_rep", "person_team", "hired_on", "left_on")

    carrying = Measure(
        Count(),
        at=Standing(),
        credit=PERSON,
        per={
            (REP,): {
                "own_days": Quotas.own_days,
                "carrying_days": RepDays.carrying,
                "won": Bookings.revenue,
                "quota": Quotas.quota,
            }
        },
        where=(_.own_days >= _.window_days) & (_.carrying_days >= _.window_passed) & (_.quota > 0),
        needs=QUOTA,
        words="reps who carry a quota for the whole period",
    )
    at_quota = carrying.only(_.won >= _.quota, words="of these at or above it")
