"""Pipeline: what stands open."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.core.measures import Above
from foresail.facts.bookings import Bookings
from foresail.facts.opportunities import Opportunities
from foresail.facts.quotas import Quotas

AS_OF_E = "Taken at the end of the period, or at the as-of instant while it runs."


class Pipeline(Theme):
    """What stands open, is it enough, and does it move?"""

    open_deals = KPI(
        meaning="Opportunities that stand open.",
        formula=Opportunities.open,
        unit=Unit.COUNT,
        better=Better.ON_TARGET,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E, "A deal without a creation date counts in the period all only."),
    )
    pipeline_value = KPI(
        meaning="What the open opportunities are worth.",
        formula=Opportunities.open_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E,),
    )
    weighted_pipeline = KPI(
        meaning="What the open opportunities are worth, each by its chance of being won.",
        formula=Opportunities.weighted_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E, "The chance is the deal's own, else its stage's; else it is unknown."),
    )
    pipeline_coverage = KPI(
        meaning="Open value due by the end of the period for each unit of quota still to win.",
        formula=Opportunities.due_value / Above(Quotas.quota - Bookings.booked_by_outset),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(
            "For a running period as of now; for a finished one as of its first instant.",
            "Unknown once the quota is reached.",
        ),
    )
    new_opportunities = KPI(
        meaning="Opportunities that were opened.",
        formula=Opportunities.created,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
    )
    new_pipeline_value = KPI(
        meaning="What the opened opportunities were worth when they were opened.",
        formula=Opportunities.created_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
    )
    overdue_deals = KPI(
        meaning="Open opportunities whose expected close has passed.",
        formula=Opportunities.overdue,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E,),
    )
