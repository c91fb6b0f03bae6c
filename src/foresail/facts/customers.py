"""Customers: who came, who went, whom we serve."""

from __future__ import annotations

from foresail.core.anchors import At, Count, Standing, Stands
from foresail.core.dimensions import (
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    CUSTOMER,
    END_REASON,
    ENDED,
    INDUSTRY,
    KEEPER,
    SEGMENT,
    SOURCE,
    STARTED,
)
from foresail.core.expressions import Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.usage import Usage

CUSTOMER_ROWS = Need("subscription", "started_on", otherwise=Need("opportunity", "outcome"))
ENDS = Need("subscription", "ended_on")
DIMENSIONS = (SEGMENT, INDUSTRY, COUNTRY, COMPANY_SIZE_BAND, SOURCE, CHANNEL, CAMPAIGN)

FIRST_DAY = At("started", "the first day of service", by_day=True)
LAST_DAY = At("ended", "the last day of service", optional=True, by_day=True)
AT_END = Standing(words="service at the end of the period", needs_start="started_on")
AT_START = Standing(Stands.START, words="service on the first day of the period")


class CustomerSpells(Fact):
    """One row per stretch of service of a customer without a gap."""

    table = "customer_spell"
    key = ("customer", "spell")
    dimensions = DIMENSIONS
    shows = ("account_id", "account", "started_on")
    small = ("spell",)
    has_knowledge = True

    started = Measure(
        Count(), at=FIRST_DAY, credit=STARTED, needs=(CUSTOMER_ROWS,), words="stretches of service"
    )
    new = started.only(_.spell == 1, words="new customers")
    returned = started.only(_.spell > 1, needs=(ENDS,), words="customers who came back")


class LostCustomers(Fact):
    """One row per stretch of service of a customer that ended."""

    table = CustomerSpells.table
    key = CustomerSpells.key
    dimensions = (*DIMENSIONS, END_REASON)
    shows = (*CustomerSpells.shows, "ended_on", "end_reason")
    has_knowledge = True

    lost = Measure(Count(), at=LAST_DAY, credit=ENDED, needs=(ENDS,), words="lost customers")


class CustomersInService(Fact):
    """One row per customer and stretch of time in which its service and its owner's position stay.

    It begins with the first day of service and goes on after the last one.
    """

    table = "customer_state"
    key = ("customer",)
    dimensions = DIMENSIONS
    shows = CustomerSpells.shows
    has_knowledge = True

    ever = Measure(
        Count(), at=AT_END, credit=KEEPER, needs=(CUSTOMER_ROWS,), words="customers there ever were"
    )
    active = ever.only(_.is_served, words="customers")
    with_history = active.only(
        _.history_from <= _.stands_at,
        words="customers, where revenue or service reach back a year",
    )
    base = Measure(
        Count(),
        at=AT_START,
        credit=KEEPER,
        where=_.is_served & (_.started_on < _.window_start).fill_null(False),
        needs=(ENDS,),
        words="customers at the beginning",
    )
    lost_of_base = base.only(
        (_.ended_on < _.window_end).fill_null(False) & (_.ended_at <= _.as_of),
        words="of these lost in the period",
    )
    at_end = Measure(
        Count(),
        at=AT_END,
        credit=KEEPER,
        per={(CUSTOMER,): {"used": Usage.successes}},
        where=_.is_served,
        needs=(CUSTOMER_ROWS, Need("usage")),
        words="customers",
    )
    engaged = at_end.only(
        _.used >= Setting("success_times"), words="of these met the definition of success"
    )
