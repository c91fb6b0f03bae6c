"""Customers: who came, who stays, what they are worth."""

from __future__ import annotations

from foresail.catalogue.costs import CostOfWinning
from foresail.catalogue.revenue import Revenue
from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.core.measures import MONTHS
from foresail.facts.customers import CustomersInService, CustomerSpells, LostCustomers
from foresail.facts.recognised import RecognisedRevenue
from foresail.facts.recurring import RecurringRevenue
from foresail.facts.serving import Service

WHO = (
    "A customer is an account with a subscription in force; where no subscriptions are loaded, one "
    "with a deal won. Subscriptions without an account or a first day are left out."
)
OF_OWNER = "Credited to the account's owner of today: no history of account owners is kept."
AS_OF_E = "Taken at the end of the period, or at the as-of instant while it runs."
LAST_DAY = "Dated by the last day of service, and known from the day after it."

OPENING = (
    "Held against the day before the period, for customers whose service began before it; who is "
    "lost pays nothing at the end. Subscriptions with an unknown mrr are in neither part."
)
ONE_RATE = "Both in the rates of the period's first day."
CHANGES = {
    "expansion": RecurringRevenue.expansion,
    "contraction": RecurringRevenue.contraction,
    "churned": RecurringRevenue.churned,
}


class Customers(Theme):
    """Who comes, who stays, and what are they worth?"""

    new_customers = KPI(
        meaning="Customers whose first service began.",
        formula=CustomerSpells.new,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S2.1", "S4.4"),
        section="20",
        caveats=(WHO, "Who comes back after a gap is no new customer.", OF_OWNER),
    )
    returned_customers = KPI(
        meaning="Customers who came back after a time without service.",
        formula=CustomerSpells.returned,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.4",),
        section="20",
        caveats=(WHO, "A subscription that starts on the day after another one's last is no gap."),
    )
    lost_customers = KPI(
        meaning="Customers whose service ended.",
        formula=LostCustomers.lost,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S2.1", "S4.4"),
        section="20",
        caveats=(LAST_DAY, "The reason is that of the subscription that ended last.", OF_OWNER),
    )
    active_customers = KPI(
        meaning="Customers in service.",
        formula=CustomersInService.active,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S2.1", "S4.4"),
        section="20",
        caveats=(AS_OF_E, WHO, OF_OWNER),
    )
    churn_rate = KPI(
        meaning="Share of the customers in service as the period began whose service ended in it.",
        formula=CustomersInService.lost_of_base / CustomersInService.base,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S2.1", "S4.4"),
        section="20",
        caveats=(
            "Of those whose service began before the period's first day; that one came back in the "
            "period does not matter.",
            LAST_DAY,
        ),
    )
    annual_churn_rate = KPI(
        meaning="Share of the customers who would leave in a year, if it went on as in the period.",
        formula=1 - (1 - churn_rate) ** (12 / MONTHS),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S2.1", "S4.4"),
        section="20",
        caveats=("A part of a month counts by its days; a running period counts up to now.",),
    )
    net_revenue_retention = KPI(
        meaning="What the customers at the beginning pay a month at the end, as a part of what "
        "they paid then.",
        formula=RecurringRevenue.closing / RecurringRevenue.opening,
        beside=CHANGES,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S1.6",),
        section="13",
        caveats=(OPENING, ONE_RATE),
    )
    gross_revenue_retention = KPI(
        meaning="What is left at the end of what the customers at the beginning paid a month, when "
        "nothing that they pay more counts.",
        formula=RecurringRevenue.kept / RecurringRevenue.opening,
        beside=CHANGES,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S1.6",),
        section="13",
        caveats=(OPENING, ONE_RATE),
    )
    customer_lifetime_value = KPI(
        meaning="What a customer leaves in all, if margin and churn stay as in the period.",
        formula=Revenue.gross_profit
        / MONTHS
        / active_customers
        / (1 - (1 - churn_rate) ** (1 / MONTHS)),
        given=CustomersInService.with_history,
        beside={"to_date": RecognisedRevenue.profit_to_date / CustomersInService.ever},
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.5",),
        section="20",
        caveats=(
            "Gross profit of a month for each customer at the end, by the churn of a month.",
            "Unknown without churn, and before revenue or service reach back 365 days.",
            "Beside it what each customer there ever was has left to date.",
        ),
    )
    clv_to_cac = KPI(
        meaning="What a customer leaves in all, for each unit of money that winning one costs.",
        formula=customer_lifetime_value / CostOfWinning.cost_per_conversion,
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.5",),
        section="20",
        caveats=(
            "Both of the period; unknown where either is.",
            "Marketing cost alone: what selling costs is in sales_cost.",
        ),
    )
    engagement_rate = KPI(
        meaning="Share of the customers who did in the period what success is made of.",
        formula=CustomersInService.engaged / CustomersInService.at_end,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.11",),
        section="20",
        caveats=(
            AS_OF_E,
            "Success is success_times of the events in success_events (settings); a row of usage "
            "counts as often as its amount says, else once.",
        ),
    )
    customer_profit = KPI(
        meaning="Gross profit less what serving the customers cost.",
        formula=RecognisedRevenue.profit - Service.cost,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.5",),
        section="20",
        caveats=(
            "Serving costs the time of calls and meetings with customers in service, at the sales "
            "salaries of the last 28 days for an hour that a rep was there.",
            "A meeting without a length counts half an hour; a call without one nothing.",
        ),
    )
