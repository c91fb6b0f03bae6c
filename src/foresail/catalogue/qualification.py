"""Qualification: who came, and who is worth the time."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.facts.activities import Activities
from foresail.facts.lead_exits import LeadExits
from foresail.facts.leads import Cohort, Leads
from foresail.facts.meetings import HeldMeetings, Meetings
from foresail.facts.traffic import Traffic
from foresail.facts.wins import FirstWins

OLD_ENOUGH = "Only leads followed for cohort_days; younger ones are shown as maturing."
SKIPPED = "Who reached a later stage has reached the earlier ones (setting skipped_stages)."


def _followed(
    meaning: str,
    cohort: Cohort,
    *,
    demands: tuple[str, ...],
    caveats: tuple[str, ...] = (OLD_ENOUGH,),
    benchmark: Benchmark | None = None,
) -> KPI:
    """The share of a cohort that got there in time, with who is too young and what to expect."""
    return KPI(
        meaning=meaning,
        formula=cohort.soon / cohort.old,
        beside={"maturing": cohort.maturing, "estimate": cohort.estimate},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=demands,
        section="8",
        benchmark=benchmark,
        caveats=caveats,
    )


class Qualification(Theme):
    """Do enough leads come in, and how many of them are worth our time?"""

    lead_flow = KPI(
        meaning="New leads: requests that came in and prospects that were added.",
        formula=Leads.leads,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.5",),
        section="8",
        caveats=("Merged leads count once, at their earliest request.",),
    )
    lead_to_mql = _followed(
        "Share of leads that became an mql.",
        Leads.to_mql,
        demands=("S3.6",),
        caveats=(OLD_ENOUGH, SKIPPED),
    )
    mql_to_sql = _followed(
        "Share of mqls that became an sql.",
        Leads.mql_to_sql,
        demands=("S3.6",),
        caveats=(OLD_ENOUGH, SKIPPED),
    )
    mql_to_opportunity = _followed(
        "Share of mqls that became an opportunity.",
        Leads.mql_to_opportunity,
        demands=("S3.6",),
        caveats=(OLD_ENOUGH, SKIPPED),
    )
    sql_to_opportunity = _followed(
        "Share of sqls that became an opportunity.",
        Leads.sql_to_opportunity,
        demands=("S3.6",),
        caveats=(OLD_ENOUGH, SKIPPED),
    )
    lead_to_customer = KPI(
        meaning="New customers for each new lead of the period.",
        formula=FirstWins.customers / Leads.leads,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.1",),
        section="8",
        caveats=(
            "Customers of the period by leads of the period: most of these customers were leads "
            "before it.",
            "An account whose first win is a renewal or an expansion was a customer before.",
        ),
    )
    lead_to_customer_cohort = _followed(
        "Share of leads that were won.",
        Leads.to_customer,
        demands=("S4.1",),
    )
    qualified_rate = KPI(
        meaning="Share of leads leaving a stage that went on to a later one.",
        formula=LeadExits.advanced / LeadExits.left,
        unit=Unit.PERCENT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S1.3",),
        section="8",
        caveats=(
            "Leads still inside the stage are in neither part.",
            SKIPPED,
        ),
    )
    pass_rate = KPI(
        meaning="Leads handed over and accepted, for each meaningful conversation.",
        formula=Leads.accepted / Activities.conversations,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.2",),
        section="8",
        benchmark=Benchmark(0.11, 0.11, "SDR metrics guides: 11 %; no year given"),
    )
    pipe_rate = _followed(
        "Share of leads handed over whose opportunity reached a forecast stage.",
        Leads.to_forecast,
        demands=("S3.3",),
        benchmark=Benchmark(0.73, 0.73, "SDR metrics guides: 73 %; no year given"),
    )
    visitor_to_lead = KPI(
        meaning="Leads from the web for each visitor.",
        formula=Leads.web / Traffic.visitors,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.7",),
        section="8",
    )
    organic_conversion = KPI(
        meaning="Organic leads from the web for each organic visitor.",
        formula=Leads.organic / Traffic.organic,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.8",),
        section="8",
    )
    handoff_time = KPI(
        meaning="Middle time from becoming an mql to the first attempt by sales.",
        formula=Leads.handoff,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S4.8",),
        section="1",
        caveats=("Leads that nobody has tried to reach stay in.",),
    )
    connect_to_meeting_rate = KPI(
        meaning="Meetings booked from answered calls, for each answered call.",
        formula=Meetings.from_connects / Activities.connects,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.11",),
        section="3",
        caveats=(
            "A meeting comes from a call when the same team called the same person in the 7 days "
            "before the booking.",
        ),
    )
    meeting_to_sql = KPI(
        meaning="Share of meetings held whose lead became an sql.",
        formula=HeldMeetings.to_sql / HeldMeetings.followed,
        beside={"maturing": HeldMeetings.maturing},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.11",),
        section="3",
        caveats=("Only meetings held at least cohort_days ago.",),
    )
    qualified_company_size = KPI(
        meaning="Middle number of employees of leads that became an sql.",
        formula=Leads.median_size,
        unit=Unit.COUNT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S1.5",),
        section="12",
        caveats=("As the lead said, else the account's number of today.",),
    )
    qualified_title_level = KPI(
        meaning="Share of leads that became an sql whose title is c_level, vp or director.",
        formula=Leads.deciding / Leads.levelled,
        unit=Unit.PERCENT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S1.5",),
        section="12",
        caveats=("Leads without a known title level are left out.",),
    )
