"""Cost of winning: what a lead, a customer and a sale cost."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.facts.costs import Costs
from foresail.facts.customers import CustomerSpells
from foresail.facts.leads import Leads
from foresail.facts.recognised import RecognisedRevenue

SPREAD = "A cost is spread evenly over the days it covers; days up to now count."
MARKETING = "Marketing cost is media, tools, agencies and the salaries of marketing."
SALES = "Sales cost is the salaries of sales and commission."


class CostOfWinning(Theme):
    """What does it cost us to win?"""

    marketing_cost = KPI(
        meaning="What was spent on marketing.",
        formula=Costs.marketing,
        unit=Unit.MONEY,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S4.2",),
        section="19",
        caveats=(MARKETING, SPREAD),
    )
    sales_cost = KPI(
        meaning="What was spent on selling.",
        formula=Costs.sales,
        unit=Unit.MONEY,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S1.0",),
        section="17",
        caveats=(SALES, SPREAD),
    )
    cost_per_lead = KPI(
        meaning="Marketing cost for each new lead.",
        formula=Costs.marketing / Leads.paid_for,
        unit=Unit.MONEY,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S4.2",),
        section="19",
        caveats=(
            MARKETING,
            SPREAD,
            "Organic leads count, unless cost_per_lead_without_organic is set.",
        ),
    )
    cost_per_conversion = KPI(
        meaning="Marketing cost for each new customer.",
        formula=Costs.marketing / CustomerSpells.new,
        unit=Unit.MONEY,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S4.2",),
        section="19",
        caveats=(
            MARKETING,
            SPREAD,
            "Cost of the period by customers of the period: most of them were leads before it.",
        ),
    )
    cost_per_conversion_cohort = KPI(
        meaning="Marketing cost for each lead of the period that has become a customer since.",
        formula=Costs.marketing / Leads.customers,
        beside={"maturing": Leads.undecided},
        unit=Unit.MONEY,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S4.2",),
        section="19",
        caveats=(
            MARKETING,
            SPREAD,
            "Leads younger than cohort_days that are no customers yet are shown as maturing.",
        ),
    )
    cost_of_sales_ratio = KPI(
        meaning="Sales cost as a part of the revenue recognised on the same days.",
        formula=Costs.sales / RecognisedRevenue.amount,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S1.0",),
        section="17",
        caveats=(SALES, SPREAD),
    )
