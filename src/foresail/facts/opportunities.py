"""Opportunities: what stands open, what was won and lost."""

from __future__ import annotations

from foresail.core.anchors import At, Count, Mean, Median, Standing, Stands, Sum
from foresail.core.dimensions import (
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    DEAL_TYPE,
    INDUSTRY,
    LEAD_TERRITORY,
    LOST_REASON,
    OWNER,
    PIPELINE,
    PRODUCT,
    SEGMENT,
    SOURCE,
    SOURCED,
    STAGE,
    TITLE_LEVEL,
)
from foresail.core.expressions import Setting, _
from foresail.core.measures import Fact, Measure, Need

CREATED = At("created", "creation")
CLOSED = At("closed", "the close")
OPEN_AT_END = Standing(Stands.END, needs_start="created_at")
OPEN_AT_OUTSET = Standing(Stands.OUTSET, needs_start="created_at")

DEAL = Need("opportunity")
OUTCOMES = (Need("opportunity", "outcome"),)
AMOUNTS = (*OUTCOMES, Need("opportunity", "amount"))

IS_WON = _.state == "won"
IS_DISMISSED = _.lost_reason.isin(Setting("not_a_loss")).fill_null(False)
IS_LOST = (_.state == "lost") & ~IS_DISMISSED
IS_DECIDED = (
    (IS_WON | IS_LOST)
    & (_.is_accepted | ~Setting("decided_from_accepted_stage"))
    & ((_.deal_type != "renewal").fill_null(True) | ~Setting("decided_without_renewals"))
)
IS_OUTBOUND = (_.lead_id.notnull() & (_.channel == "outbound").fill_null(False)) | (
    _.lead_id.isnull()
    & (_.outbound_from <= _.as_of).fill_null(False)
    & (_.outbound_until > _.as_of).fill_null(False)
)
IS_CYCLE = ~(Setting("cycle_without_same_day") & (_.created_on == _.closed_on).fill_null(False))


class Opportunities(Fact):
    """One row per opportunity and stretch of time in which its state, owner and fields stay."""

    table = "opportunity_state"
    key = ("opportunity_id",)
    dimensions = (
        PIPELINE,
        PRODUCT,
        DEAL_TYPE,
        STAGE,
        LOST_REASON,
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
        "account",
        "owner_rep",
        "stage",
        "state",
        "amount",
        "currency",
        "created_at",
        "expected_close_on",
        "closed_at",
        "lost_reason",
    )
    small = ("state", "lost_reason", "deal_type", "is_accepted")
    has_validity = True
    has_deletion = True

    created = Measure(
        Count(),
        at=CREATED,
        credit=SOURCED,
        needs=(DEAL, Need("opportunity", "created_at")),
        words="opportunities created",
    )
    created_value = Measure(
        Sum(_.created_value),
        at=CREATED,
        credit=SOURCED,
        needs=(DEAL, Need("opportunity", "created_at"), Need("opportunity", "amount")),
        words="amount of opportunities created",
    )
    created_outbound = created.only(IS_OUTBOUND, words="opportunities created by outbound work")
    cohort = created.only(~IS_DISMISSED, words="opportunities created")
    won_of_created = cohort.only(IS_WON, needs=OUTCOMES, words="of these won since")
    open_of_created = cohort.only(_.state == "open", words="of these still open")

    open = Measure(
        Count(),
        at=OPEN_AT_END,
        credit=OWNER,
        where=_.state == "open",
        needs=(DEAL,),
        words="open deals",
    )
    open_value = Measure(
        Sum(_.amount, currency="currency"),
        at=OPEN_AT_END,
        credit=OWNER,
        where=_.state == "open",
        words="amount of open deals",
        needs=(DEAL, Need("opportunity", "amount")),
    )
    weighted_value = Measure(
        Sum(_.weighted_amount, currency="currency"),
        at=OPEN_AT_END,
        credit=OWNER,
        where=_.state == "open",
        words="amount of open deals × chance of winning",
        needs=(DEAL, Need("opportunity", "amount")),
    )
    due_value = Measure(
        Sum(_.amount, currency="currency"),
        at=OPEN_AT_OUTSET,
        credit=OWNER,
        where=(_.state == "open")
        & (_.expected_close_on >= _.stands_on)
        & (_.expected_close_on < _.window_end),
        needs=(DEAL, Need("opportunity", "amount"), Need("opportunity", "expected_close_on")),
        words="open value due by the end of the period",
    )
    overdue = open.only(
        (_.expected_close_on < _.stands_on).fill_null(False),
        needs=(Need("opportunity", "expected_close_on"),),
        words="overdue deals",
    )

    decided = Measure(
        Count(), at=CLOSED, credit=OWNER, where=IS_DECIDED, needs=OUTCOMES, words="decided deals"
    )
    decided_won = decided.only(IS_WON, words="decided deals won")
    won = Measure(Count(), at=CLOSED, credit=OWNER, where=IS_WON, needs=OUTCOMES, words="deals won")
    lost = Measure(
        Count(), at=CLOSED, credit=OWNER, where=IS_LOST, needs=OUTCOMES, words="deals lost"
    )
    decided_value = Measure(
        Sum(_.closed_value),
        at=CLOSED,
        credit=OWNER,
        where=IS_DECIDED & (_.closed_value > 0).fill_null(False),
        needs=AMOUNTS,
        words="amount of decided deals",
    )
    decided_without_value = Measure(
        Count(),
        at=CLOSED,
        credit=OWNER,
        where=IS_DECIDED & ~(_.closed_value > 0).fill_null(False),
        needs=AMOUNTS,
        words="decided deals without a known amount above zero",
    )
    decided_won_value = decided_value.only(IS_WON, words="amount won")
    lost_with_value = Measure(
        Count(),
        at=CLOSED,
        credit=OWNER,
        where=IS_DECIDED & IS_LOST & (_.closed_value > 0).fill_null(False),
        needs=AMOUNTS,
    )
    mean_won_value = Measure(
        Mean(_.closed_value),
        at=CLOSED,
        credit=OWNER,
        where=IS_WON,
        needs=AMOUNTS,
        words="mean amount won",
    )
    median_won_value = Measure(
        Median(_.closed_value),
        at=CLOSED,
        credit=OWNER,
        where=IS_WON,
        needs=AMOUNTS,
        words="median amount won",
    )
    median_cycle = Measure(
        Median(_.cycle_seconds),
        words="median time from creation to win",
        at=CLOSED,
        credit=OWNER,
        where=IS_WON & IS_CYCLE,
        needs=(*OUTCOMES, Need("opportunity", "created_at")),
    )
    mean_cycle = Measure(
        Mean(_.cycle_seconds),
        words="mean time from creation to win",
        at=CLOSED,
        credit=OWNER,
        where=IS_WON & IS_CYCLE,
        needs=(*OUTCOMES, Need("opportunity", "created_at")),
    )
