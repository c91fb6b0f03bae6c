"""The theme people: who is in the job, who leaves, and how long vacancies stay open."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.oracle.cohorts import share
from tests.oracle.customers import of_day
from tests.oracle.efforts import clock_of_day
from tests.oracle.lengths import A_DAY
from tests.oracle.people import credit, is_there
from tests.oracle.records import Rep
from tests.oracle.spells import today
from tests.oracle.survival import censored_median
from tests.oracle.view import Kpi, Line, View, count, counted, divided, mean, total


def days_between(start: dt.date, end: dt.date) -> int:
    """Whole days from one date to another, in seconds."""
    return (end - start).days * A_DAY


def staff(view: View, day: dt.date) -> list[Rep]:
    """The reps in the job on a day."""
    return [rep for rep in view.world.rep if is_there(rep, day)]


def active_reps(view: View) -> list[Line]:
    """The reps in the job at E."""
    day = view.stands_on
    return [Line(1, credit(view.world, rep.rep_id, day)) for rep in staff(view, day)]


def leavers(view: View) -> list[Line]:
    """Reps who left in the window, visible from the next day on; 1 where it was their choice."""
    return [
        Line(
            rep.leave_kind == "voluntary",
            {**credit(view.world, rep.rep_id, rep.left_on), **clock_of_day(rep.left_on)},
        )
        for rep in view.world.rep
        if has_left(rep, view) and rep.left_on and view.covers(of_day(rep.left_on, view))
        if rep.hired_on is None or rep.left_on >= rep.hired_on
    ]


def has_left(rep: Rep, view: View) -> bool:
    """Whether it is known at T that a rep left."""
    return rep.left_on is not None and rep.left_on < today(view)


def voluntary(view: View) -> list[Line]:
    """Those who left by their own choice."""
    return [line for line in leavers(view) if line.value]


def headcount(view: View) -> list[Line]:
    """Days in the job, each as a part of the window's days so far."""
    share_ = Fraction(1, max(1, len(list(view.days_so_far()))))
    return [
        Line(share_, {**credit(view.world, rep.rep_id, day), **clock_of_day(day)})
        for day in view.days_so_far()
        for rep in staff(view, day)
    ]


def stayers(view: View) -> list[Line]:
    """Reps in the job on the first day and hired before it: whether they did not leave in it."""
    start = view.window.start
    return [
        Line(
            not (has_left(rep, view) and rep.left_on and rep.left_on < view.window.end),
            credit(view.world, rep.rep_id, start),
        )
        for rep in staff(view, start)
        if rep.hired_on is None or rep.hired_on < start
    ]


def tenures(view: View) -> list[Line]:
    """How long those in the job at E have been in it."""
    day = view.stands_on
    return [
        Line(days_between(rep.hired_on, day), credit(view.world, rep.rep_id, day))
        for rep in staff(view, day)
        if rep.hired_on is not None
    ]


def stays(view: View) -> list[Line]:
    """How long those hired by E stayed, or have been there at E."""
    day, lines = view.stands_on, []
    for rep in view.world.rep:
        if rep.hired_on is None or rep.hired_on > day:
            continue
        left = rep.left_on if rep.left_on is not None and rep.left_on < day else None
        if left is None or left >= rep.hired_on:
            case = (days_between(rep.hired_on, left or day), left is not None)
            lines.append(Line(case, credit(view.world, rep.rep_id, left or day)))
    return lines


def vacancies(view: View) -> list[Line]:
    """How long the positions opened in the window took to fill, or have been open at T."""
    lines = []
    for row in view.world.position:
        if row.opened_on is None or not view.covers(of_day(row.opened_on, view)):
            continue
        filled = row.filled_on if row.filled_on and row.filled_on <= today(view) else None
        if filled is None or filled >= row.opened_on:
            case = (days_between(row.opened_on, filled or today(view)), filled is not None)
            what = {"team": row.team, "role": row.role, **clock_of_day(row.opened_on)}
            lines.append(Line(case, what))
    return lines


def median_of_cases(lines: list[Line]) -> Any:
    """The censored median of cases."""
    return censored_median(line.value for line in lines)


def _turnover(left: list[Line], there: list[Line]) -> Any:
    return divided(count(left), total(there))


KPIS: dict[str, Kpi] = {
    "active_reps": counted(active_reps),
    "rep_turnover": Kpi(_turnover, (leavers, headcount)),
    "rep_turnover.voluntary": counted(voluntary),
    "rep_retention": Kpi(share, (stayers,)),
    "avg_tenure": Kpi(mean, (tenures,)),
    "avg_tenure.stay": Kpi(median_of_cases, (stays,)),
    "time_to_fill": Kpi(median_of_cases, (vacancies,)),
}
