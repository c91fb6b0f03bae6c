"""Writing talks down, and closing what was agreed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.guard import needs, person_of, signed_in
from foresail.web.people.rights import Right
from foresail.web.rep.sellers import seller
from foresail.web.sheets.desk import Desk
from foresail.web.talks.forms import ActionForm, TalkForm
from foresail.web.talks.models import Action, Talk
from foresail.web.talks.sight import leads, talks_seen

FIELDS = ("day", "note", "is_shared")
MOST_ACTIONS = 40
FORM = "talks/form.html"


@needs(Right.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def new_talk(request: HttpRequest, rep_id: str) -> HttpResponse:
    """Write down a talk with a rep of the own tree."""
    desk = Desk(request, "rep")
    who = seller(desk, rep_id)
    if not leads(desk, person_of(request), rep_id):
        raise PermissionDenied(
            f"{who.name} does not stand below you today: 1-on-1s are the manager's."
        )
    with timezone.override(desk.settings.tzinfo):
        form = TalkForm(
            request.POST or None, initial={"day": timezone.localdate(), "is_shared": True}
        )
        if form.is_valid():
            talk = Talk.objects.create(
                rep_id=rep_id, made_by=person_of(request), **form.cleaned_data
            )
            note(request, "wrote a 1-on-1", f"with {rep_id}, of {talk.day}")
            return redirect(_place(talk))
        return page(request, FORM, {"form": form, "who": who, "title": "New 1-on-1"})


@needs(Right.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, number: int) -> HttpResponse:
    """Change an own talk on the day on which it was written."""
    desk, found = _own_talk(request, number)
    with timezone.override(desk.settings.tzinfo):
        if not found.is_open(timezone.localdate()):
            raise PermissionDenied("A note can be changed on the day it was written, not later.")
        first = {name: getattr(found, name) for name in FIELDS}
        form = TalkForm(request.POST or None, initial=first)
        if form.is_valid():
            for name in FIELDS:
                setattr(found, name, form.cleaned_data[name])
            found.save()
            note(request, "changed a 1-on-1", f"with {found.rep_id}, of {found.day}")
            return redirect(_place(found))
        who = seller(desk, found.rep_id)
        return page(request, FORM, {"form": form, "who": who, "title": "Change the note"})


@needs(Right.HOLD_TALKS)
@require_http_methods(["GET", "POST"])
def new_action(request: HttpRequest, number: int) -> HttpResponse:
    """Add something agreed in an own talk."""
    desk, found = _own_talk(request, number)
    kpis = [(each.id, each.label) for each in desk.kpis.values() if each.is_answerable]
    with timezone.override(desk.settings.tzinfo):
        form = ActionForm(request.POST or None, kpis=kpis)
        if form.is_valid():
            if found.actions.count() >= MOST_ACTIONS:
                raise PermissionDenied(f"A 1-on-1 holds {MOST_ACTIONS} actions at most.")
            Action.objects.create(talk=found, **form.cleaned_data)
            due = form.cleaned_data["due"]
            note(request, "agreed an action", f"with {found.rep_id}, due {due}")
            return redirect(_place(found))
        who = seller(desk, found.rep_id)
        return page(request, FORM, {"form": form, "who": who, "title": "Agree an action"})


@signed_in
@require_POST
def close_action(request: HttpRequest, number: int) -> HttpResponse:
    """Tick an action as done, or take that back; both may."""
    action = Action.objects.select_related("talk").filter(pk=number).first()
    if action is None or not _sees(request, action.talk):
        raise Http404
    is_done = request.POST.get("done") == "yes"
    action.done_at = timezone.now() if is_done else None
    action.save()
    what = "closed an action" if is_done else "opened an action again"
    note(request, what, f"with {action.talk.rep_id}, due {action.due}")
    return redirect(_place(action.talk))


def _own_talk(request: HttpRequest, number: int) -> tuple[Desk, Any]:
    """A talk that whoever asks has held and still sees.

    Errors: `Http404` for every other one, as if there were none.
    """
    found = Talk.objects.filter(pk=number, made_by=person_of(request)).first()
    if found is None or not _sees(request, found):
        raise Http404
    return Desk(request, "rep"), found


def _sees(request: HttpRequest, talk: Talk) -> bool:
    seen = talks_seen(Desk(request, "rep"), person_of(request), talk.rep_id)
    return seen.filter(pk=talk.pk).exists()


def _place(talk: Talk) -> str:
    return reverse("rep", args=[talk.rep_id]) + "#one-on-one"
