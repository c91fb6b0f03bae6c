"""Qualification: who came, and who is worth the time."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.facts.activities import Activities
from foresail.facts.lead_exits import LeadExits
from foresail.facts.leads import Leads
from foresail.facts.meetings import HeldMeetings, Meetings
from foresail.facts.traffic import Traffic
from foresail.facts.wins import FirstWins

OLD_ENOUGH = "Only leads followed for cohort_days; younger ones are shown as maturing."
SKIPPED = "Who reached a later stage has reached the earlier ones (setting skipped_stages)."


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
    lead_to_mql = KPI(
        meaning="Share of leads that became an mql.",
        formula=Leads.to_mql.soon / Leads.to_mql.old,
        beside={"maturing": Leads.to_mql.maturing, "estimate": Leads.to_mql.estimate},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.6",),
        section="8",
        caveats=(
            OLD_ENOUGH,
            SKIPPED,
        ),
    )
    mql_to_sql = KPI(
        meaning="Share of mqls that became an sql.",
        formula=Leads.mql_to_sql.soon / Leads.mql_to_sql.old,
        beside={"maturing": Leads.mql_to_sql.maturing, "estimate": Leads.mql_to_sql.estimate},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.6",),
        section="8",
        caveats=(
            OLD_ENOUGH,
            SKIPPED,
        ),
    )
    mql_to_opportunity = KPI(
        meaning="Share of mqls that became an opportunity.",
        formula=Leads.mql_to_opportunity.soon / Leads.mql_to_opportunity.old,
        beside={
            "maturing": Leads.mql_to_opportunity.maturing,
            "estimate": Leads.mql_to_opportunity.estimate,
        },
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.6",),
        section="8",
        caveats=(
            OLD_ENOUGH,
            SKIPPED,
        ),
    )
    sql_to_opportunity = KPI(
        meaning="Share of sqls that became an opportunity.",
        formula=Leads.sql_to_opportunity.soon / Leads.sql_to_opportunity.old,
        beside={
            "maturing": Leads.sql_to_opportunity.maturing,
            "estimate": Leads.sql_to_opportunity.estimate,
        },
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.6",),
        section="8",
        caveats=(
            OLD_ENOUGH,
            SKIPPED,
        ),
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
        ),
    )
    lead_to_customer_cohort = KPI(
        meaning="Share of leads that were won.",
        formula=Leads.to_customer.soon / Leads.to_customer.old,
        beside={"maturing": Leads.to_customer.maturing, "estimate": Leads.to_customer.estimate},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.1",),
        section="8",
        caveats=(OLD_ENOUGH,),
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
    pipe_rate = KPI(
        meaning="Share of leads handed over whose opportunity reached a forecast stage.",
        formula=Leads.to_forecast.soon / Leads.to_forecast.old,
        beside={"maturing": Leads.to_forecast.maturing, "estimate": Leads.to_forecast.estimate},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.3",),
        section="8",
        benchmark=Benchmark(0.73, 0.73, "SDR metrics guides: 73 %; no year given"),
        caveats=(OLD_ENOUGH,),
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
