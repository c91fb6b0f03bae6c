"""Recurring revenue: what customers pay a month, and what becomes of it."""

from __future__ import annotations

from foresail.core.anchors import Sum, SumOfEach
from foresail.core.dimensions import KEEPER
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.customers import AT_START, DIMENSIONS

MRR = (Need("subscription", "started_on"), Need("subscription", "mrr"))
AT_E = {
    "mrr_at_end": "mrr",
    "served_at_end": "is_served",
    "ended_on_at_end": "ended_on",
    "ended_at_at_end": "ended_at",
}
STAYS = _.served_at_end & ~(
    (_.ended_on_at_end < _.window_end).fill_null(False) & (_.ended_at_at_end <= _.as_of)
)
OPENING = (_.cut_on == _.window_start).ifelse(_.mrr_before, _.mrr)
CLOSING = STAYS.ifelse(_.mrr_at_end, 0)
BOTH = {"opening": OPENING, "closing": CLOSING}
ACCOUNT = "account_id"
GAIN = (_.closing - _.opening).fill_null(0)
LOSS = (_.opening - _.closing).fill_null(0)


class RecurringRevenue(Fact):
    """One row per customer, currency and stretch of time in which its revenue a month stays."""

    table = "customer_mrr"
    key = ("account_id", "currency")
    dimensions = DIMENSIONS
    shows = ("account", "started_on")
    has_knowledge = True

    opening = Measure(
        Sum(OPENING, currency="currency"),
        at=AT_START,
        credit=KEEPER,
        later=AT_E,
        where=_.is_served & (_.started_on < _.window_start),
        needs=MRR,
        words="mrr of the customers at the beginning",
    )
    closing = opening.of(
        Sum(CLOSING, currency="currency"), words="mrr of the same customers at the end"
    )
    kept = opening.of(
        SumOfEach((_.closing < _.opening).ifelse(_.closing, _.opening), ACCOUNT, BOTH, "currency"),
        words="of it at the end, each customer with at most what it paid at the beginning",
    )
    expansion = opening.of(
        SumOfEach((GAIN > 0).ifelse(GAIN, 0), ACCOUNT, BOTH, "currency"),
        words="mrr that customers pay more",
    )
    contraction = opening.only(STAYS).of(
        SumOfEach((LOSS > 0).ifelse(LOSS, 0), ACCOUNT, BOTH, "currency"),
        words="mrr that customers pay less",
    )
    churned = opening.only(~STAYS, words="mrr of customers who were lost")
