"""Costs, day by day: what winning customers takes."""

from __future__ import annotations

from foresail.core.anchors import On, Sum
from foresail.core.dimensions import CAMPAIGN, COST_CATEGORY, PAYER, SOURCE, TEAM
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need

SPENT = On("day", "the days it covers", spread=True)
COST = (Need("cost", "amount"), Need("cost", "category"))

MARKETING = ("media", "tools", "agency", "marketing_salaries")
SALES = ("sales_salaries", "commission")


class Costs(Fact):
    """One row per cost and calendar day that it covers."""

    table = "cost_day"
    key = ("row_key", "day")
    dimensions = (COST_CATEGORY, SOURCE, CAMPAIGN)
    shows = (
        "day",
        "cost_id",
        "cost_category",
        "source",
        "campaign",
        "payer_team",
        "starts_on",
        "ends_on",
        "amount",
        "currency",
    )
    small = ("cost_category",)

    amount = Measure(
        Sum(_.value),
        at=SPENT,
        credit=PAYER,
        needs=COST,
        split_needs={
            TEAM: Need("cost", "team"),
            SOURCE: Need("cost", "source"),
            CAMPAIGN: Need("cost", "campaign_id"),
        },
        words="cost",
    )
    marketing = amount.only(_.cost_category.isin(MARKETING), words="marketing cost")
    sales = amount.only(_.cost_category.isin(SALES), words="sales cost")
    sales_salaries = amount.only(_.cost_category == "sales_salaries", words="sales salaries")
