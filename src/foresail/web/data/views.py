"""Uploading files, choosing how they are read, loading them; trying rows again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foresail.core.errors import ForesailError
from foresail.project import Project
from foresail.project.mappings import keep_mapping, kept_mappings, name_of
from foresail.project.results import LoadReport
from foresail.web.current import project_of
from foresail.web.data import reading
from foresail.web.data.checking import check
from foresail.web.data.choosing import cards, choices_in
from foresail.web.data.drafts import Draft, draft_of, make_draft, sweep
from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.guard import needs, person_of, viewer_of
from foresail.web.people.rights import Right

MOST_REASONS = 20


@needs(Right.LOAD)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in, and go on to how they are to be read."""
    project = _project(request)
    sweep(project.directory)
    uploaded = request.FILES.getlist("files")
    try:
        check(uploaded, project.settings.loading.megabytes)
    except ForesailError as refused:
        messages.error(request, str(refused))
        return redirect("data")
    draft = make_draft(project.directory, person_of(request).pk, uploaded)
    draft.way = reading.ways(project, draft)[0][0]
    draft.save()
    return redirect("draft", draft.id)


@needs(Right.LOAD)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, id: str) -> HttpResponse:
    """Uploaded files: what they hold, what they become, a dry run, and the load."""
    project, found = _found(request, id)
    if request.method == "POST":
        return _done(request, project, found)
    return _shown(request, project, found)


def _project(request: HttpRequest) -> Project:
    """The project itself: files are loaded by those who see everything."""
    return project_of(request).whole("load data")


def _found(request: HttpRequest, id: str) -> tuple[Project, Draft]:
    project = _project(request)
    found = draft_of(project.directory, person_of(request).pk, id)
    if found is None:
        raise Http404("These files were loaded or thrown away, or another person's.")
    return project, found


def _shown(request: HttpRequest, project: Project, found: Draft) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": found,
        "ways": reading.ways(project, found),
        "name": reading.mapping_name(found),
        "is_guess": found.way == reading.GUESS,
        "needs_mapping": found.way != reading.NAMES,
    }
    try:
        steered = reading.looked_at(project, found)
        context["steered"] = steered
        context["cards"] = cards(steered.sources, found.choices, sql=_may_write_sql(request))
        context["derived"] = _derived(steered, found)
    except ForesailError as refused:
        context["error"] = str(refused)
    return page(request, "data/draft.html", context)


def _derived(steered: Any, found: Draft) -> list[tuple[str, str, bool]]:
    """The tables made of what others mention: name, reason, whether they are wanted."""
    wanted = [(each.table, each.reason, True) for each in steered.derived]
    return [*wanted, *((name, "left out", False) for name in found.without)]


def _may_write_sql(request: HttpRequest) -> bool:
    return viewer_of(request).may(Right.CHANGE_SETTINGS)


def _done(request: HttpRequest, project: Project, found: Draft) -> HttpResponse:
    act = request.POST.get("act", "look")
    if act == "discard":
        found.remove()
        messages.success(request, "The files are thrown away.")
        return redirect("data")
    _choose(request, project, found)
    found.said = {}
    try:
        if act == "load":
            return _load(request, project, found)
        if act == "try":
            found.said = _said(reading.load(project, found, dry_run=True))
    except ForesailError as refused:
        found.said = {"error": str(refused)}
    found.save()
    return redirect(reverse("draft", args=[found.id]) + ("#said" if found.said else ""))


def _choose(request: HttpRequest, project: Project, found: Draft) -> None:
    """Take over what the form says; another way of reading begins with a guess untouched."""
    way = request.POST.get("way", found.way)
    if way in dict(reading.ways(project, found)) and way != found.way:
        found.way = way
    elif found.way == reading.GUESS and "chosen" in request.POST:
        steered = reading.looked_at(project, found)
        found.choices |= choices_in(request.POST, steered.sources, sql=_may_write_sql(request))
        offered = {name for name, _, _ in _derived(steered, found)}
        found.without = sorted(offered - set(request.POST.getlist("derived")))


def _load(request: HttpRequest, project: Project, found: Draft) -> HttpResponse:
    name = name_of(request.POST.get("name") or reading.mapping_name(found))
    who = str(viewer_of(request))
    text = reading.mapping_text(project, found)
    if found.way == reading.GUESS and name in kept_mappings(project.directory):
        name = _free(project, name)
    report = reading.load(project, found, name=name, by=who)
    if found.way == reading.GUESS and "keep" in request.POST:
        keep_mapping(project.directory, name, text)
    note(request, "loaded data", f"load {report.load_id}: {', '.join(found.names)}")
    found.remove()
    return redirect("load", report.load_id)


def _free(project: Project, name: str) -> str:
    """A name that no kept mapping has: what was kept stays as it is."""
    taken, number = kept_mappings(project.directory), 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _said(report: LoadReport) -> dict[str, Any]:
    """What a dry run says, for the page."""
    tables = [
        {
            "table": each.table,
            "counts": [each.read, each.accepted, each.updated, each.unchanged, each.quarantined],
            "reasons": [list(pair) for pair in each.reasons[:MOST_REASONS]],
            "replaced": each.replaced,
            "ignored": list(each.ignored_columns),
        }
        for each in report.tables
    ]
    return {
        "tables": tables,
        "not_loaded": list(report.not_loaded),
        "left_out": list(report.left_out),
    }


@needs(Right.LOAD)
@require_safe
def draft_mapping(request: HttpRequest, id: str) -> HttpResponse:
    """The mapping file as it is chosen so far."""
    project, found = _found(request, id)
    return _toml(reading.mapping_text(project, found), reading.mapping_name(found))


@needs(Right.LOAD)
@require_safe
def kept_mapping(request: HttpRequest, name: str) -> HttpResponse:
    """A mapping that is kept with the project."""
    path = kept_mappings(_project(request).directory).get(name)
    if path is None:
        raise Http404("There is no such mapping.")
    return _toml(path.read_text(encoding="utf-8-sig"), name)


def _toml(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response


@needs(Right.LOAD)
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try rows of the quarantine again: of a load, a table, a reason."""
    project = _project(request)
    given = request.POST.get("load", "")
    load_id = int(given) if given.isdigit() else None
    dry_run = "dry" in request.POST
    try:
        report = project.retry(
            load_id,
            table=request.POST.get("table", ""),
            reason=request.POST.get("reason", ""),
            dry_run=dry_run,
            by=str(viewer_of(request)),
        )
    except ForesailError as refused:
        messages.error(request, str(refused))
        return redirect("quarantine")
    passed = sum(each.read - each.quarantined for each in report.tables)
    waiting = sum(each.quarantined for each in report.tables)
    begun = "Dry run: " if dry_run else ""
    messages.success(
        request, f"{begun}{_rows(passed)} of {passed + waiting:,} pass now, {waiting:,} still wait."
    )
    if report.load_id is None:
        return redirect("quarantine")
    note(request, "tried rows again", f"load {report.load_id}: {passed} rows")
    return redirect("load", report.load_id)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
