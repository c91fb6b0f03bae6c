"""Whom the funnel is about, and what is expected of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from foresail.core.dimensions import REP_DIMENSIONS
from foresail.core.errors import QuestionError
from foresail.project.results import Answer
from foresail.web.question import CUSTOM, Question
from foresail.web.sheets.blocks import Choice
from foresail.web.sheets.desk import Desk

REST, BEFORE = "rest", "before"
YEAR = dt.timedelta(days=365)
OF_PEOPLE = frozenset(each.id for each in REP_DIMENSIONS)


@dataclass(frozen=True)
class Subject:
    """Whom the page is about: everyone, the teams filtered, or one rep.

    `against` is whose rate is expected: that of the rest in the same period, or the own rate of
    the year before.
    """

    question: Question
    name: str
    against: str
    choices: tuple[Choice, ...]

    @property
    def is_inside(self) -> bool:
        """Whether what is expected is asked of everybody, so that the own cases are among them."""
        return self.against == REST

    @property
    def peers(self) -> str:
        """Whose rate is expected, in words."""
        return "the rest" if self.is_inside else "the year before"

    def basis(self, own: Answer) -> Question | None:
        """What to ask for the expectation; None where there is nothing before."""
        if self.is_inside:
            kept = tuple(pair for pair in self.question.where if pair[0] not in OF_PEOPLE)
            return self.question.but(where=kept)
        start = own.period[0]
        if start.year < dt.MINYEAR + 2:
            return None
        day = dt.timedelta(days=1)
        return self.question.but(period=CUSTOM, start=start - YEAR, end=start - day)


def subject(desk: Desk) -> Subject:
    """The rep and the expectation that the address chooses."""
    reps = _reps(desk)
    rep = desk.option("rep", reps, "")
    question = desk.question.only("rep", rep) if rep else desk.question
    is_part = any(dimension in OF_PEOPLE for dimension, _ in question.where)
    known = (REST, BEFORE) if is_part else (BEFORE,)
    against = desk.option("against", known, known[0])
    choices = (
        Choice("rep", "Rep", (("", "Everybody"), *sorted(reps.items(), key=_by_name)), rep),
        Choice(
            "against",
            "Expected is",
            tuple(each for each in EXPECTATIONS if each[0] in known),
            against,
        ),
    )
    teams = desk.question.filters.get("team", [])
    name = reps.get(rep) or ", ".join(teams) or "everybody"
    return Subject(question, name, against, choices)


EXPECTATIONS = (
    (REST, "the rate of everybody else"),
    (BEFORE, "the own rate of the year before"),
)


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _reps(desk: Desk) -> dict[str, str]:
    """The names of everyone who sells in the period, by id."""
    if not desk.answerable(["active_reps"]):
        return {}
    try:
        found = desk.project.ask("active_reps", by=("rep",), **desk.question.slice)
    except QuestionError:
        return {}
    return {row["rep_id"]: row["rep"] for row in found.rows if row["rep_id"] is not None}
