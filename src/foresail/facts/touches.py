"""Touches: the human attempts of each follow-up of a lead, numbered."""

from __future__ import annotations

from typing import ClassVar

from foresail.core.anchors import At, Count, Distinct, Mean
from foresail.core.dimensions import (
    ACTIVITY_KIND,
    ATTEMPT,
    TOUCH_NUMBER,
)
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.leads import Leads

TOUCHED = At("touched", "the touch")
FIRST_TOUCHED = At("touched", "the first touch")
TOUCHES = (Need("lead"), Need("activity", "direction"))
FOUR_WEEKS = 28 * 86_400

IS_UNCONVERTED = (_.converted_at >= _.touched_at).fill_null(True)
IS_CONVERTED_NEXT = (
    (_.converted_at <= _.as_of)
    & (_.converted_at < _.next_at).fill_null(True)
    & (_.converted_at < _.next_begins_at).fill_null(True)
).fill_null(False)
IS_CONTACT = (_.contact_at <= _.as_of).fill_null(False)
HAD_CONTACT = (_.contact_before_at <= _.as_of).fill_null(False)
IS_LAST = ~(_.next_at <= _.as_of).fill_null(False) & ~(_.next_begins_at <= _.as_of).fill_null(False)
IS_CLOSED = (_.converted_at <= _.as_of).fill_null(False) | (_.disqualified_at <= _.as_of).fill_null(
    False
)


class Touches(Fact):
    """One row per touch of a lead and stretch of time in which its number stays."""

    table = "touch"
    key = ("follow_up_id", "activity_id")
    dimensions = (ACTIVITY_KIND, TOUCH_NUMBER, *Leads.dimensions)
    shows = (
        "lead_id",
        "account",
        "source",
        "touched_at",
        "kind",
        "touch_number",
        "actor_rep",
        "attempt_rep",
    )
    has_validity = True
    has_deletion = True
    surrogates: ClassVar = {"lead_id": "lead_surrogate"}

    touches = Measure(Count(), at=TOUCHED, credit=ATTEMPT, needs=TOUCHES, words="touches")
    leads = Measure(
        Distinct(_.lead_id), at=TOUCHED, credit=ATTEMPT, needs=TOUCHES, words="leads worked"
    )
    social_leads = leads.only(
        _.kind == "social",
        needs=(Need("activity", "kind", "social"),),
        words="of these with a social touch",
    )
    follow_ups = touches.only(_.touch_number >= 2, words="second and later touches")
    in_work = touches.only(
        IS_LAST & ~IS_CLOSED,
        words="leads by their last touch, neither converted nor disqualified",
    )
    unconverted = touches.only(IS_UNCONVERTED, words="touches of leads not converted before")
    converting = unconverted.only(
        IS_CONVERTED_NEXT, words="touches after which the lead converted before the next one"
    )
    without_contact = touches.only(
        ~HAD_CONTACT,
        needs=(Need("activity", "outcome"),),
        words="touches of leads that no earlier touch had reached",
    )
    first_contacts = without_contact.only(IS_CONTACT, words="touches that reached the lead first")


IS_OLD = Elapsed("touched", "as_of") >= FOUR_WEEKS
GIVEN_UP = Setting("given_up_working_days")
IS_WAITED = (_.as_of_working - _.touched_working) >= GIVEN_UP
IS_QUIET = ((_.as_of_working - _.heard_working) >= GIVEN_UP).fill_null(True)
IS_TOUCHED_ONCE = ~(_.second_at <= _.as_of).fill_null(False)


class FollowUps(Fact):
    """One row per follow-up that was touched, and stretch of time in which it stays the same."""

    table = "follow_up"
    key = ("follow_up_id",)
    dimensions = Leads.dimensions
    shows = ("lead_id", "account", "attempt_rep", "touched_at", "second_at", "touches_28d")
    has_validity = True
    has_deletion = True

    begun = Measure(Count(), at=FIRST_TOUCHED, credit=ATTEMPT, needs=TOUCHES)
    young = begun.only(~IS_OLD, words="follow-ups begun less than 28 days ago")
    mean_touches = Measure(
        Mean(_.touches_28d),
        at=FIRST_TOUCHED,
        credit=ATTEMPT,
        where=IS_OLD,
        needs=TOUCHES,
        words="mean number of touches within 28 days of the first",
    )
    waited = begun.only(IS_WAITED, words="follow-ups begun long enough ago")
    given_up = waited.only(
        IS_TOUCHED_ONCE & IS_QUIET & ~_.is_planned & ~IS_CLOSED,
        words="of these touched once and given up",
    )
    recent = begun.only(~IS_WAITED, words="follow-ups begun too recently to tell")
