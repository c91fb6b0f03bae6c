"""Follow-up: how often we try, and when we stop."""

from __future__ import annotations

from foresail.core.kpis import KPI, Benchmark, Better, Kind, Theme, Unit
from foresail.facts.planned import Planned
from foresail.facts.touches import FollowUps, Touches
from foresail.facts.wins import Wins

MERGED = "Attempts on one channel within 30 minutes are one touch."


class FollowUp(Theme):
    """Do we stay with people for long enough, and what does it bring?"""

    spelling = "Follow-up"

    leads_worked = KPI(
        meaning="Leads that were touched at least once.",
        formula=Touches.leads,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.2",),
        section="4",
    )
    leads_in_work = KPI(
        meaning="Leads last touched in the period that are still open: neither converted nor "
        "disqualified.",
        formula=Touches.in_work,
        unit=Unit.COUNT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S0.3",),
        section="4",
        caveats=(
            "By the last touch of each lead up to the as-of instant.",
            "A lead that asked anew since, or was recycled, waits for its first touch and is none.",
        ),
    )
    follow_ups = KPI(
        meaning="Second and later human attempts to reach a lead.",
        formula=Touches.follow_ups,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.3", "S2.8"),
        section="4",
        caveats=(
            MERGED,
            "A new request or a recycled lead begins a new count.",
        ),
    )
    follow_ups_due = KPI(
        meaning="Calls, mails, social touches and letters planned for the period and not yet done.",
        formula=Planned.to_do,
        unit=Unit.COUNT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S0.3", "S2.8"),
        section="4",
        caveats=(
            "By the day for which they are planned, those of days to come included.",
            "What was done since the as-of instant was still due then where it has a time of "
            "booking.",
        ),
    )
    touches_per_lead = KPI(
        meaning="Touches for each lead worked.",
        formula=Touches.touches / Touches.leads,
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.2",),
        section="4",
        caveats=(MERGED,),
    )
    touches_28d = KPI(
        meaning="Mean number of touches within 28 days of the first.",
        formula=FollowUps.mean_touches,
        beside={"maturing": FollowUps.young},
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.12",),
        section="4",
        benchmark=Benchmark(
            16, 16, "sales-KPI articles: 16 touches in two to four weeks; no year given"
        ),
        caveats=(
            MERGED,
            "Only leads first touched at least 28 days ago.",
        ),
    )
    single_touch_rate = KPI(
        meaning="Share of leads that were touched once and given up.",
        formula=FollowUps.given_up / FollowUps.waited,
        beside={"maturing": FollowUps.recent},
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LEADING,
        demands=("S0.3", "S3.13"),
        section="4",
        caveats=(
            "Given up: no second touch, no answer, nothing planned and no outcome within "
            "given_up_working_days.",
            "Published surveys count sellers, not leads (48 % never follow up, 44 % stop after one "
            "follow-up): a share of leads cannot be compared with them.",
        ),
    )
    win_share_5th_touch_or_later = KPI(
        meaning="Share of wins whose last touch before the win was the fifth or a later one.",
        formula=Wins.touched_often / Wins.touched,
        unit=Unit.PERCENT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S0.3", "S2.8", "S3.13"),
        section="4",
        caveats=(
            "It says nothing about how many got that far: read touch_conversion by touch_number.",
            "Surveys say 80 % of sales fall on contacts 5 to 12, or 50 to 80 % on the fifth "
            "follow-up and later.",
        ),
    )
    touch_contact_rate = KPI(
        meaning="Share of leads first reached by this touch, of those that no earlier one reached.",
        formula=Touches.first_contacts / Touches.without_contact,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S2.7", "S3.13"),
        section="4",
        caveats=(
            MERGED,
            "Ask it by touch_number: the numerators say after how many touches leads are reached; "
            "those never reached stay in the denominators.",
            "Reached: an outbound call was connected, or a meeting was held. What leads do "
            "themselves is no touch.",
        ),
    )
    touch_conversion = KPI(
        meaning="Share of leads that convert after this touch, of those that got it unconverted.",
        formula=Touches.converting / Touches.unconverted,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.2", "S3.13"),
        section="4",
        caveats=(
            MERGED,
            "Ask it by touch_number. A conversion is the first of sql, opportunity and win.",
        ),
    )
