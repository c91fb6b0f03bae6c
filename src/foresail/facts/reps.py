"""Reps: who is in the job."""

from __future__ import annotations

from foresail.core.anchors import Count, During, Mean, Standing, Stands, Sum
from foresail.core.dimensions import PERSON, REP
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.bookings import Bookings
from foresail.facts.content import SHARES, Shares
from foresail.facts.days import RepDays
from foresail.facts.quotas import QUOTA, Quotas


class Reps(Fact):
    """One row per rep and stretch of days in one position, while in the job."""

    table = "rep_state"
    key = ("person_rep",)
    shows = ("person_rep", "person_team", "hired_on", "left_on")

    active = Measure(
        Count(),
        at=Standing(),
        credit=PERSON,
        where=_.is_described,
        needs=(Need("rep"),),
        words="reps in the job",
    )
    days = Measure(
        Sum(_.covered_days, unit="count"),
        at=During("the days in the job"),
        credit=PERSON,
        where=_.is_described,
        needs=(Need("rep"),),
        words="days in the job of all reps",
    )
    at_start = Measure(
        Count(),
        at=Standing(Stands.START, words="the first day of the period"),
        credit=PERSON,
        where=_.is_described & (_.hired_on < _.window_start).fill_null(True),
        needs=(Need("rep"),),
        words="reps in the job when the period began",
    )
    still = at_start.only(
        ~((_.left_on < _.window_end) & (_.left_on < _.as_of_on)).fill_null(False),
        words="of these who did not leave in it",
    )
    tenure = Measure(
        Mean(Elapsed("hired", "stands")),
        at=Standing(),
        credit=PERSON,
        where=_.is_described,
        needs=(Need("rep", "hired_on"),),
        words="mean time since the hiring",
    )
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

    able_to_share = Measure(
        Count(),
        at=Standing(),
        credit=PERSON,
        per={(REP,): {"shares": Shares.shares}},
        where=_.is_described,
        needs=(Need("rep"), *SHARES),
        words="reps in the job",
    )
    sharing = able_to_share.only(_.shares > 0, words="of these who shared an asset")
