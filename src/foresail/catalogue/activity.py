"""Activity: what was done."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.facts.activities import Activities
from foresail.facts.days import RepDays
from foresail.facts.meetings import Meetings


class Activity(Theme):
    """How much do we do, and how many people do we approach?"""

    outbound_calls = KPI(
        meaning="Calls that reps made to prospects and customers.",
        formula=Activities.calls,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.2", "S1.1", "S2.6"),
        section="2",
        caveats=("Calls that a dialler abandoned before a rep spoke are left out.",),
    )
    emails_sent = KPI(
        meaning="Mails that reps wrote to prospects and customers; automatic ones are left out.",
        formula=Activities.emails,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.14",),
        section="2",
    )
    social_touches = KPI(
        meaning="Contacts that reps made through social networks.",
        formula=Activities.social,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.5", "S3.14"),
        section="7",
    )
    meetings_booked = KPI(
        meaning="Meetings that were planned in the period, whenever they take place.",
        formula=Meetings.booked,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.11",),
        section="18",
        caveats=(
            "A meeting with several colleagues counts once for each, once for the team.",
            "A meeting that was moved is one meeting.",
        ),
    )
    meetings_held = KPI(
        meaning="Meetings that took place.",
        formula=Activities.meetings_held,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.11",),
        section="18",
        caveats=("A meeting with several colleagues counts once for each, once for the team.",),
    )
    outbound_activities = KPI(
        meaning="What reps did to reach people: calls, mails, meetings held, social, letters.",
        formula=Activities.outbound,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.1", "S3.14"),
        section="2",
    )
    activities_per_rep_day = KPI(
        meaning="Outbound activities per working day that a rep was there.",
        formula=Activities.outbound / RepDays.present,
        unit=Unit.PER_DAY,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S2.4", "S3.14"),
        section="2",
        caveats=("Public holidays and absences are no working days.",),
    )
    calls_per_rep_day = KPI(
        meaning="Outbound calls per working day that a rep was there.",
        formula=Activities.calls / RepDays.present,
        unit=Unit.PER_DAY,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S2.6",),
        section="2",
        caveats=("Public holidays and absences are no working days.",),
    )
    prospects_approached = KPI(
        meaning="Different people whom reps tried to reach at least once.",
        formula=Activities.people,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.1",),
        section="2",
        caveats=("A person approached by two reps counts for each of them, once in the total.",),
    )
    new_prospects_approached = KPI(
        meaning="People whom anybody tried to reach for the first time ever.",
        formula=Activities.new_people,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.1",),
        section="2",
    )
    talk_time = KPI(
        meaning="Time spent talking on connected calls, in and out.",
        formula=Activities.talk_seconds,
        unit=Unit.DURATION,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S0.2",),
        section="2",
    )
