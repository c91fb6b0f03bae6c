"""What a number means, and the query that makes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from foresail.catalogue.demands import DEMANDS
from foresail.core.kpis import KPI
from foresail.core.measures import Term
from foresail.project.scoped import ScopedProject
from foresail.web.catalogue.page import is_own
from foresail.web.pages import page
from foresail.web.people.guard import reading
from foresail.web.saved.listing import views_with
from foresail.web.sheets.blocks import Link
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.view import spoken_notes


@reading
@require_safe
def definition(request: HttpRequest, kpi: str) -> HttpResponse:
    """The definition of one KPI, with the SQL that runs for the question in the address."""
    desk = Desk(request, "definition", {"kpi": kpi})
    explanation = desk.project.explain(kpi, **desk.question.slice)
    by = {"kpis": (kpi,), "order": "", "of": None}
    context = {
        "kpi": explanation.kpi,
        "explanation": explanation,
        "notes": spoken_notes(desk, explanation.notes),
        "demands": [DEMANDS[each] for each in explanation.kpi.demands],
        "records_url": desk.records_url(kpi),
        "catalogue_url": desk.url("catalogue"),
        "is_own": is_own(kpi),
        "looks": [
            Link("On the scoreboard", desk.url("scoreboard", **by)),
            Link("On the leaderboard", desk.url("leaderboard", **by)),
            Link("Explore it", desk.url("explore", **by)),
        ],
        "used_by": [
            Link(each.label, desk.definition_url(each.id)) for each in _used_by(desk.project, kpi)
        ],
        "views": [] if desk.is_shared else views_with(request, kpi),
    }
    return page(request, "catalogue/definition.html", context)


def _used_by(project: ScopedProject, kpi: str) -> list[KPI]:
    """The KPIs that are shown and in whose formulas it stands."""
    found = project.catalogue.kpis
    return [
        each for each in found.values() if any(part is found[kpi] for part in _inside(each.formula))
    ]


def _inside(term: Term) -> list[Term]:
    """A term, and those it is made of."""
    parts = [] if isinstance(term, KPI) else list(term.parts())
    return [term, *(inner for part in parts for inner in _inside(part))]
