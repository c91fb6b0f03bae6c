"""Social touches: on how many days, and of how many leads."""

from __future__ import annotations

from typing import Any

from tests.oracle.activity import is_attempt
from tests.oracle.calendar import day_of
from tests.oracle.cohorts import share
from tests.oracle.efforts import clock_of_day
from tests.oracle.followup import of_lead, touches
from tests.oracle.people import credit, is_present
from tests.oracle.view import Kpi, Line, View, divided, everybody


def active_days(view: View) -> list[Line]:
    """Working days present up to E: whether there was a social touch by that rep."""
    world = view.world
    social = {
        (each.rep_id, day_of(each.occurred_at, world.settings))
        for each in world.activity
        if each.kind == "social" and each.occurred_at is not None and is_attempt(each, view)
    }
    return [
        Line((rep.rep_id, day) in social, {**credit(world, rep.rep_id, day), **clock_of_day(day)})
        for day in view.days_so_far()
        for rep in everybody(world)
        if is_present(world, rep, day)
    ]


def worked(view: View) -> list[Line]:
    """The leads touched in the window: by which kind."""
    return [
        Line((line.value.lead.lead_id, line.value.first.kind), of_lead(line.value, view))
        for line in touches(view)
    ]


def _share_of_leads(lines: list[Line]) -> Any:
    social = {lead for lead, kind in (line.value for line in lines) if kind == "social"}
    return divided(len(social), len({line.value[0] for line in lines}))


KPIS: dict[str, Kpi] = {
    "social_active_days": Kpi(share, (active_days,)),
    "social_lead_share": Kpi(_share_of_leads, (worked,)),
}
