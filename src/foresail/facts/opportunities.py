"""Opportunities: what was opened, won and lost."""

from __future__ import annotations

from foresail.core.anchors import At, Count, Incidence, Mean, Median, Sum
from foresail.core.dimensions import OWNER, SOURCED
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure
from foresail.facts.deals import (
    AMOUNT,
    AMOUNTS,
    CREATION,
    DEAL,
    DEAL_DIMENSIONS,
    IS_DISMISSED,
    IS_LOST,
    IS_OPEN,
    IS_WON,
    OUTCOMES,
)

CREATED = At("created", "creation")
CLOSED = At("closed", "the close")
LEFT = At("left", "the loss")

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
    dimensions = DEAL_DIMENSIONS
    shows = (
        "opportunity_id",
        "name",
        "account_id",
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
        Count(), at=CREATED, credit=SOURCED, needs=(DEAL, CREATION), words="opportunities created"
    )
    created_value = Measure(
        Sum(_.created_value),
        at=CREATED,
        credit=SOURCED,
        needs=(DEAL, CREATION, AMOUNT),
        words="amount of opportunities created",
    )
    created_outbound = created.only(IS_OUTBOUND, words="opportunities created by outbound work")
    cohort = created.only(~IS_DISMISSED, words="opportunities created")
    won_of_created = cohort.only(IS_WON, needs=OUTCOMES, words="of these won since")
    open_of_created = cohort.only(IS_OPEN, words="of these still open")
    won_in_the_end = Measure(
        Incidence(
            IS_OPEN.ifelse(Elapsed("created", "as_of"), Elapsed("created", "closed")),
            happened=IS_WON,
            rival=IS_LOST,
        ),
        at=CREATED,
        credit=SOURCED,
        where=~IS_DISMISSED,
        needs=(DEAL, CREATION, *OUTCOMES),
        words="estimated share won in the end",
    )

    decided = Measure(
        Count(), at=CLOSED, credit=OWNER, where=IS_DECIDED, needs=OUTCOMES, words="decided deals"
    )
    decided_won = decided.only(IS_WON, words="decided deals won")
    won = Measure(Count(), at=CLOSED, credit=OWNER, where=IS_WON, needs=OUTCOMES, words="deals won")
    lost = Measure(
        Count(), at=CLOSED, credit=OWNER, where=IS_LOST, needs=OUTCOMES, words="deals lost"
    )
    lost_value = Measure(
        Sum(_.closed_value),
        at=LEFT,
        credit=OWNER,
        where=IS_LOST,
        needs=AMOUNTS,
        words="amount lost",
    )
    lost_with_amount = Measure(
        Count(),
        at=LEFT,
        credit=OWNER,
        where=IS_LOST & _.closed_value.notnull(),
        needs=AMOUNTS,
        words="deals lost with a known amount",
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
    won_value = Measure(
        Sum(_.closed_value),
        at=CLOSED,
        credit=OWNER,
        where=IS_WON,
        needs=AMOUNTS,
        words="amount won",
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
        needs=(*OUTCOMES, CREATION),
    )
    mean_cycle = Measure(
        Mean(_.cycle_seconds),
        words="mean time from creation to win",
        at=CLOSED,
        credit=OWNER,
        where=IS_WON & IS_CYCLE,
        needs=(*OUTCOMES, CREATION),
    )
