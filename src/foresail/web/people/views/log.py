"""What was done: the audit log, filtered, a page at a time, and as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.forms import LogFilter
from foresail.web.people.guard import needs
from foresail.web.people.models import Entry
from foresail.web.people.rights import Right
from foresail.web.sheets.forms.comma import csv_lines

ENTRIES_ON_A_PAGE = 100


@needs(Right.MANAGE_PEOPLE)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was done, newest first."""
    form, entries = _chosen(request)
    shown = Paginator(entries, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "page": shown, "query": asked.urlencode()}
    return page(request, "people/log.html", context)


@needs(Right.MANAGE_PEOPLE)
@require_safe
def log_csv(request: HttpRequest) -> HttpResponse:
    """The chosen lines as a file."""
    _, entries = _chosen(request)
    heads = ("at", "who", "what", "detail", "address")
    text = csv_lines([heads, *entries.values_list(*heads)])
    note(request, "exported", f"audit log, {entries.count()} lines")
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


def _chosen(request: HttpRequest) -> tuple[LogFilter, QuerySet[Entry]]:
    """The filter as it stands in the address, and the lines it leaves."""
    kinds = Entry.objects.order_by("what").values_list("what", flat=True).distinct()
    form = LogFilter(request.GET or None, kinds=list(kinds))
    entries = Entry.objects.all()
    if form.is_valid():
        if form.cleaned_data["who"]:
            entries = entries.filter(who__icontains=form.cleaned_data["who"])
        if form.cleaned_data["what"]:
            entries = entries.filter(what=form.cleaned_data["what"])
    return form, entries
