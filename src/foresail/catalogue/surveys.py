"""Surveys: what customers say of us."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.facts.surveys import Surveys

ONE_ANSWER = "Another answer of the same person within survey_days does not count."


class Survey(Theme):
    """Would our customers recommend us, and do they answer at all?"""

    spelling = "Surveys"

    nps = KPI(
        meaning="Share of the promoters less that of the detractors, in points of 100.",
        formula=(Surveys.promoters - Surveys.detractors) / Surveys.answers * 100,
        beside={
            "promoters": Surveys.promoters,
            "passives": Surveys.passives,
            "detractors": Surveys.detractors,
        },
        unit=Unit.POINTS,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.7",),
        section="20",
        caveats=(ONE_ANSWER, "Who does not answer is in no part: read survey_response_rate."),
    )
    promoters = KPI(
        meaning="Share of the answers with 9 or 10.",
        formula=Surveys.promoters / Surveys.answers,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.7",),
        section="20",
        caveats=(ONE_ANSWER,),
    )
    passives = KPI(
        meaning="Share of the answers with 7 or 8.",
        formula=Surveys.passives / Surveys.answers,
        unit=Unit.PERCENT,
        better=Better.ON_TARGET,
        kind=Kind.LAGGING,
        demands=("S4.7",),
        section="20",
        caveats=(ONE_ANSWER,),
    )
    detractors = KPI(
        meaning="Share of the answers with 0 to 6.",
        formula=Surveys.detractors / Surveys.answers,
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S4.7",),
        section="20",
        caveats=(ONE_ANSWER,),
    )
    survey_response_rate = KPI(
        meaning="Share of the surveys sent that were answered.",
        formula=Surveys.answered / Surveys.sent,
        beside={"pending": Surveys.pending},
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S4.7",),
        section="20",
        caveats=("Those sent less than survey_days ago may yet be answered.",),
    )
