"""The calendar, and the days on which each rep was there to work."""

from __future__ import annotations

from foresail.core.anchors import Count, On
from foresail.core.dimensions import PERSON
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need

EACH_DAY = On("day", "the day", calendar=True)


class RepDays(Fact):
    """One row per rep and calendar day in the job."""

    table = "rep_day"
    key = ("person_rep", "day")
    shows = ("person_rep", "day")
    small = ("is_present", "is_carrying")

    present = Measure(
        Count(),
        at=EACH_DAY,
        credit=PERSON,
        where=_.is_present,
        words="working days present",
    )
    carrying = Measure(
        Count(),
        at=EACH_DAY,
        credit=PERSON,
        where=_.is_carrying,
        words="quota-carrying rep-days",
    )


class SocialDays(Fact):
    """One row per rep and working day present, and stretch of time in which its touches stay."""

    table = "social_day"
    key = ("person_rep", "day")
    shows = ("person_rep", "day")
    has_validity = True

    present = Measure(
        Count(),
        at=On("day", "the day"),
        credit=PERSON,
        needs=(Need("activity", "kind", "social"), Need("activity", "direction")),
        words="working days present",
    )
    social = present.only(_.is_social, words="of these with a social touch")
