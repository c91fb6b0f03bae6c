"""The theme response: how soon who came to us is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from tests.oracle import leads
from tests.oracle.activity import is_attempt
from tests.oracle.answers import Answer, answer, conversation
from tests.oracle.calendar import business_seconds
from tests.oracle.episodes import Episode, end, episodes
from tests.oracle.lengths import A_DAY, age, length
from tests.oracle.links import contact, created, lead_of_activity, survivors
from tests.oracle.reaching import converted_at
from tests.oracle.records import Activity, Moment, Settings
from tests.oracle.survival import censored_median
from tests.oracle.view import Kpi, Line, Part, View, count, counted, distinct, divided, mean

Measured = Callable[[Moment, Moment, Settings], Fraction]


def inbound_episodes(view: View) -> list[Episode]:
    """The episodes of those who came to us and asked at a known time."""
    return [each for each in episodes(view) if each.is_inbound and each.at is not None]


def described(episode: Episode, found: Answer | None, view: View) -> dict[str, Any]:
    """The dimensions of an episode: the owner at the answer, else at T, and who answered how."""
    at = found.at.at if found else view.as_of
    return {
        **leads.described_at(episode.lead, at, episode.at, view),
        **_of_answer(found),
    }


def _of_answer(found: Answer | None) -> dict[str, Any]:
    return {
        "answered_by": found.by.rep_id if found else None,
        "response_kind": found.by.kind if found else None,
    }


def watched_until(episode: Episode, view: View) -> Moment:
    """The end of an episode without its event: its own, else T."""
    return end(episode, view) or Moment(view.as_of)


def times(event: Callable[[View, Episode], Answer | None], measured: Measured = length) -> Part:
    """How long each inbound episode of the window took, or was watched without its event."""

    def part(view: View) -> list[Line]:
        settings, lines = view.world.settings, []
        for episode in inbound_episodes(view):
            if episode.at is not None and view.covers(episode.at):
                found = event(view, episode)
                stop = found.at if found else watched_until(episode, view)
                if length(episode.at, stop, settings) >= 0:
                    case = measured(episode.at, stop, settings), found is not None
                    lines.append(Line(case, described(episode, answer(view, episode), view)))
        return lines

    return part


def business_length(start: Moment, stop: Moment, settings: Settings) -> Fraction:
    """A length by the business clock; a date is read at its local midnight."""
    return business_seconds(start.at, stop.at, settings)


def answered_times(view: View) -> list[Line]:
    """How long each answered episode waited."""
    return [Line(line.value[0], line.slice) for line in times(answer)(view) if line.value[1]]


def still_waiting(view: View) -> list[Line]:
    """How long the episodes of the window wait that have neither been answered nor ended by T."""
    return [
        Line(age(each.at, view.as_of, view.world.settings), described(each, None, view))
        for each in inbound_episodes(view)
        if each.at is not None
        and view.covers(each.at)
        and answer(view, each) is None
        and end(each, view) is None
    ]


def worked_before(view: View) -> list[Line]:
    """The leads of the window's episodes that somebody had tried to reach before the request."""
    return [
        Line(each.lead.lead_id, described(each, answer(view, each), view))
        for each in inbound_episodes(view)
        if each.at is not None
        and view.covers(each.at)
        and any(
            is_attempt(attempt, view)
            and attempt.occurred_at is not None
            and attempt.occurred_at < each.at
            and _is_before(view, attempt, each)
            for attempt in view.world.activity
        )
    ]


def _is_before(view: View, attempt: Activity, episode: Episode) -> bool:
    """Whether an attempt belongs to the lead, or came before the person's first request."""
    found = lead_of_activity(view.world, attempt)
    if found is not None:
        return found is episode.lead
    who = contact(view.world, attempt.contact_id)
    return (
        who is not None
        and who is contact(view.world, episode.lead.contact_id)
        and _is_first(view, episode)
    )


def _is_first(view: View, episode: Episode) -> bool:
    """Whether the episode begins with the person's first request."""
    who = contact(view.world, episode.lead.contact_id)
    requests = [
        created(view.world, "lead", each.lead_id)
        for each in survivors(view.world, "lead")
        if contact(view.world, each.contact_id) is who
    ]
    return episode.at == min(each for each in requests if each is not None)


def _longest(lines: list[Line]) -> Any:
    return max((line.value for line in lines), default=None)


def within_sla(view: View) -> list[Line]:
    """Episodes that were answered, or whose SLA ran out first: whether the SLA was kept."""
    settings, lines = view.world.settings, []
    for episode in inbound_episodes(view):
        found = answer(view, episode)
        if episode.at is None or not view.covers(episode.at):
            continue
        dated = episode.at.is_date or (found is not None and found.at.is_date)
        if dated and settings.sla < A_DAY:
            continue
        stop = found.at if found else watched_until(episode, view)
        is_kept = length(episode.at, stop, settings) <= settings.sla
        if found or not is_kept:
            lines.append(Line(found is not None and is_kept, described(episode, found, view)))
    return lines


def unanswered(view: View) -> Iterator[Episode]:
    """The inbound episodes older than the SLA that wait for an answer at E."""
    at, settings = Moment(view.stands_at), view.world.settings
    for episode in open_at(at, view):
        if episode.at is not None and length(episode.at, at, settings) > settings.sla:
            yield episode


def open_at(at: Moment, view: View) -> Iterator[Episode]:
    """The inbound episodes that wait for an answer at an instant."""
    for episode in inbound_episodes(view):
        found, over = answer(view, episode), end(episode, view)
        converted = converted_at(view, episode.lead)
        is_settled = any(
            each is not None and each <= at
            for each in (found.at if found else None, over, converted)
        )
        if episode.at is not None and episode.at <= at and not is_settled:
            yield episode


def unanswered_leads(view: View) -> list[Line]:
    """Those who wait at E, as the owner at E has them."""
    at = view.stands_at
    return [
        Line(1, {**leads.described_at(each.lead, at, Moment(at), view), **_of_answer(None)})
        for each in unanswered(view)
    ]


def waiting_now(measured: Measured = length) -> Part:
    """How long each of those waits who wait at T, whatever the window."""

    def part(view: View) -> list[Line]:
        now = Moment(view.as_of)
        return [
            Line(
                measured(each.at, now, view.world.settings),
                {**leads.described_at(each.lead, view.as_of, now, view), **_of_answer(None)},
            )
            for each in open_at(now, view)
            if each.at is not None
        ]

    return part


def median_of_cases(lines: list[Line]) -> Any:
    """The censored median."""
    return censored_median(line.value for line in lines)


def _share(lines: list[Line]) -> Any:
    return divided(sum(line.value for line in lines), len(lines))


KPIS: dict[str, Kpi] = {
    "lead_response_time": Kpi(median_of_cases, (times(answer),)),
    "mean_lead_response_time": Kpi(mean, (answered_times,)),
    "lead_response_time_business": Kpi(median_of_cases, (times(answer, business_length),)),
    **{
        f"{name}.{figure}": Kpi(fold, (still_waiting,))
        for name in ("lead_response_time", "mean_lead_response_time")
        for figure, fold in (("unanswered", count), ("oldest", _longest))
    },
    "lead_response_time.worked_before": Kpi(distinct, (worked_before,)),
    "response_within_sla": Kpi(_share, (within_sla,)),
    "unanswered_leads": counted(unanswered_leads),
    "leads_waiting": counted(waiting_now()),
    "leads_waiting.longest": Kpi(_longest, (waiting_now(),)),
    "leads_waiting.longest_business": Kpi(_longest, (waiting_now(business_length),)),
    "time_to_conversation": Kpi(median_of_cases, (times(conversation),)),
}
