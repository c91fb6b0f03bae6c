"""Touches of leads in their order: follow-ups, and what each holds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.oracle import leads
from tests.oracle.activity import is_attempt
from tests.oracle.episodes import Episode, episodes
from tests.oracle.links import lead_of_activity
from tests.oracle.memory import once
from tests.oracle.records import Activity, Lead, Moment
from tests.oracle.view import Line, View

HALF_AN_HOUR = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class Touch:
    """One or more attempts of a kind in a short time, dated by the first of them."""

    lead: Lead
    number: int
    attempts: tuple[Activity, ...]
    at: Moment

    @property
    def first(self) -> Activity:
        """The first attempt, which describes the touch."""
        return self.attempts[0]


@dataclass(frozen=True)
class FollowUp:
    """The touches of a lead from one beginning to the next, where there is one by T."""

    lead: Lead
    touches: tuple[Touch, ...]
    until: Moment | None


@once
def own_episodes(view: View, lead: Lead) -> list[Episode]:
    """The episodes of a lead that are not deleted by T."""
    return [
        each
        for each in episodes(view)
        if any(request.lead is lead for request in each.requests)
        and (each.deleted_at is None or each.deleted_at.at > view.as_of)
    ]


def earliest_request(view: View, lead: Lead) -> Moment | None:
    """The first request of a lead that is not deleted by T; none if one has no known time."""
    found = [
        request.at
        for each in own_episodes(view, lead)
        for request in each.requests
        if request.lead is lead
        and (request.deleted_at is None or request.deleted_at.at > view.as_of)
    ]
    known = [at for at in found if at is not None]
    return min(known, default=None) if len(known) == len(found) else None


def beginnings(view: View, lead: Lead) -> list[Moment]:
    """When a follow-up of a lead began: with an episode, or with a recycling."""
    recycled = [row.reached_at for row in leads.stage_rows(lead, view) if row.stage == "recycled"]
    asked = [each.at for each in own_episodes(view, lead) if each.at is not None]
    return sorted({*asked, *recycled})


def attempts(view: View, lead: Lead) -> list[tuple[Moment, Activity]]:
    """The attempts at a lead from its earliest request on, in their order."""
    since = earliest_request(view, lead)
    found = [
        (each.occurred_at, each)
        for each in view.world.activity
        if each.occurred_at is not None
        and is_attempt(each, view)
        and lead_of_activity(view.world, each) is lead
        and (since is None or each.occurred_at >= since)
    ]
    return sorted(found, key=_order)


def _order(attempt: tuple[Moment, Activity]) -> Any:
    return attempt[0], attempt[1].activity_id


def numbered(made: list[tuple[Moment, Activity]]) -> Iterator[tuple[int, Activity]]:
    """Each attempt with its touch's number: one of a kind within 30 minutes of the one before
    goes in with it.
    """
    before: dict[str, tuple[dt.datetime, int]] = {}
    last = 0
    for at, each in made:
        since, number = before.get(each.kind, (None, 0))
        if at.is_date or since is None or at.at - since > HALF_AN_HOUR:
            last = number = last + 1
        yield number, each
        if not at.is_date:
            before[each.kind] = (at.at, number)


def merged(lead: Lead, made: list[tuple[Moment, Activity]]) -> Iterator[Touch]:
    """The touches that attempts at a lead make up, in the order of their numbers."""
    together = defaultdict(list)
    for (number, each), (at, _) in zip(numbered(made), made, strict=True):
        together[number].append((at, each))
    for number, joined in sorted(together.items()):
        yield Touch(lead, number, tuple(each for _, each in joined), joined[0][0])


@once
def by_beginning(view: View, lead: Lead) -> dict[int, list[tuple[Moment, Activity]]]:
    """The attempts at a lead, by how many follow-ups had begun by then."""
    starts = beginnings(view, lead)
    found = defaultdict(list)
    for at, each in attempts(view, lead):
        found[sum(start <= at for start in starts)].append((at, each))
    return dict(sorted(found.items()))


@once
def follow_ups_of(view: View, lead: Lead) -> list[FollowUp]:
    """The follow-ups of a lead that have touches, oldest first."""
    starts = beginnings(view, lead)
    return [
        FollowUp(
            lead,
            tuple(merged(lead, made)),
            starts[past] if past < len(starts) else None,
        )
        for past, made in by_beginning(view, lead).items()
    ]


@once
def touch_numbers(view: View) -> dict[str, tuple[int, Lead]]:
    """The number of the touch in which each attempt lies, and whose it is; by the activity."""
    return {
        each.activity_id: (number, lead)
        for lead in leads.leads(view)
        for made in by_beginning(view, lead).values()
        for number, each in numbered(made)
    }


@once
def follow_ups(view: View) -> list[FollowUp]:
    """The follow-ups of all leads that are not deleted by T."""
    return [each for lead in leads.leads(view) for each in follow_ups_of(view, lead)]


def described(touch: Touch, view: View) -> dict[str, Any]:
    """The dimensions of a touch: those of its lead, and its number."""
    return {
        **of_lead(touch, view),
        "touch_number": touch.number,
    }


def of_lead(touch: Touch, view: View) -> dict[str, Any]:
    """The dimensions of a touch that its lead has, and how it was made."""
    return {
        **leads.described(touch.lead, touch.at, view),
        "activity_kind": touch.first.kind,
        "outcome": touch.first.outcome,
        "moved_by": touch.first.moved_by,
        "network": touch.first.network,
    }


def touches(view: View) -> list[Line]:
    """The touches in the window."""
    return [
        Line(each, described(each, view))
        for follow_up in follow_ups(view)
        for each in follow_up.touches
        if view.covers(each.at)
    ]
