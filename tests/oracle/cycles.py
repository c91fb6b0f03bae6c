"""How long it took until deals were won."""

from __future__ import annotations

from tests.oracle import deals
from tests.oracle.activity import is_attempt, is_visible
from tests.oracle.calendar import day_of
from tests.oracle.closings import closed_line, closes
from tests.oracle.deal_links import activities_of_deals
from tests.oracle.lengths import length
from tests.oracle.links import created, lead_of_activity, lead_of_deal
from tests.oracle.records import Activity, Moment, Opportunity
from tests.oracle.view import Line, View


def cycles(view: View) -> list[Line]:
    """From creation to the win; a deal opened and closed on one day is left out by a setting."""
    settings = view.world.settings
    lines = []
    for deal, close in closes(view, "won"):
        made = deals.made_at(deal, view.world)
        if made is None or close is None:
            continue
        is_same_day = day_of(close, settings) == day_of(made, settings)
        if not (settings.cycle_without_same_day and is_same_day):
            lines += _from(made, deal, close, view)
    return lines


def first_touch_cycles(view: View) -> list[Line]:
    """From the first attempt for the deal or for its lead to the win."""
    of_deals = activities_of_deals(view, view.as_of)
    of_leads = [(lead_of_activity(view.world, each), each) for each in view.world.activity]
    lines = []
    for deal, close in closes(view, "won"):
        found = lead_of_deal(view.world, deal)
        mine = of_deals.get(deal.opportunity_id, [])
        mine = mine + [each for lead, each in of_leads if found is not None and lead == found]
        first = _first_attempt(mine, view)
        if first is not None and close is not None:
            lines += _from(first, deal, close, view)
    return lines


def _first_attempt(activities: list[Activity], view: View) -> Moment | None:
    attempts = [
        each.occurred_at
        for each in activities
        if each.occurred_at is not None and is_visible(each, view) and is_attempt(each, view)
    ]
    return min(attempts, default=None)


def conversion_times(view: View) -> list[Line]:
    """From the earliest request of the deal's lead to the win."""
    lines = []
    for deal, close in closes(view, "won"):
        found = lead_of_deal(view.world, deal)
        request = created(view.world, "lead", found.lead_id) if found else None
        if request is not None and close is not None:
            lines += _from(request, deal, close, view)
    return lines


def _from(start: Moment, deal: Opportunity, close: Moment, view: View) -> list[Line]:
    """The length up to a win; what would be negative is left out."""
    took = length(start, close, view.world.settings)
    return [closed_line(deal, close, view, took)] if took >= 0 else []
