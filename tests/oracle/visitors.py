"""Web traffic, and the leads that came of it."""

from __future__ import annotations

from typing import Any

from tests.oracle import leads
from tests.oracle.calendar import first_instant
from tests.oracle.records import Moment
from tests.oracle.view import Kpi, Line, Part, View, clock, count, divided, total


def from_the_web(is_organic: bool = False) -> Part:
    """New leads whose source occurs in the web traffic; or the organic ones among them."""

    def part(view: View) -> list[Line]:
        sources = {row.source for row in view.world.web_traffic}
        return [
            Line(1, leads.described(lead, made, view))
            for lead in leads.leads(view)
            if view.covers(made := leads.made_at(lead, view.world))
            and lead.source in sources
            and (lead.is_organic or not is_organic)
        ]

    return part


def visitors(is_organic: bool = False) -> Part:
    """Visitors by their day and source; or the organic ones."""

    def part(view: View) -> list[Line]:
        days = [
            (row, Moment(first_instant(row.day, view.world.settings), is_date=True))
            for row in view.world.web_traffic
            if row.is_organic or not is_organic
        ]
        return [
            Line(row.visitors, {"source": row.source, **clock(day, view.world)})
            for row, day in days
            if view.covers(day)
        ]

    return part


def _rate(found: list[Line], came: list[Line]) -> Any:
    return divided(count(found), total(came))


KPIS: dict[str, Kpi] = {
    "visitor_to_lead": Kpi(_rate, (from_the_web(), visitors())),
    "organic_conversion": Kpi(_rate, (from_the_web(True), visitors(True))),
}
