"""What an activity is: whether it took place, whom it touched, and how it is described."""

from __future__ import annotations

from typing import Any

from tests.oracle.calendar import day_of
from tests.oracle.chains import following
from tests.oracle.links import (
    account_of_activity,
    contact_of_activity,
    lead_of_activity,
    origin,
    person,
)
from tests.oracle.people import credit
from tests.oracle.records import Activity, Moment, World
from tests.oracle.view import Line, View, clock

ATTEMPTS = ("call", "email", "social", "letter", "meeting")


def is_visible(activity: Activity, view: View) -> bool:
    """Excluded at T if deleted by T."""
    return activity.deleted_at is None or activity.deleted_at.at > view.as_of


def is_completed(activity: Activity, view: View) -> bool:
    """`is_completed`, or, where empty, started by T.

    The period `all` includes what has no date, so a missing start is taken for a past one.
    """
    if activity.is_completed is not None:
        return activity.is_completed
    return activity.occurred_at is None or activity.occurred_at.at <= view.as_of


def has_begun(activity: Activity, view: View) -> bool:
    """Whether it is known to have started by T, and was not deleted."""
    start = activity.occurred_at
    return start is not None and start.at <= view.as_of and is_visible(activity, view)


def is_meeting_held(activity: Activity, view: View) -> bool:
    """Its time has come, and it was not cancelled, moved or missed.

    Where no outcome is noted, what was put in its place tells that it was moved.
    """
    if activity.kind != "meeting" or not is_completed(activity, view):
        return False
    if activity.outcome is None:
        return following(view.world, activity) is None
    return activity.outcome == "held"


def is_touch(activity: Activity, view: View) -> bool:
    """A completed human outbound activity; meetings count when held, calls unless abandoned."""
    if activity.direction != "outbound" or activity.is_automated or not is_visible(activity, view):
        return False
    if activity.kind == "meeting":
        return is_meeting_held(activity, view)
    return is_completed(activity, view) and activity.outcome != "abandoned"


def is_attempt(activity: Activity, view: View) -> bool:
    """A call, mail, social touch, letter or meeting that took place at a known time up to T."""
    is_timely = activity.kind in ATTEMPTS and has_begun(activity, view)
    return is_timely and is_touch(activity, view)


def is_call(activity: Activity, view: View) -> bool:
    """An outbound call of a rep."""
    return activity.kind == "call" and is_touch(activity, view)


def is_inbound_call(activity: Activity) -> bool:
    """A call that somebody made to us."""
    return activity.kind == "call" and activity.direction == "inbound"


def is_missed(activity: Activity) -> bool:
    """An inbound call that nobody took; what a machine noted does not count."""
    is_taken = activity.outcome in (None, "connected")
    return is_inbound_call(activity) and not is_taken and not activity.is_automated


def is_answered_live(activity: Activity) -> bool:
    """An inbound call that a person took."""
    is_human = not activity.is_automated
    return is_inbound_call(activity) and activity.outcome == "connected" and is_human


def is_conversation(activity: Activity, world: World) -> bool:
    """As noted; else a meeting held, or a long connected call with who may decide."""
    if activity.is_conversation is not None:
        return activity.is_conversation
    if activity.kind == "meeting":
        return True
    who = contact_of_activity(world, activity)
    return (
        activity.kind == "call"
        and activity.outcome == "connected"
        and activity.duration_seconds is not None
        and activity.duration_seconds >= world.settings.conversation_seconds
        and not (who is not None and who.is_decision_maker is False)
    )


def identity(activity: Activity, world: World) -> Any:
    """What makes activities different: a meeting of several colleagues with a person is one."""
    who = person(world, activity)
    if activity.kind != "meeting" or activity.occurred_at is None or who is None:
        return activity.activity_id
    return activity.occurred_at.at, activity.occurred_at.is_date, who


def described(activity: Activity, anchor: Moment | None, world: World) -> dict[str, Any]:
    """The dimensions of an activity, with its rep's place on the day of the anchor."""
    found = lead_of_activity(world, activity)
    who = contact_of_activity(world, activity)
    day = day_of(anchor, world.settings) if anchor else None
    return {
        **credit(world, activity.rep_id, day),
        **clock(anchor, world),
        **origin(world, found, account_of_activity(world, activity)),
        "title_level": (who.title_level if who else None) or (found.title_level if found else None),
        "activity_kind": activity.kind,
        "outcome": activity.outcome,
        "moved_by": activity.moved_by,
        "network": activity.network,
    }


def line(activity: Activity, view: View) -> Line:
    """An activity as a line, dated by its start; its worth tells it from others."""
    described_ = described(activity, activity.occurred_at, view.world)
    return Line(identity(activity, view.world), described_)
