"""Reach: whom the activity got hold of."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.facts.activities import Activities
from foresail.facts.meetings import Meetings
from foresail.facts.opportunities import Opportunities


class Reach(Theme):
    """Do we get hold of people, and do they talk with us?"""

    connects = KPI(
        meaning="Outbound calls that a person answered.",
        formula=Activities.connects,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S2.7",),
        section="3",
    )
    connect_rate = KPI(
        meaning="Share of outbound calls that a person answered.",
        formula=Activities.connects / Activities.calls,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S2.7",),
        section="3",
    )
    calls_per_contact = KPI(
        meaning="Outbound calls it takes to get one person on the line.",
        formula=Activities.calls / Activities.connects,
        unit=Unit.RATIO,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S2.7",),
        section="3",
    )
    conversations = KPI(
        meaning="Outbound activities that became a meaningful conversation.",
        formula=Activities.conversations,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.1",),
        section="3",
        caveats=(
            "Where reps do not note it: a meeting held, or a connected call of at least "
            "conversation_seconds whose contact is not known to be no decision-maker.",
        ),
    )
    reach_rate = KPI(
        meaning="Share of outbound activities that became a meaningful conversation.",
        formula=Activities.conversations / Activities.outbound,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.1",),
        section="3",
        benchmark=Benchmark(
            0.35, 0.40, "SDR metrics guides: 35 % at least, 40 % on average; no year given"
        ),
    )
    opportunities_per_1000_calls = KPI(
        meaning="Opportunities from outbound work for every 1,000 outbound calls.",
        formula=1000 * (Opportunities.created_outbound / Activities.calls),
        unit=Unit.PER_1000,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.2",),
        section="3",
        benchmark=Benchmark(32, 32, "sales-KPI articles: 32 per 1,000 calls; no year given"),
        caveats=("Opportunities are credited to who brought them in, calls to who made them.",),
    )
    dial_to_meeting_rate = KPI(
        meaning="Meetings booked from calls, per outbound call.",
        formula=Meetings.from_calls / Activities.calls,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.11",),
        section="3",
        caveats=(
            "A meeting comes from a call when the same team called the same person in the "
            "7 days before the booking.",
        ),
    )
