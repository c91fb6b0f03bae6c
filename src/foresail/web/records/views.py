"""The records behind one number, with its definition beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foresail.project.results import Answer, Records
from foresail.web.current import project_of
from foresail.web.number import number
from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.guard import needs
from foresail.web.people.rights import Right
from foresail.web.question import Question, asked
from foresail.web.records.listing import page_of, shown_columns
from foresail.web.sheets.forms.comma import csv_text


@needs(Right.SEE_RECORDS)
@require_safe
def records(request: HttpRequest, kpi: str) -> HttpResponse:
    """The value, its definition, and its records, a page of them at a time."""
    question, part = asked(request), request.GET.get("part", "")
    project = project_of(request)
    catalogue = project.kpis()
    answer = project.ask(
        kpi,
        by=tuple(question.filters),
        compare=question.comparison,
        totals=True,
        **question.slice,
    )
    found = project.records(kpi, part=part or None, **question.slice)
    shown = page_of(found, request.GET.get("page", "1"))
    context = {
        "kpi": next(each for each in catalogue if each.id == kpi),
        "question": question,
        "answer": answer,
        "number": number(answer.totals or {}, answer.columns, kpi),
        "about": _about(answer, question),
        "records": found,
        "page": shown,
        "columns": shown_columns(found),
        "parts": _parts(answer, found, question),
        "csv_url": reverse("records_csv", args=[kpi]) + question.query(part=part),
        "definition_url": reverse("definition", args=[kpi]) + question.query(),
        "board_url": reverse("scoreboard") + question.but(of=None).query(),
        **_turns(shown, question, part),
    }
    return page(request, "records/records.html", context, part="records")


@needs(Right.EXPORT)
@require_safe
def records_csv(request: HttpRequest, kpi: str) -> HttpResponse:
    """The same records as a file that a spreadsheet opens without harm."""
    question, part = asked(request), request.GET.get("part", "")
    found = project_of(request).records(kpi, part=part or None, **question.slice)
    note(request, "exported", f"{len(found.rows)} records of {kpi}, {request.GET.urlencode()}")
    response = HttpResponse(csv_text(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.kpi}-{question.range}.csv"'
    return response


@dataclass(frozen=True)
class PartChoice:
    """A part of a number whose records can be looked at, with its value and address."""

    name: str
    value: object
    unit: str
    is_shown: bool
    url: str


def _parts(answer: Answer, found: Records, question: Question) -> list[PartChoice]:
    """The parts with records of their own: those of a ratio, or the KPIs inside a formula."""
    totals = answer.totals or {}
    columns = {column.name: column for column in answer.columns}
    return [
        PartChoice(
            name=name,
            value=totals.get(f"{found.kpi}.{name}"),
            unit=columns[f"{found.kpi}.{name}"].unit,
            is_shown=name == found.part.partition(".")[0],
            url=question.query(part=name),
        )
        for name in found.parts
    ]


def _about(answer: Answer, question: Question) -> list[tuple[str, str]]:
    """What the question is limited to, by the names people know."""
    about = []
    for dimension, values in question.filters.items():
        names = {
            str(row.get(f"{dimension}_id", row[dimension])): row[dimension] for row in answer.rows
        }
        about += [(dimension, names.get(value) or value) for value in values]
    return about


def _turns(shown: Page[dict[str, object]], question: Question, part: str) -> dict[str, str]:
    """The addresses of the pages before and after."""
    turns = {}
    if shown.has_previous():
        turns["previous_url"] = question.query(part=part, page=str(shown.previous_page_number()))
    if shown.has_next():
        turns["next_url"] = question.query(part=part, page=str(shown.next_page_number()))
    return turns
