"""What customers answer when they are asked."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Any

from tests.oracle.calendar import day_of
from tests.oracle.cohorts import share
from tests.oracle.customers import described as described_as_customer
from tests.oracle.lengths import A_DAY, age, length
from tests.oracle.links import contact, first_account, root
from tests.oracle.memory import once
from tests.oracle.people import credit
from tests.oracle.records import Moment, SurveyResponse, World
from tests.oracle.view import Kpi, Line, Part, View, clock, count, counted, divided

# As many standard errors to either side hold 95 %: 1.96.
WIDTH = NormalDist().inv_cdf(0.975)


def person(row: SurveyResponse, world: World) -> str:
    """Who answered: the contact, else the account, else somebody of whom nothing is known."""
    if row.contact_id is not None:
        return f"contact {root(world, 'contact', row.contact_id)}"
    if row.account_id is not None:
        return f"account {root(world, 'account', row.account_id)}"
    return f"survey {row.survey_id}"


def described(row: SurveyResponse, at: Moment | None, view: View) -> dict[str, Any]:
    """The dimensions of a survey: of its account, and of the rep whom it is about."""
    world = view.world
    day = day_of(at, world.settings) if at else None
    company = first_account(world, row.account_id, contact(world, row.contact_id))
    return {
        **described_as_customer(company.account_id if company else None, day, view),
        **clock(at, world),
        **credit(world, row.rep_id, day),
    }


@once
def scored(view: View) -> list[tuple[Moment, SurveyResponse]]:
    """The answers with a score by T, in their order."""
    found = [
        (row.answered_at, row)
        for row in view.world.survey_response
        if row.answered_at is not None
        and row.answered_at.at <= view.as_of
        and row.score is not None
    ]
    return sorted(found, key=lambda each: (each[0], each[1].survey_id))


@once
def answers(view: View) -> list[tuple[Moment, SurveyResponse]]:
    """The answers that count: of people who gave none in the days before."""
    world = view.world
    short = world.settings.survey_days * A_DAY
    found = []
    for number, (at, row) in enumerate(scored(view)):
        who = person(row, world)
        earlier = [
            before
            for before, each in scored(view)[:number]
            if person(each, world) == who and length(before, at, world.settings) < short
        ]
        if not earlier:
            found.append((at, row))
    return found


def scores(view: View) -> list[Line]:
    """The scores of the window."""
    return [
        Line(row.score, described(row, at, view)) for at, row in answers(view) if view.covers(at)
    ]


def among(lowest: int, highest: int) -> Kpi:
    """The share of the scores from one to another."""

    def shared(lines: list[Line]) -> Any:
        return divided(sum(lowest <= line.value <= highest for line in lines), count(lines))

    return Kpi(shared, (scores,))


def _nps(lines: list[Line]) -> Any:
    better = sum(line.value >= 9 for line in lines) - sum(line.value <= 6 for line in lines)
    return divided(100 * better, count(lines))


def _end(sign: int) -> Kpi:
    """An end of the interval of the net promoter score, cut at what it can be."""

    def end(lines: list[Line]) -> Any:
        if not lines:
            return None
        better = sum(line.value >= 9 for line in lines) / len(lines)
        worse = sum(line.value <= 6 for line in lines) / len(lines)
        spread = better + worse - (better - worse) ** 2
        reached = better - worse + sign * WIDTH * sqrt(spread / len(lines))
        return 100 * max(-1, min(1, reached))

    return Kpi(end, (scores,))


def sent(is_pending: bool = False) -> Part:
    """The surveys sent in the window: whether they were answered by T; or those still open."""

    def part(view: View) -> list[Line]:
        lines = []
        for row in view.world.survey_response:
            if not view.covers(row.sent_at):
                continue
            is_answered = row.answered_at is not None and row.answered_at.at <= view.as_of
            if not is_pending or (not is_answered and is_young(row.sent_at, view)):
                lines.append(Line(is_answered, described(row, row.sent_at, view)))
        return lines

    return part


def is_young(at: Moment | None, view: View) -> bool:
    """Whether a survey was sent so lately that an answer may come yet."""
    short = view.world.settings.survey_days * A_DAY
    return at is not None and age(at, view.as_of, view.world.settings) < short


KPIS: dict[str, Kpi] = {
    "nps": Kpi(_nps, (scores,)),
    "nps.low": _end(-1),
    "nps.high": _end(1),
    "promoters": among(9, 10),
    "passives": among(7, 8),
    "detractors": among(0, 6),
    "survey_response_rate": Kpi(share, (sent(),)),
    "survey_response_rate.pending": counted(sent(is_pending=True)),
}
