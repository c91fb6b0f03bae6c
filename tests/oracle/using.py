"""Whether customers make use of what they pay for."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from tests.oracle.cohorts import share
from tests.oracle.customers import described, of_day, standing
from tests.oracle.links import root
from tests.oracle.view import Kpi, Line, View, exact


def used(view: View) -> dict[str, Fraction]:
    """How often each account did in the window what success is made of."""
    world = view.world
    events = world.settings.success_events
    found: dict[str, Fraction] = defaultdict(Fraction)
    for row in world.usage:
        company = root(world, "account", row.account_id)
        is_meant = not events or row.event in events
        if company is not None and is_meant and view.covers(of_day(row.day, view)):
            found[company] += 1 if row.amount is None else exact(row.amount)
    return found


def engaged(view: View) -> list[Line]:
    """Customers in service at E: whether they met the definition of success in the window."""
    often = used(view)
    return [
        Line(
            each.account in often and often[each.account] >= view.world.settings.success_times,
            described(each.account, view.stands_on, view),
        )
        for each in standing(view)
    ]


KPIS: dict[str, Kpi] = {"engagement_rate": Kpi(share, (engaged,))}
