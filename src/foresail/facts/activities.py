"""Activities: calls, mails, meetings, social touches, letters."""

from __future__ import annotations

from typing import ClassVar

from foresail.core.anchors import At, Count, Distinct, Sum
from foresail.core.dimensions import (
    ACCOUNT,
    ACTIVITY_KIND,
    ACTOR,
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    INDUSTRY,
    LEAD_TERRITORY,
    MOVED_BY,
    NETWORK,
    OUTCOME,
    SEGMENT,
    SOURCE,
    TITLE_LEVEL,
)
from foresail.core.expressions import Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.core.rollups import Rollup
from foresail.facts.key_accounts import KEY, KeyAccounts

STARTED = At("occurred", "the start")
IS_MEETING = _.kind == "meeting"

IS_CONVERSATION = _.is_conversation.fill_null(
    IS_MEETING
    | (
        (_.kind == "call")
        & (_.outcome == "connected").fill_null(False)
        & (_.duration_seconds >= Setting("conversation_seconds")).fill_null(False)
        & _.is_decision_maker.fill_null(True)
    )
)


A_MEETING = Need("activity", "kind", "meeting")
HALF_AN_HOUR = 1800
SECONDS = IS_MEETING.ifelse(
    _.duration_seconds.fill_null(HALF_AN_HOUR), _.duration_seconds.fill_null(0)
)
IS_CONTACT = ~_.is_automated & (
    _.is_held | ((_.kind == "call") & _.is_completed & (_.outcome != "abandoned").fill_null(True))
)


class Activities(Fact):
    """One row per activity."""

    table = "activity"
    key = ("activity_id",)
    dimensions = (
        ACTIVITY_KIND,
        OUTCOME,
        MOVED_BY,
        NETWORK,
        SOURCE,
        CHANNEL,
        CAMPAIGN,
        LEAD_TERRITORY,
        SEGMENT,
        INDUSTRY,
        COUNTRY,
        COMPANY_SIZE_BAND,
        TITLE_LEVEL,
    )
    shows = (
        "activity_id",
        "occurred_at",
        "kind",
        "direction",
        "outcome",
        "duration_seconds",
        "actor_rep",
        "lead_id",
        "contact_id",
        "account_id",
        "account",
        "opportunity_id",
        "subject",
        "note",
        "recording_url",
    )
    small = (
        "kind",
        "direction",
        "outcome",
        "is_outbound",
        "is_touch",
        "is_held",
        "is_automated",
        "is_completed",
    )
    has_deletion = True
    surrogates: ClassVar = {"person": "person_surrogate"}

    single_touches = Measure(
        Count(),
        at=STARTED,
        credit=ACTOR,
        where=_.is_outbound & (_.kind != "meeting"),
        needs=(Need("activity", "direction"),),
        words="outbound activities without meetings",
    )
    meeting_touches = Measure(
        Distinct(_.event_id),
        at=STARTED,
        credit=ACTOR,
        where=IS_MEETING & _.is_outbound,
        needs=(Need("activity", "direction"),),
        words="outbound meetings held",
    )
    outbound = (single_touches + meeting_touches).named("outbound activities")
    conversations = outbound.only(IS_CONVERSATION).named("conversations")

    calls = Measure(
        Count(),
        at=STARTED,
        credit=ACTOR,
        where=_.is_touch & (_.kind == "call"),
        needs=(Need("activity", "kind", "call"), Need("activity", "direction")),
        words="outbound calls",
    )
    connects = calls.only(
        (_.outcome == "connected").fill_null(False),
        needs=(Need("activity", "outcome"),),
        words="connects",
    )
    emails = Measure(
        Count(),
        at=STARTED,
        credit=ACTOR,
        where=_.is_touch & (_.kind == "email"),
        needs=(Need("activity", "kind", "email"), Need("activity", "direction")),
        words="mails that reps wrote",
    )
    social = Measure(
        Count(),
        at=STARTED,
        credit=ACTOR,
        where=_.is_touch & (_.kind == "social"),
        needs=(Need("activity", "kind", "social"), Need("activity", "direction")),
        words="social touches",
    )
    meetings_held = Measure(
        Distinct(_.event_id),
        at=STARTED,
        credit=ACTOR,
        where=IS_MEETING & _.is_held,
        needs=(Need("activity", "kind", "meeting"),),
    )
    met_or_missed = Measure(
        Distinct(_.event_id),
        at=STARTED,
        credit=ACTOR,
        where=IS_MEETING & (_.is_held | (_.outcome == "no_show").fill_null(False)),
        needs=(Need("activity", "kind", "meeting"), Need("activity", "outcome")),
        words="meetings held or missed by the prospect",
    )
    no_shows = met_or_missed.only((_.outcome == "no_show").fill_null(False), words="no-shows")
    inbound_calls = Measure(
        Count(),
        at=STARTED,
        credit=ACTOR,
        where=(_.kind == "call") & (_.direction == "inbound").fill_null(False) & _.is_completed,
        needs=(Need("activity", "kind", "call"), Need("activity", "direction")),
        words="inbound calls",
    )
    missed_calls = inbound_calls.only(
        (_.outcome != "connected").fill_null(False) & ~_.is_automated,
        needs=(Need("activity", "outcome"),),
        words="inbound calls that nobody answered",
    )
    people = Measure(
        Distinct(_.person),
        at=STARTED,
        credit=ACTOR,
        where=_.is_outbound,
        needs=(Need("activity", "direction"),),
        words="people touched",
    )
    new_people = Measure(
        Distinct(_.person),
        at=STARTED,
        credit=ACTOR,
        where=_.is_outbound & (_.first_touch_from <= _.as_of),
        needs=(Need("activity", "direction"),),
        words="people touched for the first time",
    )
    contact_seconds = Measure(
        Sum(SECONDS, unit="duration"),
        at=STARTED,
        credit=ACTOR,
        per={(ACCOUNT,): {"is_key": KeyAccounts.at_start}},
        where=IS_CONTACT,
        needs=(*KEY, Need("activity", "duration_seconds", otherwise=A_MEETING)),
        words="seconds of calls and meetings",
    )
    key_seconds = contact_seconds.only(_.is_key > 0, words="of these with key accounts")
    assumed_meetings = Measure(
        Count(),
        at=STARTED,
        credit=ACTOR,
        where=IS_CONTACT & IS_MEETING & _.duration_seconds.isnull(),
        needs=(A_MEETING,),
        words="meetings taken for 30 minutes",
    )
    talk_seconds = Measure(
        Sum(_.duration_seconds),
        at=STARTED,
        credit=ACTOR,
        where=(_.kind == "call") & (_.outcome == "connected").fill_null(False) & _.is_completed,
        needs=(Need("activity", "kind", "call"), Need("activity", "duration_seconds")),
        words="seconds of connected calls",
    )

    rollups = (
        Rollup(
            "activity_day",
            at=STARTED,
            credit=ACTOR,
            measures=(
                single_touches,
                calls,
                connects,
                emails,
                social,
                inbound_calls,
                missed_calls,
                assumed_meetings,
                talk_seconds,
            ),
        ),
    )
