"""What answers an episode, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.oracle.activity import (
    has_begun,
    is_answered_live,
    is_attempt,
    is_meeting_held,
)
from tests.oracle.episodes import AN_HOUR, Episode, end
from tests.oracle.links import person
from tests.oracle.memory import once
from tests.oracle.records import Activity, Moment
from tests.oracle.view import View


@dataclass(frozen=True)
class Answer:
    """What answered an episode, and when that counts."""

    at: Moment
    by: Activity


def first_contact(
    view: View, episode: Episode, counts: Callable[[Activity, View], bool], is_live: bool
) -> Answer | None:
    """The first contact with the person from the request on, unless the episode ended before.

    A call that was answered live within the hour before counts as at the request, where calls do.
    """
    found = []
    for each in view.world.activity:
        at, asked = each.occurred_at, episode.at
        if at is None or asked is None or not has_begun(each, view):
            continue
        if person(view.world, each) != episode.person:
            continue
        if at >= asked and (counts(each, view) or (is_live and is_answered_live(each))):
            found.append(Answer(at, each))
        elif is_live and is_answered_live(each) and is_within_the_hour_before(at, asked):
            found.append(Answer(asked, each))
    first = min(found, key=_order, default=None)
    over = end(episode, view)
    return None if first is None or (over is not None and over < first.at) else first


def is_within_the_hour_before(at: Moment, asked: Moment) -> bool:
    """Whether a moment lies in the hour before a request, both with a time of day."""
    is_timed = not at.is_date and not asked.is_date
    return is_timed and asked.at - AN_HOUR <= at.at < asked.at


def _order(answer: Answer) -> Any:
    started = answer.by.occurred_at
    return answer.at, started, answer.by.activity_id


@once
def answer(view: View, episode: Episode) -> Answer | None:
    """The first attempt of a kind that answers, or an inbound call that was answered live."""
    kinds = view.world.settings.response_kinds
    return first_contact(
        view,
        episode,
        lambda each, view: each.kind in kinds and is_attempt(each, view),
        is_live="call" in kinds,
    )


def is_two_way(activity: Activity, view: View) -> bool:
    """Whether both sides spoke or wrote."""
    if activity.is_automated:
        return False
    if activity.kind == "meeting":
        return is_meeting_held(activity, view)
    if activity.direction == "inbound":
        return activity.kind in ("email", "social", "letter") or is_answered_live(activity)
    reply = {"call": "connected", "email": "replied"}.get(activity.kind)
    return reply is not None and activity.outcome == reply and is_attempt(activity, view)


@once
def conversation(view: View, episode: Episode) -> Answer | None:
    """The first two-way contact with the person."""
    return first_contact(view, episode, is_two_way, is_live=True)
