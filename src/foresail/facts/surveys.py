"""Surveys: what customers answer when they are asked."""

from __future__ import annotations

from foresail.core.anchors import At, Count
from foresail.core.dimensions import ABOUT, ASKED
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.customers import DIMENSIONS

SENT = At("sent", "the sending")
ANSWERED = At("answered", "the answer", optional=True)
SCORES = (Need("survey_response", "answered_at"), Need("survey_response", "score"))
WINDOW = Setting("survey_days") * 86_400
IS_ANSWERED = (_.answered_at <= _.as_of).fill_null(False)


class Surveys(Fact):
    """One row per survey sent to a person."""

    table = "survey"
    key = ("survey_id",)
    dimensions = DIMENSIONS
    shows = ("account", "contact_id", "sent_at", "answered_at", "score", "comment", "about_rep")
    has_knowledge = True

    answers = Measure(
        Count(),
        at=ANSWERED,
        credit=ABOUT,
        where=_.score.notnull() & (Elapsed("earlier", "answered") >= WINDOW).fill_null(True),
        needs=SCORES,
        words="answers with a score",
    )
    promoters = answers.only(_.score >= 9, words="promoters, with 9 or 10")
    passives = answers.only(_.score.between(7, 8), words="passives, with 7 or 8")
    detractors = answers.only(_.score <= 6, words="detractors, with 0 to 6")

    sent = Measure(
        Count(),
        at=SENT,
        credit=ASKED,
        needs=(Need("survey_response", "sent_at"),),
        words="surveys sent",
    )
    answered = sent.only(IS_ANSWERED, words="of these answered")
    pending = sent.only(
        ~IS_ANSWERED & (Elapsed("sent", "as_of") < WINDOW),
        words="surveys that may yet be answered",
    )
