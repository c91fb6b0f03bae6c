"""What the reps do."""

from __future__ import annotations

from foresail.model.types import (
    Table,
    boolean,
    choice,
    date,
    id_,
    instant,
    key,
    number,
    optional_key,
    required,
    text,
)

OUTCOMES = {
    "call": ("connected", "voicemail", "no_answer", "busy", "abandoned"),
    "meeting": ("held", "no_show", "cancelled", "moved"),
    "email": ("delivered", "bounced", "replied"),
}

ACTIVITY = Table(
    "activity",
    "One row per call, mail, meeting, social touch or letter.",
    (
        key(id_("activity_id", "The activity.", refers_to="activity")),
        required(
            choice("kind", "What it is.", "call", "email", "meeting", "social", "letter", "other")
        ),
        choice("direction", "Who reached out.", "outbound", "inbound"),
        instant("occurred_at", "The start, or the time it is due."),
        instant("booked_at", "When it was planned."),
        number("duration_seconds", "How long it took, in seconds.", 0),
        boolean("is_completed", "Whether it took place; empty: if its time has come."),
        id_("rep_id", "Who did it.", refers_to="rep"),
        id_("lead_id", "The lead it was for.", refers_to="lead"),
        id_("contact_id", "The person it was with.", refers_to="contact"),
        id_("account_id", "The company it was with.", refers_to="account"),
        id_("opportunity_id", "The opportunity it was for.", refers_to="opportunity"),
        choice("outcome", "How it went.", *(o for group in OUTCOMES.values() for o in group)),
        boolean("is_automated", "Whether a machine did it; empty: a person did."),
        boolean("is_conversation", "Whether it was a meaningful conversation; empty: not said."),
        choice("moved_by", "Who moved the meeting.", "rep", "prospect"),
        id_("moved_from_id", "The meeting that was moved to this one.", refers_to="activity"),
        text("network", "The social network."),
        text("subject", "The subject."),
        text("note", "What was noted."),
        text("recording_url", "Where the recording is."),
        text("dialled_number", "The number that was called."),
        instant("deleted_at", "When it was deleted."),
    ),
)

CONTENT = Table(
    "content",
    "One row per marketing asset.",
    (
        key(id_("content_id", "The asset.", refers_to="content")),
        text("name", "Its name."),
        text("kind", "White paper, video, ..."),
        date("published_on", "The first day it could be used."),
        date("retired_on", "The last day it could be used; empty: still."),
        text("segment", "The segment it is made for."),
        text("stage", "The stage it is made for."),
        text("tracking_number", "Its own telephone number."),
    ),
)

CONTENT_SHARE = Table(
    "content_share",
    "One row per activity and asset shared in it.",
    (
        key(id_("activity_id", "The activity.", refers_to="activity")),
        key(id_("content_id", "The asset.", refers_to="content")),
    ),
)

CONTENT_EVENT = Table(
    "content_event",
    "One row per click, view or callback.",
    (
        optional_key(id_("event_id", "The event.", refers_to="content_event")),
        id_("content_id", "The asset.", refers_to="content"),
        id_("activity_id", "The mail it came from.", refers_to="activity"),
        id_("lead_id", "The lead.", refers_to="lead"),
        required(choice("kind", "What happened.", "click", "view", "callback")),
        instant("occurred_at", "When."),
        boolean("is_bot", "Whether a machine did it; empty: a person did."),
    ),
    is_keyless=True,
)
