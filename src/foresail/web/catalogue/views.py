"""What a number means, and the query that makes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foresail.catalogue.demands import DEMANDS
from foresail.web.current import project_of
from foresail.web.pages import page
from foresail.web.people.guard import reading
from foresail.web.question import asked


@reading
@require_safe
def definition(request: HttpRequest, kpi: str) -> HttpResponse:
    """The definition of one KPI, with the SQL that runs for the question in the address."""
    question = asked(request)
    explanation = project_of(request).explain(kpi, **question.slice)
    context = {
        "kpi": explanation.kpi,
        "explanation": explanation,
        "demands": [DEMANDS[each] for each in explanation.kpi.demands],
        "question": question,
        "records_url": reverse("records", args=[kpi]) + question.query(),
    }
    return page(request, "catalogue/definition.html", context)
