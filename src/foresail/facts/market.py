"""The market, and our own sales in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from foresail.core.anchors import On, Sum
from foresail.core.dimensions import SEGMENT, Dimension
from foresail.core.expressions import Setting, _
from foresail.core.measures import Fact, Measure, Need

EACH_DAY = On("day", "the days that market rows cover", spread=True)
OF_LEVEL = _.level == Setting("market")
RIVAL = Need("market", "largest_rival_sales")
SOLD = (
    Need("revenue", "amount", otherwise=Need("opportunity", "amount")),
    Need("revenue", "amount", otherwise=Need("opportunity", "outcome")),
)


def market_of(by: Collection[Dimension], where: Mapping[Dimension, int]) -> dict[str, Any]:
    """Whose market answers a question split `by` dimensions and filtered to so many values of each.

    Segments together are no market with a largest rival of its own.
    """
    level = "segment" if SEGMENT in by or SEGMENT in where else "whole"
    return {"market": level, "is_one_market": SEGMENT in by or where.get(SEGMENT, 1) == 1}


class Market(Fact):
    """One row per segment, or the whole market, and day of what is known of its sales."""

    table = "market_day"
    key = ("level", "segment", "starts_on", "day")
    dimensions = (SEGMENT,)
    shows = ("day", "segment", "starts_on", "ends_on", "market_sales", "largest_rival_sales")
    small = ("level",)

    sales = Measure(
        Sum(_.sales),
        at=EACH_DAY,
        where=OF_LEVEL,
        needs=(Need("market", "market_sales"),),
        words="sales of the market",
    )
    rival = Measure(
        Sum(_.rival),
        at=EACH_DAY,
        where=OF_LEVEL & _.rival.notnull() & Setting("is_one_market"),
        needs=(RIVAL,),
        words="sales of the largest rival",
    )


class OwnSales(Fact):
    """One row per sale on a day that market rows cover, for the segment and for the whole."""

    table = "own_sale"
    key = ("sale", "level")
    dimensions = (SEGMENT,)
    shows = ("day", "account", "opportunity_id", "segment")
    small = ("level", "is_sized", "is_rival_known")
    has_validity = True
    has_deletion = True

    sales = Measure(
        Sum(_.value),
        at=EACH_DAY,
        where=OF_LEVEL & _.is_sized,
        needs=SOLD,
        words="own sales on those days",
    )
    beside_rival = Measure(
        Sum(_.value),
        at=EACH_DAY,
        where=OF_LEVEL & _.is_rival_known,
        needs=(*SOLD, RIVAL),
        words="own sales where the rival's are known",
    )
