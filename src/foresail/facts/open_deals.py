"""Open deals: what stands open, what is due, what does not move."""

from __future__ import annotations

from dataclasses import replace

from foresail.core.anchors import Count, Standing, Stands, Sum
from foresail.core.dimensions import OWNER
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure
from foresail.facts.deals import AMOUNT, DEAL, EXPECTED_CLOSE, HISTORY, IS_OPEN
from foresail.facts.opportunities import Opportunities
from foresail.facts.stage_times import BY_END, USUAL

OPEN_AT_END = Standing(Stands.END, needs_start="created_at")
OPEN_AT_OUTSET = Standing(Stands.OUTSET, needs_start="created_at")
OPEN_AT_START = Standing(
    Stands.START, words="the first instant of the period", needs_start="created_at"
)

FORECAST = replace(OPEN_AT_START, as_known_then=True)


class OpenDeals(Fact):
    """One row per opportunity and stretch of time in which its state, owner and fields stay."""

    table = Opportunities.table
    key = Opportunities.key
    dimensions = Opportunities.dimensions
    shows = Opportunities.shows
    small = Opportunities.small
    has_validity = True
    has_deletion = True

    open = Measure(
        Count(), at=OPEN_AT_END, credit=OWNER, where=IS_OPEN, needs=(DEAL,), words="open deals"
    )
    open_value = Measure(
        Sum(_.amount, currency="currency"),
        at=OPEN_AT_END,
        credit=OWNER,
        where=IS_OPEN,
        words="amount of open deals",
        needs=(DEAL, AMOUNT),
    )
    weighted_value = Measure(
        Sum(_.weighted_amount, currency="currency"),
        at=OPEN_AT_END,
        credit=OWNER,
        where=IS_OPEN,
        words="amount of open deals × chance of winning",
        needs=(DEAL, AMOUNT),
    )
    due_value = Measure(
        Sum(_.amount, currency="currency"),
        at=OPEN_AT_OUTSET,
        credit=OWNER,
        where=IS_OPEN & (_.expected_close_on >= _.stands_on) & (_.expected_close_on < _.window_end),
        needs=(DEAL, AMOUNT, EXPECTED_CLOSE),
        words="open value due by the end of the period",
    )
    overdue = open.only(
        (_.expected_close_on < _.stands_on).fill_null(False),
        needs=(EXPECTED_CLOSE,),
        words="overdue deals",
    )
    stalled = Measure(
        Count(),
        at=OPEN_AT_END,
        credit=OWNER,
        per=BY_END,
        where=IS_OPEN & (Elapsed("stood", "stands") > USUAL).fill_null(False),
        needs=(DEAL, *HISTORY),
        words="stalled deals",
    )
    due_at_start = Measure(
        Count(),
        at=OPEN_AT_START,
        credit=OWNER,
        later={"state_at_end": "state", "due_at_end": "expected_close_on"},
        where=IS_OPEN
        & (_.expected_close_on >= _.window_start)
        & (_.expected_close_on < _.window_end),
        needs=(DEAL, EXPECTED_CLOSE),
        words="deals open at the beginning and due in the period",
    )
    forecast = Measure(
        Sum(_.weighted_amount, currency="currency"),
        at=FORECAST,
        credit=OWNER,
        where=IS_OPEN
        & (_.expected_close_on >= _.window_start)
        & (_.expected_close_on < _.window_end),
        needs=(DEAL, AMOUNT, EXPECTED_CLOSE),
        words="amount × chance of deals open at the beginning and due",
    )
    pushed = due_at_start.only(
        (_.state_at_end == "open").fill_null(False)
        & (_.due_at_end >= _.window_end).fill_null(False),
        words="of these put off to after it",
    )
