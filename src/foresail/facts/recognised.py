"""Recognised revenue: what was earned day by day, and what it cost."""

from __future__ import annotations

from foresail.core.anchors import On, Standing, Sum
from foresail.core.dimensions import (
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    CREDITED,
    DEAL_TYPE,
    INDUSTRY,
    PIPELINE,
    PRODUCT,
    SEGMENT,
    SOURCE,
)
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need

EARNED = On("day", "the revenue's day")


class RecognisedRevenue(Fact):
    """One row per amount of recognised revenue and credited rep; it stands from its day on."""

    table = "recognised"
    key = ("row_key", "credited_rep")
    dimensions = (
        PIPELINE,
        PRODUCT,
        DEAL_TYPE,
        SOURCE,
        CHANNEL,
        CAMPAIGN,
        SEGMENT,
        INDUSTRY,
        COUNTRY,
        COMPANY_SIZE_BAND,
    )
    shows = ("day", "account", "opportunity_id", "credited_rep", "amount", "cost", "currency")

    amount = Measure(
        Sum(_.value),
        at=EARNED,
        credit=CREDITED,
        needs=(Need("revenue", "amount"),),
        words="recognised revenue",
    )
    profit = Measure(
        Sum(_.profit),
        at=EARNED,
        credit=CREDITED,
        needs=(Need("revenue", "cost"),),
        words="revenue less its cost",
    )
    profit_to_date = Measure(
        Sum(_.profit),
        at=Standing(words="all days up to the end of the period"),
        credit=CREDITED,
        needs=profit.needs,
        words="revenue less its cost to date",
    )
    costed = amount.only(
        _.profit.notnull(), needs=(Need("revenue", "cost"),), words="revenue whose cost is known"
    )
