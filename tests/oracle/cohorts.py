"""Cohorts of leads: how many of those that reached a stage got further by the age W."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.oracle import deals, leads
from tests.oracle.lengths import A_DAY, age, length
from tests.oracle.memory import once
from tests.oracle.reaching import deals_of, earliest, reached
from tests.oracle.records import Lead, Moment, Opportunity
from tests.oracle.view import Kpi, Line, View, divided

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


def cohort(first: str, second: Second) -> Kpi:
    """Of leads that reached a stage in the window and are old enough, those who got further."""

    def part(view: View) -> list[Line]:
        lines = []
        for lead in leads.leads(view):
            start = reached(view, lead).get(first)
            if start is not None and view.covers(start) and is_old_enough(start, view):
                is_further = is_in_time(start, second(view, lead), view)
                lines.append(Line(is_further, leads.described(lead, start, view)))
        return lines

    return Kpi(share, (part,))


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
    "lead_to_mql": cohort("lead", stage("mql")),
    "mql_to_sql": cohort("mql", stage("sql")),
    "mql_to_opportunity": cohort("mql", stage("opportunity")),
    "sql_to_opportunity": cohort("sql", stage("opportunity")),
    "lead_to_customer_cohort": cohort("lead", stage("customer")),
    "pipe_rate": cohort("passed", forecast_at),
}
