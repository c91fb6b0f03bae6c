"""What a response consists of: until a lead is given to a rep, and until that rep answers."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle import leads, response
from tests.oracle.answers import answer
from tests.oracle.calendar import day_of
from tests.oracle.episodes import Episode, end
from tests.oracle.lengths import length
from tests.oracle.people import credit
from tests.oracle.records import Lead, Moment
from tests.oracle.response import median_of_cases, watched_until
from tests.oracle.view import Kpi, Line, View, clock


def first_owned(episode: Episode, view: View) -> Moment | None:
    """When the lead first belonged to a person, at or after the request, before it all ended."""
    asked, over = episode.at, end(episode, view)
    assert asked
    if leads.owner(episode.lead, asked.at, view.world) is not None:
        return asked
    given = [
        row.assigned_at
        for row in leads.assignments(episode.lead, view.world)
        if row.rep_id is not None and asked <= row.assigned_at <= Moment(view.as_of)
    ]
    first = min(given, default=None)
    return None if first is None or (over is not None and over < first) else first


def routing(view: View) -> list[Line]:
    """How long leads whose assignment was recorded waited for an owner."""
    settings, lines = view.world.settings, []
    for episode in response.inbound_episodes(view):
        is_recorded = bool(leads.assignments(episode.lead, view.world))
        if episode.at is None or not view.covers(episode.at):
            continue
        if episode.requests[0].is_call or not is_recorded:
            continue
        found = first_owned(episode, view)
        took = length(episode.at, found or watched_until(episode, view), settings)
        if took >= 0:
            what = response.described(episode, answer(view, episode), view)
            lines.append(Line((took, found is not None), what))
    return lines


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in which a lead was a rep's; open at an end that is None."""

    rep: str
    since: Moment | None
    until: Moment | None


def stretches(lead: Lead, view: View) -> list[Stretch]:
    """Whose the lead was, one after the other; given again to the same rep, it stays one."""
    rows = leads.assignments(lead, view.world)
    given: list[tuple[Moment | None, str | None]] = [(row.assigned_at, row.rep_id) for row in rows]
    given = given or [(None, lead.owner_id)]
    kept = [given[0]]
    for row in given[1:]:
        if row[1] != kept[-1][1]:
            kept.append(row)
    ends = [*(since for since, _ in kept[1:]), None]
    return [
        Stretch(rep, since, until)
        for (since, rep), until in zip(kept, ends, strict=True)
        if rep is not None
    ]


def of_rep(view: View) -> list[Line]:
    """How long each rep who had an unanswered episode took, or had it without answering."""
    return [
        line
        for episode in response.inbound_episodes(view)
        for stretch in stretches(episode.lead, view)
        if (line := rep_case(episode, stretch, view)) is not None
    ]


def rep_case(episode: Episode, stretch: Stretch, view: View) -> Line | None:
    """One stretch of an episode: from its beginning to the answer, its end, or T."""
    asked, found, now = episode.at, answer(view, episode), Moment(view.as_of)
    assert asked
    begin = max(asked, stretch.since) if stretch.since else asked
    stop = found.at if found else watched_until(episode, view)
    if stretch.until is not None and stretch.until <= begin:
        return None
    if begin > stop or not view.covers(begin):
        return None
    is_passed_on = stretch.until is not None and stretch.until <= min(stop, now)
    case_end = stretch.until if is_passed_on and stretch.until else stop
    is_answered = found is not None and not is_passed_on
    took = length(begin, case_end, view.world.settings)
    day = day_of(begin, view.world.settings)
    what = {
        **response.described(episode, found if is_answered else None, view),
        **credit(view.world, stretch.rep, day),
        **clock(begin, view.world),
    }
    return Line((took, is_answered), what)


KPIS: dict[str, Kpi] = {
    "routing_delay": Kpi(median_of_cases, (routing,)),
    "rep_delay": Kpi(median_of_cases, (of_rep,)),
}
