"""Meetings: what was booked, moved and held."""

from __future__ import annotations

from foresail.core.anchors import At, Distinct
from foresail.core.dimensions import ACTOR, BOOKER, MOVER
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.activities import STARTED, Activities

BOOKED = At("booked", "the booking")
SELLER_MOVED = At("seller_moved", "the move", optional=True)
MEETING = Need("activity", "kind", "meeting")
THIRTY_DAYS = 30 * 86_400
IS_OLD = Elapsed("seller_moved", "as_of") >= THIRTY_DAYS


class Meetings(Fact):
    """One row per meeting as first set, colleague, and stretch of time in which it stands."""

    table = "meeting"
    key = ("activity_id",)
    dimensions = Activities.dimensions
    shows = (
        "activity_id",
        "booked_at",
        "occurred_at",
        "moved_at",
        "moved_by",
        "outcome",
        "actor_rep",
        "lead_id",
        "account_id",
        "account",
        "subject",
        "note",
        "recording_url",
    )
    has_validity = True

    booked = Measure(
        Distinct(_.event_id),
        at=BOOKED,
        credit=BOOKER,
        needs=(MEETING, Need("activity", "booked_at")),
        words="meetings booked",
    )
    from_calls = booked.only(
        (_.from_call_until > _.as_of).fill_null(False), words="meetings booked from calls"
    )
    from_connects = booked.only(
        (_.from_connect_until > _.as_of).fill_null(False),
        words="meetings booked from calls that were answered",
    )
    scheduled = Measure(
        Distinct(_.event_id), at=STARTED, credit=ACTOR, needs=(MEETING,), words="meetings planned"
    )
    moved = scheduled.only(
        (_.moved_at <= _.as_of).fill_null(False), words="of these moved at least once"
    )
    seller_moves = Measure(
        Distinct(_.event_id),
        at=SELLER_MOVED,
        credit=MOVER,
        needs=(MEETING, Need("activity", "moved_by")),
        words="meetings that the rep moved",
    )
    seller_moved = seller_moves.only(IS_OLD, words="meetings that the rep moved long enough ago")
    never_held = seller_moved.only(
        ~(
            (_.held_after_at <= _.as_of) & (Elapsed("seller_moved", "held_after") <= THIRTY_DAYS)
        ).fill_null(False),
        words="of these not held within 30 days",
    )
    maturing = seller_moves.only(~IS_OLD, words="meetings that the rep moved too recently to tell")


class MissedMeetings(Fact):
    """One row per no-show and stretch of time in which no later meeting of the person is booked."""

    table = "missed_meeting"
    key = ("activity_id",)
    dimensions = Activities.dimensions
    shows = ("activity_id", "occurred_at", "actor_rep", "lead_id", "account", "subject")
    has_validity = True
    has_deletion = True

    not_rebooked = Measure(
        Distinct(_.event_id),
        at=STARTED,
        credit=ACTOR,
        needs=(MEETING, Need("activity", "outcome")),
        words="no-shows without a later meeting",
    )


class HeldMeetings(Fact):
    """One row per meeting held and stretch of time in which its lead's stages stay."""

    table = "held_meeting"
    key = ("activity_id",)
    dimensions = Activities.dimensions
    shows = ("activity_id", "occurred_at", "actor_rep", "lead_id", "account", "sql_at")
    has_validity = True
    has_deletion = True

    followed = Measure(
        Distinct(_.event_id),
        at=STARTED,
        credit=ACTOR,
        where=Elapsed("occurred", "as_of") >= Setting("cohort_days") * 86_400,
        needs=(MEETING, Need("lead_stage", "stage", "sql")),
        words="meetings held long enough ago",
    )
    to_sql = followed.only(
        (
            (_.sql_at <= _.as_of)
            & (Elapsed("occurred", "sql") >= 0)
            & (Elapsed("occurred", "sql") <= Setting("cohort_days") * 86_400)
        ).fill_null(False),
        words="of these the lead became an sql in that time",
    )
    maturing = Measure(
        Distinct(_.event_id),
        at=STARTED,
        credit=ACTOR,
        where=Elapsed("occurred", "as_of") < Setting("cohort_days") * 86_400,
        needs=followed.needs,
        words="meetings held too recently to tell",
    )
