"""People: who left, how long they stay, how soon they sell, and how soon vacancies are filled."""

from __future__ import annotations

from foresail.core.anchors import CensoredMedian, Count, On, Standing
from foresail.core.dimensions import PERSON, VACANT
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.deals import AMOUNTS

HIRING = Need("rep", "hired_on")
HAS_LEFT = (_.left_on < _.stands_on).fill_null(False)
IS_FILLED = (_.filled_on <= _.as_of_on).fill_null(False)


class RepExits(Fact):
    """One row per rep who left."""

    table = "rep_exit"
    key = ("person_rep",)
    shows = ("person_rep", "person_team", "hired_on", "left_on", "leave_kind")

    left = Measure(
        Count(),
        at=On("left_on", "the last day"),
        credit=PERSON,
        where=_.left_on < _.as_of_on,
        needs=(Need("rep"),),
        words="leavers",
    )
    voluntary = left.only(
        (_.leave_kind == "voluntary").fill_null(False),
        needs=(Need("rep", "leave_kind"),),
        words="of these by their own will",
    )


class RepCareers(Fact):
    """One row per rep and stretch of time in one position, from the hiring on, for ever."""

    table = "rep_career"
    key = ("person_rep",)
    shows = ("person_rep", "person_team", "hired_on", "left_on")

    stay = Measure(
        CensoredMedian(
            HAS_LEFT.ifelse(Elapsed("hired", "left"), Elapsed("hired", "stands")), HAS_LEFT
        ),
        at=Standing(),
        credit=PERSON,
        needs=(HIRING,),
        words="median time from hiring to leaving, reps in the job kept in",
    )


class Ramps(Fact):
    """One row per rep and stretch of time between two whole months since the hiring."""

    table = "ramp"
    key = ("person_rep",)
    shows = ("person_rep", "person_team", "person_role", "hired_on", "left_on")
    has_validity = True

    median = Measure(
        CensoredMedian(_.seconds, _.has_ramped),
        at=On("hired_on", "the hiring"),
        credit=PERSON,
        needs=(HIRING, *AMOUNTS),
        words="median time until a rep wins as much in three months as tenured colleagues do",
    )


class Vacancies(Fact):
    """One row per vacancy."""

    table = "vacancy"
    key = ("position_id",)
    shows = ("position_id", "vacant_team", "vacant_role", "opened_on", "filled_on", "rep_id")

    median = Measure(
        CensoredMedian(
            IS_FILLED.ifelse(Elapsed("opened", "filled"), Elapsed("opened", "as_of")), IS_FILLED
        ),
        at=On("opened_on", "the opening"),
        credit=VACANT,
        needs=(Need("position", "opened_on"),),
        words="median time from opening to filling, open vacancies kept in",
    )
