"""What a number means, and the query that makes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foresail.catalogue.demands import DEMANDS
from foresail.core.kpis import KPI
from foresail.core.measures import Term
from foresail.project.scoped import ScopedProject
from foresail.web.catalogue.page import is_own
from foresail.web.current import project_of
from foresail.web.pages import page
from foresail.web.people.guard import reading, viewer_of
from foresail.web.people.rights import Right
from foresail.web.question import Question, asked
from foresail.web.saved.listing import views_with
from foresail.web.sheets.blocks import Link


@reading
@require_safe
def definition(request: HttpRequest, kpi: str) -> HttpResponse:
    """The definition of one KPI, with the SQL that runs for the question in the address."""
    question = asked(request)
    project = project_of(request)
    explanation = project.explain(kpi, **question.slice)
    by = question.but(kpis=(kpi,), order="", of=None)
    context = {
        "kpi": explanation.kpi,
        "explanation": explanation,
        "demands": [DEMANDS[each] for each in explanation.kpi.demands],
        "question": question,
        "records_url": _records_url(request, kpi, question),
        "is_own": is_own(kpi),
        "looks": [
            Link("On the scoreboard", reverse("scoreboard") + by.query()),
            Link("On the leaderboard", reverse("leaderboard") + by.query()),
            Link("Explore it", reverse("explore") + by.query()),
        ],
        "used_by": _used_by(project, kpi),
        "views": views_with(request, kpi),
    }
    return page(request, "catalogue/definition.html", context)


def _records_url(request: HttpRequest, kpi: str, question: Question) -> str:
    """Where its records are, for those who may see records."""
    if not viewer_of(request).may(Right.SEE_RECORDS):
        return ""
    return reverse("records", args=[kpi]) + question.query()


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
