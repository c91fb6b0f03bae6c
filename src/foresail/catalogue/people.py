"""People: who sells for us, how long they stay, how soon they are ready."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.core.measures import DAYS
from foresail.facts.people import Ramps, RepCareers, RepExits, Vacancies
from foresail.facts.reps import Reps

IN_THE_JOB = "A rep is in the job from the hiring to the end of the last day, whatever the role."
VISIBLE = "A rep has left from the day after the last one on."


class People(Theme):
    """Do we keep the people who sell, and how soon do new ones sell as the others do?"""

    active_reps = KPI(
        meaning="Reps in the job.",
        formula=Reps.active,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.18",),
        section="21",
        caveats=(
            "Taken at the end of the period, or at the as-of instant while it runs.",
            IN_THE_JOB,
        ),
    )
    rep_turnover = KPI(
        meaning="Reps who left, for each rep in the job on the mean day.",
        formula=RepExits.left / (Reps.days / DAYS),
        beside={"voluntary": RepExits.voluntary},
        unit=Unit.PERCENT,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S3.18",),
        section="21",
        caveats=(VISIBLE, "Of the period as it is: a month is not made a year."),
    )
    rep_retention = KPI(
        meaning="Share of the reps in the job when the period began who have not left in it.",
        formula=Reps.still / Reps.at_start,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.18",),
        section="21",
        caveats=(
            "Who was hired on the first day was not there when the period began; who left on the "
            "last day did leave.",
            VISIBLE,
        ),
    )
    avg_tenure = KPI(
        meaning="Mean time since the hiring, of the reps in the job.",
        formula=Reps.tenure,
        beside={"stay": RepCareers.stay},
        unit=Unit.DURATION,
        better=Better.HIGHER,
        kind=Kind.LAGGING,
        demands=("S3.18",),
        section="21",
        caveats=(
            "Reps whose hiring is unknown are left out.",
            "stay is how long half of all reps hired so far stay; those in the job count as long "
            "as they have been there.",
        ),
    )
    time_to_fill = KPI(
        meaning="Time within which half of the vacancies opened in the period were filled.",
        formula=Vacancies.median,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S3.18",),
        section="21",
        caveats=("Open vacancies count for as long as they have been open.",),
    )
    ramp_time = KPI(
        meaning="Time within which half of the reps hired in the period win as much in three "
        "months as the tenured colleagues of their role do.",
        formula=Ramps.median,
        unit=Unit.DURATION,
        better=Better.LOWER,
        kind=Kind.LAGGING,
        demands=("S1.7",),
        section="21",
        caveats=(
            "Looked at after each whole month from the third on, against the median of colleagues "
            "of the role who have been in the job for a year.",
            "Reps whose role had no such colleagues with a median above zero are left out.",
            "Of reps hired before the data begin, what they sold at first is unknown: they seem to "
            "ramp late. Ask for hires of a time that the data cover.",
        ),
    )
