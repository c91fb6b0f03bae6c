"""Wins: how long they took from the first request and touch on, and after how many touches."""

from __future__ import annotations

from foresail.core.anchors import Count, Median
from foresail.core.dimensions import (
    ATTEMPT,
    DEAL_TYPE,
    OWNER,
    PIPELINE,
    PRODUCT,
)
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.deals import OUTCOMES
from foresail.facts.leads import Leads
from foresail.facts.opportunities import CLOSED

DIMENSIONS = (PIPELINE, PRODUCT, DEAL_TYPE, *Leads.dimensions)
TOUCHES = (*OUTCOMES, Need("activity", "direction"))
TO_FIRST_TOUCH = Elapsed("touched", "closed")
TO_REQUEST = Elapsed("requested", "closed")


class Wins(Fact):
    """One row per won opportunity and stretch of time in which its touches and owner stay."""

    table = "win"
    key = ("opportunity_id",)
    dimensions = DIMENSIONS
    shows = (
        "opportunity_id",
        "name",
        "account",
        "owner_rep",
        "requested_at",
        "touched_at",
        "last_touch_number",
        "closed_at",
    )
    has_validity = True
    has_deletion = True

    touched = Measure(
        Count(),
        at=CLOSED,
        credit=ATTEMPT,
        where=_.last_touch_number.notnull(),
        needs=(*TOUCHES, Need("lead")),
        words="wins of leads that were touched before",
    )
    touched_often = touched.only(
        _.last_touch_number >= 5, words="of these the last touch was the fifth or a later one"
    )
    since_first_touch = Measure(
        Median(TO_FIRST_TOUCH),
        at=CLOSED,
        credit=OWNER,
        where=TO_FIRST_TOUCH >= 0,
        needs=TOUCHES,
        words="median time from the first touch to the win",
    )
    since_request = Measure(
        Median(TO_REQUEST),
        at=CLOSED,
        credit=OWNER,
        where=TO_REQUEST >= 0,
        needs=(*OUTCOMES, Need("lead", "created_at")),
        words="median time from the lead's request to the win",
    )


class FirstWins(Fact):
    """One row per account's first win and stretch of time in which it is the first."""

    table = "first_win"
    key = ("opportunity_id",)
    dimensions = DIMENSIONS
    shows = ("account", "opportunity_id", "name", "owner_rep", "closed_at")
    has_validity = True
    has_deletion = True

    customers = Measure(
        Count(),
        at=CLOSED,
        credit=OWNER,
        where=(_.deal_type == "new").fill_null(True),
        needs=OUTCOMES,
        words="new customers",
    )
