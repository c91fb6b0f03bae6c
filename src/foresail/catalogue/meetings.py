"""Meetings: kept, missed and moved."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.facts.activities import Activities
from foresail.facts.meetings import Meetings, MissedMeetings
from foresail.facts.planned import Planned


class Meeting(Theme):
    """Do planned meetings take place, and who moves them?"""

    no_show_rate = KPI(
        meaning="Share of meetings due that the prospect did not come to.",
        formula=Activities.no_shows / Activities.met_or_missed,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.4",),
        section="18",
        caveats=("Meetings cancelled or moved before are in neither part.",),
    )
    meetings_planned = KPI(
        meaning="Meetings that are to take place in the period, those over by now included.",
        formula=Planned.meetings,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.11",),
        section="18",
        caveats=(
            "As far as they were booked by the as-of instant; cancelled and moved ones are left "
            "out.",
            "A meeting with several colleagues counts once for each, once for the team.",
        ),
    )
    no_shows_to_rebook = KPI(
        meaning="Meetings that the prospect did not come to, and no other one is booked since.",
        formula=MissedMeetings.not_rebooked,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.4",),
        section="18",
        caveats=("A later meeting with the person does, unless it was cancelled.",),
    )
    reschedule_rate = KPI(
        meaning="Share of booked meetings that were moved.",
        formula=Meetings.moved / Meetings.scheduled,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.4",),
        section="18",
        caveats=(
            "A meeting counts once however often it is moved; moved_by says who asked first.",
        ),
    )
    seller_moved_loss_rate = KPI(
        meaning="Share of meetings moved by the rep that were not held within 30 days.",
        formula=Meetings.never_held / Meetings.seller_moved,
        beside={"maturing": Meetings.maturing},
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S3.4",),
        section="18",
        benchmark=Benchmark(
            0.8,
            0.8,
            "sales-KPI articles: 80 % of meetings that the seller moves are lost; no year given",
        ),
        caveats=("Only meetings moved at least 30 days ago.",),
    )
