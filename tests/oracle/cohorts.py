"""Cohorts of leads: how many of those that reached a stage got further by the age W."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.oracle import deals, leads
from tests.oracle.lengths import A_DAY, age, length
from tests.oracle.memory import once
from tests.oracle.reaching import deals_of, earliest, reached
from tests.oracle.records import Lead, Moment, Opportunity
from tests.oracle.survival import incidence
from tests.oracle.view import Kpi, Line, View, counted, divided

Second = Callable[[View, Lead], Moment | None]


def horizon(view: View) -> int:
    """W, the age at which cohorts are compared, in seconds."""
    return view.world.settings.cohort_days * A_DAY


def is_old_enough(start: Moment, view: View) -> bool:
    """Whether a case is at least W old at T."""
    return age(start, view.as_of, view.world.settings) >= horizon(view)


def is_in_time(start: Moment, end: Moment | None, view: View) -> bool:
    """Whether something came by the age W; what came before counts as well."""
    return end is not None and length(start, end, view.world.settings) <= horizon(view)


def stage(name: str) -> Second:
    """When a lead reached a stage."""
    return lambda view, lead: reached(view, lead).get(name)


def started(view: View, first: str) -> list[tuple[Lead, Moment]]:
    """The leads that reached a stage in the window, and when."""
    found = [(lead, reached(view, lead).get(first)) for lead in leads.leads(view)]
    return [(lead, at) for lead, at in found if at is not None and view.covers(at)]


def cohort(name: str, first: str, second: Second) -> dict[str, Kpi]:
    """Of leads that reached a stage in the window and are old enough, those who got further.

    Beside it: how many are too young, and the chance to get further that uses both.
    """

    def old(view: View) -> list[Line]:
        return [
            Line(is_in_time(at, second(view, lead), view), leads.described(lead, at, view))
            for lead, at in started(view, first)
            if is_old_enough(at, view)
        ]

    def young(view: View) -> list[Line]:
        return [
            Line(1, leads.described(lead, at, view))
            for lead, at in started(view, first)
            if not is_old_enough(at, view)
        ]

    def watched(view: View) -> list[Line]:
        return [
            Line(
                (horizon(view), _case(at, second(view, lead), view)),
                leads.described(lead, at, view),
            )
            for lead, at in started(view, first)
        ]

    return {
        name: Kpi(share, (old,)),
        f"{name}.maturing": counted(young),
        f"{name}.estimate": Kpi(_chance, (watched,)),
    }


def _case(start: Moment, end: Moment | None, view: View) -> tuple[Any, str]:
    """How long it took to get further, or that it has not come so far; before is at once."""
    if end is None:
        return age(start, view.as_of, view.world.settings), "censored"
    return max(length(start, end, view.world.settings), Fraction(0)), "event"


def _chance(lines: list[Line]) -> Any:
    """The chance to get further within W."""
    if not lines:
        return None
    return incidence((line.value[1] for line in lines), lines[0].value[0])


def share(lines: list[Line]) -> Any:
    """The share of lines that are true."""
    return divided(sum(line.value for line in lines), len(lines))


@once
def forecast_at(view: View, lead: Lead) -> Moment | None:
    """When an opportunity of a lead first entered a forecast stage, or was won."""
    return earliest(*(_forecast_of(deal, view) for deal in deals_of(view, lead)))


def _forecast_of(deal: Opportunity, view: View) -> Moment | None:
    world = view.world
    rows = [(row.stage, row.entered_at) for row in deals.visits(deal, world)]
    made = deals.made_at(deal, world)
    if not rows and deal.stage is not None and made is not None:
        rows = [(deal.stage, made)]
    entered = [
        at
        for name, at in rows
        if at.at <= view.as_of
        and (row := deals.stage_row(name, deal, world)) is not None
        and row.is_forecast
    ]
    close = deals.close_at(deal, view.as_of, world)
    return earliest(*entered, close[1] if close and close[0] == "won" else None)


KPIS: dict[str, Kpi] = {
    **cohort("lead_to_mql", "lead", stage("mql")),
    **cohort("mql_to_sql", "mql", stage("sql")),
    **cohort("mql_to_opportunity", "mql", stage("opportunity")),
    **cohort("sql_to_opportunity", "sql", stage("opportunity")),
    **cohort("lead_to_customer_cohort", "lead", stage("customer")),
    **cohort("pipe_rate", "passed", forecast_at),
}
