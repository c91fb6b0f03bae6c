"""What was expected, and what came of it: forecasts of deals, and the worth of leads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.oracle import deals, leads, pipeline
from tests.oracle.closings import close_amount
from tests.oracle.cohorts import KPIS as COHORTS
from tests.oracle.cohorts import is_in_time, is_old_enough
from tests.oracle.reaching import deals_of
from tests.oracle.view import Kpi, Line, View, count, counted, divided, exact, mean, total
from tests.oracle.winning import won_amounts


def forecast(view: View) -> list[Line]:
    """Amount by chance of deals open at the window's first instant and due in it, as then known."""
    first = replace(view, as_of=view.starts_at)
    return [
        line
        for deal, line in zip(
            deals.open_at(first, view.starts_at), pipeline.weighted_amounts(first), strict=True
        )
        if (due := deals.due_at(deal, view.starts_at, view.world)) is not None
        and view.window.start <= due < view.window.end
    ]


def actual(view: View) -> list[Line]:
    """What was won in the window."""
    return won_amounts(view)


def _accuracy(expected: list[Line], came: list[Line]) -> Any:
    foreseen, real = total(expected), total(came)
    if foreseen is None or real is None:
        return None
    return 1 - divided(abs(foreseen - real), real) if real > 0 else None


def _of_finished(view: View, lines: list[Line]) -> list[Line]:
    return [] if view.is_running or view.window.is_all else lines


def old_leads(view: View) -> list[Line]:
    """Leads requested in the window that are at least W old."""
    found = [(lead, leads.made_at(lead, view.world)) for lead in leads.leads(view)]
    return [
        Line(lead, leads.described(lead, made, view))
        for lead, made in found
        if made is not None and view.covers(made) and is_old_enough(made, view)
    ]


def young_leads(view: View) -> list[Line]:
    """Those that are younger."""
    found = [(lead, leads.made_at(lead, view.world)) for lead in leads.leads(view)]
    return [
        Line(1, leads.described(lead, made, view))
        for lead, made in found
        if made is not None and view.covers(made) and not is_old_enough(made, view)
    ]


def wins_of_leads(view: View) -> list[Line]:
    """The amounts of their deals that were won by the age W."""
    lines = []
    for line in old_leads(view):
        made = leads.made_at(line.value, view.world)
        for deal in deals_of(view, line.value):
            close = deals.close_at(deal, view.as_of, view.world)
            if made and close and close[0] == "won" and is_in_time(made, close[1], view):
                lines.append(Line(close_amount(deal, close[1], view), line.slice))
    return lines


def _per_lead(won: list[Line], asked: list[Line]) -> Any:
    return divided(total(won), count(asked))


CHANCE = COHORTS["lead_to_customer_cohort.estimate"]


def _estimate(watched: list[Line], won: list[Line]) -> Any:
    chance, size = CHANCE.fold(watched), mean(won)
    return None if chance is None or size is None else exact(chance) * size


KPIS: dict[str, Kpi] = {
    "forecast_accuracy": Kpi(
        _accuracy,
        (
            lambda view: _of_finished(view, forecast(view)),
            lambda view: _of_finished(view, actual(view)),
        ),
    ),
    "value_per_lead": Kpi(_per_lead, (wins_of_leads, old_leads)),
    "value_per_lead.maturing": counted(young_leads),
    "value_per_lead.estimate": Kpi(_estimate, (CHANCE.parts[0], wins_of_leads)),
}
