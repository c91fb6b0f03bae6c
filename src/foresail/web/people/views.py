"""Coming in, and who may."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foresail.web.current import current_project
from foresail.web.pages import page
from foresail.web.people import demo, first
from foresail.web.people.audit import note
from foresail.web.people.forms import FirstPerson, InvitationForm, NewPassword, PersonForm
from foresail.web.people.guard import needs, person_of
from foresail.web.people.models import Entry, Invitation, Person
from foresail.web.people.rights import MEANINGS, Right, Role

BACKEND = "django.contrib.auth.backends.ModelBackend"
SHOWN_ENTRIES = 500


@login_not_required
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the first admin."""
    if not first.is_valid(secret):
        raise PermissionDenied(
            "This address has been used, or is too old. foresail serve shows a new one while "
            "nobody has come in."
        )
    form = FirstPerson(request.POST or None)
    if form.is_valid():
        found = form.cleaned_data
        person = Person.objects.create_user(
            found["email"], found["password"], name=found["name"], role=Role.ADMIN
        )
        note(request, "made the first admin", who=person.email)
        login(request, person, BACKEND)
        return redirect("start")
    return page(request, "people/welcome.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Come in by an invitation."""
    invitation = Invitation.of(secret)
    if invitation is None:
        raise PermissionDenied("This invitation was used, or is too old. Ask for a new one.")
    form = NewPassword(request.POST or None)
    if form.is_valid():
        person = Person.objects.create_user(
            invitation.email,
            form.cleaned_data["password"],
            name=form.cleaned_data["name"],
            role=invitation.role,
            rep_id=invitation.rep_id,
        )
        invitation.used_at = timezone.now()
        invitation.save()
        note(request, "accepted an invitation", invitation.role, who=person.email)
        login(request, person, BACKEND)
        return redirect("start")
    return page(request, "people/accept.html", {"form": form, "invitation": invitation})


@login_not_required
@require_POST
def come_in(request: HttpRequest, role: str) -> HttpResponse:
    """Come into the demo as one of its people."""
    project = current_project()
    if not project.settings.demo:
        raise PermissionDenied("This is no demo. Sign in with your own account.")
    if role not in {each.role.value for each in demo.WAYS}:
        raise PermissionDenied("The demo has nobody in that role.")
    login(request, demo.demo_person(role, project), BACKEND)
    return redirect("start")


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may come in, and inviting one more."""
    form = InvitationForm(request.POST or None, reps=_reps())
    link = ""
    if form.is_valid():
        invitation, secret = Invitation.make(person_of(request), **form.cleaned_data)
        link = request.build_absolute_uri(reverse("accept", args=[secret]))
        note(request, "invited", f"{invitation.email} as {invitation.role}")
        form = InvitationForm(reps=_reps())
    names = dict(_reps())
    everybody = Person.objects.order_by("-is_active", "name", "email")
    context = {
        "form": form,
        "link": link,
        "people": [(each, names.get(each.rep_id, each.rep_id)) for each in everybody],
        "invitations": [each for each in Invitation.objects.filter(used_at=None) if each.is_open],
        "meanings": [(Role(role).label, meaning) for role, meaning in MEANINGS.items()],
    }
    return page(request, "people/people.html", context)


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Change what somebody is, or keep them out."""
    found = get_object_or_404(Person, pk=number)
    before = (found.role, found.rep_id, found.is_active)
    form = PersonForm(request.POST or None, person=found, reps=_reps())
    if form.is_valid():
        form.save()
        after = (found.role, found.rep_id, found.is_active)
        if after != before:
            note(request, "changed a person", f"{found.email}: {before} → {after}")
        messages.success(request, f"{found} is changed.")
        return redirect("people")
    return page(request, "people/person.html", {"form": form, "person": found})


@needs(Right.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back an invitation that nobody has used."""
    invitation = get_object_or_404(Invitation, pk=number, used_at=None)
    note(request, "withdrew an invitation", invitation.email)
    invitation.delete()
    return redirect("people")


@needs(Right.MANAGE_PEOPLE)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was done, newest first."""
    return page(request, "people/log.html", {"entries": Entry.objects.all()[:SHOWN_ENTRIES]})


def _reps() -> list[tuple[str, str]]:
    """Everybody in the data who sells or leads, by name."""
    rows = current_project().ask("active_reps", by=("rep", "manager"), period="all").rows
    found = {row[f"{who}_id"]: row[who] for row in rows for who in ("rep", "manager")}
    found.pop(None, None)
    return sorted(found.items(), key=lambda each: str(each[1]).casefold())
