"""Customers: who came, who stays, what they are worth."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.facts.customers import Customers, CustomersInService, LostCustomers

WHO = (
    "A customer is an account with a subscription in force; where no subscriptions are loaded, one "
    "with a deal won. Subscriptions without an account or a first day are left out."
)
OF_OWNER = "Credited to the account's owner of today: no history of account owners is kept."
AS_OF_E = "Taken at the end of the period, or at the as-of instant while it runs."
LAST_DAY = "Dated by the last day of service, and known from the day after it."


class Customer(Theme):
    """Who comes, who stays, and what are they worth?"""

    new_customers = KPI(
        meaning="Customers whose first service began.",
        formula=Customers.new,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S2.1", "S4.4"),
        section="20",
        caveats=(WHO, "Who comes back after a gap is no new customer.", OF_OWNER),
    )
    returned_customers = KPI(
        meaning="Customers who came back after a time without service.",
        formula=Customers.returned,
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
