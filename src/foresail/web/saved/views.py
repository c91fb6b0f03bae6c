"""Saving a view, finding it again, and beginning with it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.guard import person_of, signed_in
from foresail.web.saved.forms import NameForm, NewForm
from foresail.web.saved.models import SavedView, Start

FIELDS = ("name", "about", "is_shared")
USUAL_START = "today"


@signed_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The page that somebody begins with: the view of their choice, else the usual one."""
    own = Start.objects.filter(person=person_of(request)).select_related("view").first()
    if own and SavedView.seen_by(person_of(request)).filter(pk=own.view.pk).exists():
        return redirect(own.view.page)
    return redirect(USUAL_START)


@signed_in
@require_safe
def saved_views(request: HttpRequest) -> HttpResponse:
    """The own views, and those that others share."""
    person = person_of(request)
    begun = Start.objects.filter(person=person).first()
    seen = list(SavedView.seen_by(person))
    context = {
        "own": [each for each in seen if each.owner == person],
        "shared": [each for each in seen if each.owner != person],
        "start": begun.view_id if begun else None,
    }
    return page(request, "saved/views.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_view(request: HttpRequest) -> HttpResponse:
    """Save the page in the address under a name."""
    person = person_of(request)
    first = {"page": request.GET.get("page", "")}
    form = NewForm(request.POST or None, initial=first, owner=person)
    if form.is_valid():
        view = SavedView.objects.create(owner=person, **form.cleaned_data)
        _note_sharing(request, view, was_shared=False)
        messages.success(request, f"“{view}” is saved.")
        return redirect("saved_views")
    return page(request, "saved/form.html", {"form": form, "title": "Save this view"})


@signed_in
@require_http_methods(["GET", "POST"])
def change_view(request: HttpRequest, number: int) -> HttpResponse:
    """Rename an own view, or share it."""
    view = _own(request, number)
    was_shared = view.is_shared
    first = {name: getattr(view, name) for name in FIELDS}
    form = NameForm(request.POST or None, initial=first, owner=view.owner, view=view)
    if form.is_valid():
        for name in FIELDS:
            setattr(view, name, form.cleaned_data[name])
        view.save()
        _note_sharing(request, view, was_shared=was_shared)
        messages.success(request, f"“{view}” is changed.")
        return redirect("saved_views")
    return page(request, "saved/form.html", {"form": form, "title": "Change the view"})


@signed_in
@require_POST
def delete_view(request: HttpRequest, number: int) -> HttpResponse:
    """Delete an own view; whoever began with it begins with the usual page."""
    view = _own(request, number)
    view.delete()
    messages.success(request, f"“{view}” is deleted.")
    return redirect("saved_views")


@signed_in
@require_POST
def begin_with(request: HttpRequest, number: int) -> HttpResponse:
    """Begin with a view from now on; with the one chosen already, no longer."""
    person = person_of(request)
    view = get_object_or_404(SavedView.seen_by(person), pk=number)
    with transaction.atomic():
        chosen, _ = Start.objects.filter(person=person, view=view).delete()
        if not chosen:
            Start.objects.update_or_create(person=person, defaults={"view": view})
    messages.success(
        request,
        "You begin with the usual page again." if chosen else f"You begin with “{view}” now.",
    )
    return redirect("saved_views")


def _own(request: HttpRequest, number: int) -> SavedView:
    return get_object_or_404(SavedView, pk=number, owner=person_of(request))


def _note_sharing(request: HttpRequest, view: SavedView, *, was_shared: bool) -> None:
    if view.is_shared and not was_shared:
        note(request, "shared a view", f"{view.name}, {view.page}"[:1000])
