"""Response: how long people wait for us."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.facts.activities import Activities
from foresail.facts.responses import Responses, ResponseSpells

CENSORED = "Requests without an answer stay in: where fewer than half are answered it is unknown."
ENDED = "A lead that is disqualified or deleted is watched until then."
HOUR = Benchmark(0, 3_600, "sales-KPI articles: within one hour; no year given")
WAITING = {"unanswered": Responses.waiting, "oldest": Responses.oldest}


class Response(Theme):
    """How long do people who asked us wait for a human answer?"""

    lead_response_time = KPI(
        meaning="Middle time from a request to the first human attempt to answer it.",
        formula=Responses.median,
        beside={
            "unanswered": Responses.waiting,
            "oldest": Responses.oldest,
            "worked_before": Responses.worked_before,
        },
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1", "S2.5", "S3.8", "S4.10"),
        section="1",
        benchmark=HOUR,
        caveats=(
            CENSORED,
            ENDED,
            "The setting response_kinds says which kinds of attempt answer.",
        ),
    )
    mean_lead_response_time = KPI(
        meaning="Mean time from a request to the first human attempt, over answered requests.",
        formula=Responses.mean,
        beside={"unanswered": Responses.waiting, "oldest": Responses.oldest},
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1", "S3.8"),
        section="1",
        benchmark=HOUR,
        caveats=(
            "It leaves out who was never answered: read it with the number of unanswered ones.",
        ),
    )
    response_within_sla = KPI(
        meaning="Share of requests that were answered within the time promised (the setting sla).",
        formula=Responses.in_time / Responses.due,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.1", "S2.5"),
        section="1",
        caveats=(
            "Requests whose time still runs are in neither part.",
            "A request or answer dated by a day alone says nothing about hours, and is left out.",
        ),
    )
    unanswered_leads = KPI(
        meaning="Requests that still wait for a human answer after the time promised.",
        formula=Responses.unanswered,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1", "S2.5"),
        section="1",
        benchmark=Benchmark(0, 0, "every request deserves an answer"),
        caveats=(
            "Taken at the end of the period, or at the as-of instant while it runs.",
            "Disqualified, converted and deleted leads no longer wait.",
        ),
    )
    leads_waiting = KPI(
        meaning="Requests that wait for a human answer at this moment, in time still or not.",
        formula=Responses.open,
        beside={
            "longest": Responses.longest_open,
            "longest_business": Responses.longest_open_business,
        },
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1", "S2.5"),
        section="1",
        caveats=(
            "Taken at the as-of instant, whatever the period.",
            "Disqualified, converted and deleted leads no longer wait.",
        ),
    )
    lead_response_time_business = KPI(
        meaning="Middle working time from a request to the first human attempt to answer it.",
        formula=Responses.median_business,
        beside={"unanswered": Responses.waiting},
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1",),
        section="1",
        benchmark=HOUR,
        caveats=(
            CENSORED,
            "Working hours by local time, public holidays left out; the customer waits by the "
            "wall clock.",
        ),
    )
    rep_delay = KPI(
        meaning="Middle time from getting a request to the first human attempt, by its owner.",
        formula=ResponseSpells.median,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1",),
        section="1",
        caveats=(
            "Each owner of a request has a clock; it stops without an answer when the lead goes on "
            "to another.",
        ),
    )
    inbound_calls = KPI(
        meaning="Calls that came in.",
        formula=Activities.inbound_calls,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.1", "S2.5"),
        section="2",
    )
    missed_calls = KPI(
        meaning="Calls that came in and nobody answered.",
        formula=Activities.missed_calls,
        unit=Unit.COUNT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1", "S2.5"),
        section="2",
        caveats=("A call without a noted outcome is not taken for missed.",),
    )
    time_to_conversation = KPI(
        meaning="Middle time from a request to the first contact in both directions.",
        formula=Responses.talk,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.1",),
        section="1",
        caveats=(
            CENSORED,
            ENDED,
        ),
    )
    routing_delay = KPI(
        meaning="Middle time from a request to its first assignment to a person.",
        formula=Responses.routing,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S4.8",),
        section="1",
        caveats=(
            "Leads without a person stay in.",
            "Leads with an owner but no time of assignment are left out.",
        ),
    )
