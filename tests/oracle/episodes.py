"""Requests of leads, and the episodes that they make."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from tests.oracle.activity import is_missed
from tests.oracle.leads import first_in_stage, made_at
from tests.oracle.links import lead_of_activity, person, person_of_lead, survivors
from tests.oracle.memory import once
from tests.oracle.records import Activity, Lead, Moment
from tests.oracle.view import View

AN_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Request:
    """A lead as it was entered, or a missed inbound call that belongs to one."""

    lead: Lead
    person: str
    at: Moment | None
    deleted_at: Moment | None
    is_inbound: bool
    is_call: bool


@dataclass(frozen=True)
class Episode:
    """Requests of a person that follow each other within an hour, oldest first."""

    requests: tuple[Request, ...]

    @property
    def lead(self) -> Lead:
        """The lead that describes it."""
        return self.requests[0].lead

    @property
    def person(self) -> str:
        """Who asks."""
        return self.requests[0].person

    @property
    def at(self) -> Moment | None:
        """When it begins."""
        return self.requests[0].at

    @property
    def is_inbound(self) -> bool:
        """Whether it begins with somebody who came to us."""
        return self.requests[0].is_inbound

    @property
    def deleted_at(self) -> Moment | None:
        """When the last of its requests was deleted, if all were."""
        deleted = [each.deleted_at for each in self.requests if each.deleted_at is not None]
        return max(deleted) if len(deleted) == len(self.requests) else None


@once
def requests(view: View) -> list[Request]:
    """What was asked for by T, whether deleted since or not."""
    world = view.world
    found = [
        Request(
            lead,
            person_of_lead(world, lead),
            made_at(lead, world),
            lead.deleted_at,
            lead.channel == "inbound",
            is_call=False,
        )
        for lead in survivors(world, "lead")
    ]
    for call in world.activity:
        lead, who = lead_of_activity(world, call), person(world, call)
        if is_missed(call) and lead is not None and who is not None and is_there(lead, call, view):
            found.append(Request(lead, who, call.occurred_at, call.deleted_at, True, is_call=True))
    return [each for each in found if view.covers(each.at)]


def is_there(lead: Lead, call: Activity, view: View) -> bool:
    """Whether a lead was entered before a call or within the hour after it, and is known at T."""
    made, at = made_at(lead, view.world), call.occurred_at
    if made is None or at is None or made.at > view.as_of:
        return False
    return made.at <= at.at + AN_HOUR


@once
def episodes(view: View) -> list[Episode]:
    """The requests in their episodes; one without a time of day is an episode of its own."""
    found, timed = [], defaultdict(list)
    for each in requests(view):
        if each.at is None or each.at.is_date:
            found.append(Episode((each,)))
        else:
            timed[each.person].append((each.at.at, each))
    for ours in timed.values():
        chain: list[Request] = []
        before = dt.datetime.min.replace(tzinfo=dt.UTC)
        for at, each in sorted(ours, key=lambda pair: pair[0]):
            if chain and at - before > AN_HOUR:
                found.append(Episode(tuple(chain)))
                chain = []
            chain.append(each)
            before = at
        found.append(Episode(tuple(chain)))
    return found


def end(episode: Episode, view: View) -> Moment | None:
    """When it ended without being answered: its lead was disqualified, or it was deleted; by T."""
    disqualified = first_in_stage(episode.lead, "disqualified", view, episode.at)
    deleted = episode.deleted_at
    if deleted is not None and deleted.at > view.as_of:
        deleted = None
    return min((each for each in (disqualified, deleted) if each is not None), default=None)
