"""Pipeline: what stands open."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.core.measures import Above
from foresail.facts.bookings import Bookings
from foresail.facts.open_deals import OpenDeals
from foresail.facts.opportunities import Opportunities
from foresail.facts.quiet_deals import QuietDeals
from foresail.facts.quotas import Quotas
from foresail.facts.stage_passages import StagePassages
from foresail.facts.stage_times import StageTimes

AS_OF_E = "Taken at the end of the period, or at the as-of instant while it runs."
BY_ENTRY = "Of the deals that entered the stage in the period, as they stand now."
SKIPPED = "A deal that jumps ahead passes the stages between (the setting skipped_stages)."
STALLED = (
    "A deal stalls when its visit lasts longer than 90 % of those that advanced from that stage; "
    "from fewer than 30 of them, longer than 90 % of all that advanced."
)


class Pipeline(Theme):
    """What stands open, is it enough, and does it move?"""

    open_deals = KPI(
        meaning="Opportunities that stand open.",
        formula=OpenDeals.open,
        unit=Unit.COUNT,
        better=Better.ON_TARGET,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E, "A deal without a creation date counts in the period all only."),
    )
    pipeline_value = KPI(
        meaning="What the open opportunities are worth.",
        formula=OpenDeals.open_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E,),
    )
    weighted_pipeline = KPI(
        meaning="What the open opportunities are worth, each by its chance of being won.",
        formula=OpenDeals.weighted_value,
        unit=Unit.MONEY,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E, "The chance is the deal's own, else its stage's; else it is unknown."),
    )
    pipeline_coverage = KPI(
        meaning="Open value due by the end of the period for each unit of quota still to win.",
        formula=OpenDeals.due_value / Above(Quotas.quota - Bookings.booked_by_outset),
        given=Quotas.quota,
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.9",),
        section="15",
        caveats=(
            "For a running period as of now; for a finished one as of its first instant.",
            "Unknown without a quota, and once it is reached.",
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
    stage_conversion = KPI(
        meaning="Share of the deals that entered the stage and left it, which advanced.",
        formula=StagePassages.advanced / StagePassages.left,
        beside={
            "entered": StagePassages.entered,
            "lost": StagePassages.lost,
            "disqualified": StagePassages.disqualified,
            "back": StagePassages.back,
            "stalled": StagePassages.stalled,
            "fresh": StagePassages.fresh,
        },
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.21",),
        section="11",
        caveats=(BY_ENTRY, SKIPPED),
    )
    leak_rate = KPI(
        meaning="Share of the deals that entered the stage, and are not fresh there, which were "
        "lost or disqualified there or stall.",
        formula=StagePassages.leaked / StagePassages.judged,
        beside=stage_conversion.beside,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S1.4",),
        section="11",
        caveats=(BY_ENTRY, SKIPPED, STALLED),
    )
    leaked_value = KPI(
        meaning="What the deals were worth that were lost, by the stage in which they were lost.",
        formula=Opportunities.lost_value,
        beside={"deals": Opportunities.lost_with_amount},
        unit=Unit.MONEY,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S1.4",),
        section="11",
        caveats=(
            "The amount at the loss. Deals lost as a duplicate or a test (the setting not_a_loss) "
            "are no losses.",
        ),
    )
    time_in_stage = KPI(
        meaning="Time within which half of the deals have left the stage for good.",
        formula=StageTimes.median,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S3.21",),
        section="10",
        caveats=(
            "All visits to the stage together, by the first entry; deals that still stand there "
            "count for as long as they do. Stages that were skipped take no time.",
        ),
    )
    overdue_deals = KPI(
        meaning="Open opportunities whose expected close has passed.",
        formula=OpenDeals.overdue,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.9",),
        section="15",
        caveats=(AS_OF_E,),
    )
    untouched_deals = KPI(
        meaning="Open opportunities that nobody touched for untouched_days, and nothing planned.",
        formula=QuietDeals.untouched,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.9",),
        section="15",
        caveats=(
            AS_OF_E,
            "An activity without a deal's id belongs to the open deals of its contact, else to its "
            "account's only open deal.",
        ),
    )
    stalled_deals = KPI(
        meaning="Open opportunities that stand in their stage for longer than 90 % of those that "
        "advanced from it did.",
        formula=OpenDeals.stalled,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.21",),
        section="11",
        caveats=(AS_OF_E, STALLED),
    )
    push_rate = KPI(
        meaning="Share of the deals open at the beginning and due in the period that are now "
        "expected to close after it.",
        formula=OpenDeals.pushed / OpenDeals.due_at_start,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.20",),
        section="15",
        caveats=("Due as it was known at the first instant of the period.",),
    )
