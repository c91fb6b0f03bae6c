"""The values that a page can be filtered by, fetched when somebody opens the list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from foresail.core.dimensions import DIMENSIONS
from foresail.core.errors import QuestionError
from foresail.web.pages import page
from foresail.web.people.guard import needs
from foresail.web.people.rights import Right
from foresail.web.sheets.desk import Desk

OFFERED = {
    "role": "active_reps",
    "seniority": "active_reps",
    "territory": "active_reps",
    "source": "lead_flow",
    "segment": "lead_flow",
    "industry": "lead_flow",
    "country": "lead_flow",
    "pipeline": "new_opportunities",
    "product": "new_opportunities",
    "deal_type": "new_opportunities",
}
"""Which KPI knows the values of each dimension."""


@needs(Right.SEE_NUMBERS)
@require_safe
def filters(request: HttpRequest) -> HttpResponse:
    """The list of values per dimension, those in force ticked."""
    desk = Desk(request, "filters")
    groups = []
    for name, kpi in OFFERED.items():
        values = _values(desk, name, kpi)
        picked = desk.question.filters.get(name, [])
        options = [(value, value in picked) for value in dict.fromkeys([*values, *picked])]
        if len(options) > 1:
            groups.append((name, DIMENSIONS[name].label, options))
    return page(request, "sheets/filters.html", {"groups": groups})


def _values(desk: Desk, name: str, kpi: str) -> list[str]:
    if not desk.answerable([kpi]) or name not in desk.kpis[kpi].dimensions:
        return []
    try:
        rows = desk.project.ask(kpi, by=(name,), period="all").rows
    except QuestionError:
        return []
    return [row[name] for row in rows if row[name] is not None]
