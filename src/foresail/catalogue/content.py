"""Content and social: what is shown and shared, and who reacts."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.facts.content import Assets, Handouts, MailLinks, Mails
from foresail.facts.days import SocialDays
from foresail.facts.reps import Reps
from foresail.facts.touches import Touches

BY_CONTENT = "By content a mail counts for each asset that it links."


class ContentAndSocial(Theme):
    """Do we use our content and social networks, and do people react?"""

    content_link_rate = KPI(
        meaning="Share of the follow-up mails that link an asset.",
        formula=Mails.linked_follow_ups / Mails.follow_ups,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.4",),
        section="5",
        caveats=(
            "A follow-up mail lies in a lead's second or a later touch. An asset that content does "
            "not describe is no link.",
        ),
    )
    tailored_link_rate = KPI(
        meaning="Share of the follow-up mails with a link whose asset is made for the lead's "
        "segment or stage.",
        formula=MailLinks.tailored / MailLinks.follow_ups,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.4",),
        section="5",
        caveats=(
            "The stage is the lead's latest at the mail, or that of an open deal of the mail.",
            "An asset with neither segment nor stage fits nobody.",
            BY_CONTENT,
        ),
    )
    content_click_rate = KPI(
        meaning="Share of the delivered mails with a link that a person clicked.",
        formula=MailLinks.clicked / MailLinks.delivered,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.4",),
        section="5",
        caveats=(
            "A mail that did not bounce was delivered.",
            "Clicks of machines, and those within scanner_seconds after the mail, are none.",
            BY_CONTENT,
        ),
    )
    collateral_usage_rate = KPI(
        meaning="Share of the assets available in the period that somebody shared.",
        formula=Assets.shared / Assets.available,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.6",),
        section="6",
        caveats=(
            "Available: published by the end of the period, not retired before it began.",
            "Segment and stage are those that the asset is made for.",
        ),
    )
    collateral_adoption = KPI(
        meaning="Share of the reps in the job who shared an asset in the period.",
        formula=Reps.sharing / Reps.able_to_share,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.6",),
        section="6",
        caveats=("Reps in the job at the end of the period, in their position then.",),
    )
    callback_rate = KPI(
        meaning="Share of the people given an asset who called its own number within "
        "callback_days.",
        formula=Handouts.called_back / Handouts.old,
        beside={"maturing": Handouts.maturing},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.6",),
        section="6",
        caveats=(
            "A call belongs to the last asset with that number that the person got.",
            "Only assets given at least callback_days ago.",
        ),
    )
    social_active_days = KPI(
        meaning="Share of the working days of reps on which they reached out through a social "
        "network.",
        formula=SocialDays.social / SocialDays.present,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S0.5",),
        section="7",
        caveats=("Public holidays and absences are no working days.",),
    )
    social_lead_share = KPI(
        meaning="Share of the leads worked that were reached out to through a social network.",
        formula=Touches.social_leads / Touches.leads,
        unit=Unit.PERCENT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S0.5",),
        section="7",
        caveats=(
            "That it goes with revenue says little: seniors post more, and own better accounts.",
        ),
    )
