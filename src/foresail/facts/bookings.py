"""Bookings: what was won, credited by splits."""

from __future__ import annotations

from foresail.core.anchors import Sum
from foresail.core.dimensions import (
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    CREDITED,
    DEAL_TYPE,
    INDUSTRY,
    LEAD_TERRITORY,
    PIPELINE,
    PRODUCT,
    REP,
    SEGMENT,
    SOURCE,
    TITLE_LEVEL,
)
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure
from foresail.facts.deals import AMOUNTS, DEAL
from foresail.facts.opportunities import CLOSED
from foresail.facts.quotas import Quotas


class Bookings(Fact):
    """One row per won opportunity, closing and credited rep."""

    table = "booking"
    key = ("opportunity_id", "credited_rep")
    dimensions = (
        PIPELINE,
        PRODUCT,
        DEAL_TYPE,
        SOURCE,
        CHANNEL,
        CAMPAIGN,
        LEAD_TERRITORY,
        SEGMENT,
        INDUSTRY,
        COUNTRY,
        COMPANY_SIZE_BAND,
        TITLE_LEVEL,
    )
    shows = (
        "opportunity_id",
        "name",
        "account_id",
        "account",
        "credited_rep",
        "closed_at",
        "amount",
        "currency",
    )
    has_validity = True
    has_deletion = True

    revenue = Measure(Sum(_.value), at=CLOSED, credit=CREDITED, needs=AMOUNTS, words="amount won")
    quota_revenue = Measure(
        Sum(_.value),
        at=CLOSED,
        credit=CREDITED,
        per={(REP,): {"carried_days": Quotas.carried_days}},
        where=(_.carried_days > 0).fill_null(False),
        needs=AMOUNTS,
        words="revenue of the reps who carry a quota",
    )
    booked_by_outset = Measure(
        Sum(_.value),
        at=CLOSED,
        credit=CREDITED,
        per=quota_revenue.per,
        where=(_.carried_days > 0).fill_null(False) & (_.closed_at <= _.outset_at),
        needs=(DEAL,),
        words="revenue booked before",
    )
