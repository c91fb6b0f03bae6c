"""Social touches: on how many days, and of how many leads."""

from __future__ import annotations

from tests.oracle.activity import is_attempt
from tests.oracle.calendar import day_of
from tests.oracle.cohorts import share
from tests.oracle.efforts import clock_of_day
from tests.oracle.followup import touches
from tests.oracle.mails import share_of_different
from tests.oracle.people import credit, is_present
from tests.oracle.view import Kpi, Line, View, everybody


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
    """The leads of the touches in the window: whether it was a social one."""
    return [
        Line((line.value.lead.lead_id, line.value.first.kind == "social"), line.slice)
        for line in touches(view)
    ]


KPIS: dict[str, Kpi] = {
    "social_active_days": Kpi(share, (active_days,)),
    "social_lead_share": Kpi(share_of_different, (worked,)),
}
