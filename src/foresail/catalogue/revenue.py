"""Revenue: what was sold, earned and promised."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.core.measures import DAYS, ELAPSED, Above, Absolute, Before, Constant, Finished
from foresail.facts.bookings import Bookings
from foresail.facts.days import RepDays
from foresail.facts.lead_wins import LeadWins
from foresail.facts.leads import Leads
from foresail.facts.market import Market, OwnSales
from foresail.facts.open_deals import OpenDeals
from foresail.facts.opportunities import Opportunities
from foresail.facts.quotas import Quotas
from foresail.facts.recognised import RecognisedRevenue
from foresail.facts.reps import Reps

ON_COVERED_DAYS = (
    "Own sales are recognised revenue, or deals won where no revenue is loaded, on the days that "
    "market rows cover."
)
OF_CARRIERS = "Bookings without a rep, or of reps without a quota in the period, are left out."


class Revenue(Theme):
    """Did we sell what we said we would, and what did it leave?"""

    revenue = KPI(
        meaning="Amount of the opportunities won (bookings).",
        formula=Bookings.revenue,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.15",),
        section="17",
        caveats=("Shared by revenue splits; overlay credit never adds into the total.",),
    )
    recognised_revenue = KPI(
        meaning="Revenue as it was earned, day by day.",
        formula=RecognisedRevenue.amount,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.15",),
        section="17",
    )
    gross_profit = KPI(
        meaning="Revenue earned less what it cost to deliver.",
        formula=RecognisedRevenue.profit,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.15",),
        section="17",
        caveats=("Only revenue whose cost is known.",),
    )
    gross_margin = KPI(
        meaning="Part of the revenue earned that is left after its cost.",
        formula=RecognisedRevenue.profit / RecognisedRevenue.costed,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.15",),
        section="17",
        caveats=("Only revenue whose cost is known.",),
    )
    revenue_per_rep = KPI(
        meaning="Revenue for each rep who carried a quota, by the days each one was there.",
        formula=Bookings.revenue / (RepDays.carrying / DAYS),
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.15",),
        section="17",
        caveats=("A running period counts the days up to now.",),
    )
    revenue_growth = KPI(
        meaning="Change of the revenue on the period before.",
        formula=Bookings.revenue / Before(Bookings.revenue) - 1,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.15",),
        section="17",
        caveats=(
            "A running period is compared with as many first working days of the one before.",
        ),
    )
    quota_attainment = KPI(
        meaning="Revenue of the reps who carry a quota, as a part of the quota.",
        formula=Bookings.quota_revenue / Quotas.quota,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.17",),
        section="14",
        benchmark=Benchmark(1, 1, "the quota itself"),
        caveats=(OF_CARRIERS, "The whole quota of the period counts even while it runs."),
    )
    quota_pace = KPI(
        meaning="Revenue to date as a part of what the quota asks for by now.",
        formula=Bookings.quota_revenue / (Quotas.quota * ELAPSED),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S2.4",),
        section="14",
        benchmark=Benchmark(1, 1, "the quota itself"),
        caveats=(OF_CARRIERS, "A working day counts once it is over: nobody is behind at nine."),
    )
    reps_at_quota = KPI(
        meaning="Share of the reps with a quota for the whole period who reached it.",
        formula=Reps.at_quota / Reps.carrying,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S1.0",),
        section="14",
    )
    value_per_lead = KPI(
        meaning="What the leads of the period have brought, for each of them.",
        formula=LeadWins.value / Leads.to_customer.old,
        beside={
            "maturing": Leads.to_customer.maturing,
            "estimate": Leads.to_customer.estimate * LeadWins.mean_value,
        },
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.16",),
        section="8",
        caveats=(
            "Won within cohort_days of the request; younger leads are shown as maturing.",
            "estimate is the estimated share of customers by then × the mean amount won.",
        ),
    )
    market_share = KPI(
        meaning="Own sales as a part of the sales of the market.",
        formula=OwnSales.sales / Market.sales,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.19", "S4.9"),
        section="20",
        caveats=(ON_COVERED_DAYS,),
    )
    relative_market_share = KPI(
        meaning="Own sales for each unit of the largest rival's.",
        formula=OwnSales.beside_rival / Market.rival,
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.19", "S4.9"),
        section="20",
        caveats=(ON_COVERED_DAYS, "Segments together have no largest rival."),
    )
    forecast_accuracy = KPI(
        meaning="How near the forecast at the beginning of the period came to what was won in it.",
        formula=Constant(1)
        - Absolute(OpenDeals.forecast - Opportunities.won_value)
        / Finished(Above(Opportunities.won_value)),
        beside={"forecast": OpenDeals.forecast, "actual": Opportunities.won_value},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.20",),
        section="4.4",
        caveats=(
            "Only of periods that are over. Below zero, where it missed by more than was won.",
            "Deals that came later were in no forecast, but are in what was won.",
        ),
    )
