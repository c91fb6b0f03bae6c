"""Who may come in: inviting, changing, keeping out."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foresail.web.current import current_project
from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.forms import InvitationForm, PersonForm
from foresail.web.people.guard import needs, person_of
from foresail.web.people.models import Invitation, PasswordLink, Person
from foresail.web.people.rights import MEANINGS, Right, Role


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may come in, and inviting one more."""
    reps = _reps()
    form = InvitationForm(request.POST or None, reps=reps)
    link = ""
    if form.is_valid():
        _withdraw(request, Invitation.objects.filter(email=form.cleaned_data["email"]))
        invitation, secret = Invitation.make(made_by=person_of(request), **form.cleaned_data)
        link = request.build_absolute_uri(reverse("accept", args=[secret]))
        note(request, "invited", f"{invitation.email} as {invitation.role}")
        form = InvitationForm(reps=reps)
    names = dict(reps)
    everybody = Person.objects.order_by("-is_active", "name", "email")
    context = {
        "form": form,
        "link": link,
        "people": [(each, names.get(each.rep_id, each.rep_id)) for each in everybody],
        "with_factor": set(
            Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list(
                "user_id", flat=True
            )
        ),
        "invitations": [each for each in Invitation.objects.filter(used_at=None) if each.is_open],
        "meanings": [(Role(role).label, meaning) for role, meaning in MEANINGS.items()],
    }
    return page(request, "people/people.html", context)


@needs(Right.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
@transaction.atomic
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Change what somebody is, or keep them out."""
    found = get_object_or_404(Person, pk=number)
    before = _place(found)
    form = PersonForm(request.POST or None, person=found, reps=_reps())
    if form.is_valid():
        after = _place(form.save())
        if after != before:
            note(request, "changed a person", f"{found.email}: {before} → {after}")
        messages.success(request, f"{found} is changed.")
        return redirect("people")
    return page(request, "people/person.html", _of(found) | {"form": form})


@needs(Right.MANAGE_PEOPLE)
@require_POST
def password_link(request: HttpRequest, number: int) -> HttpResponse:
    """A link by which somebody chooses a new password; the earlier ones are closed."""
    found = get_object_or_404(Person, pk=number, is_active=True)
    for each in found.password_links.filter(used_at=None):
        each.use()
    _, secret = PasswordLink.make(made_by=person_of(request), person=found)
    note(request, "made a password link", found.email)
    context = _of(found) | {
        "form": PersonForm(person=found, reps=_reps()),
        "link": request.build_absolute_uri(reverse("new_password", args=[secret])),
    }
    return page(request, "people/person.html", context)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def remove_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take the second factor away from somebody who lost it."""
    found = get_object_or_404(Person, pk=number)
    Authenticator.objects.filter(user=found).delete()
    note(request, "removed a second factor", f"of {found.email}")
    messages.success(
        request, f"{found} signs in with the password alone, until they add a new one."
    )
    return redirect("person", number)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def sign_out(request: HttpRequest, number: int) -> HttpResponse:
    """End every session of somebody."""
    found = get_object_or_404(Person, pk=number)
    if found == person_of(request):
        raise PermissionDenied("Sign out yourself at the top of the page.")
    found.end_sessions()
    note(request, "signed somebody out", found.email)
    messages.success(request, f"{found} is signed out everywhere.")
    return redirect("person", number)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back an invitation that nobody has used."""
    get_object_or_404(Invitation, pk=number, used_at=None)
    _withdraw(request, Invitation.objects.filter(pk=number))
    return redirect("people")


def _withdraw(request: HttpRequest, invitations: QuerySet[Invitation]) -> None:
    for each in invitations.filter(used_at=None):
        note(request, "withdrew an invitation", each.email)
        each.delete()


def _of(found: Person) -> dict[str, object]:
    """What the page of a person shows."""
    return {
        "person": found,
        "has_factor": Authenticator.objects.filter(user=found).exists(),
        "tokens": [each for each in found.tokens.all() if each.is_open],
    }


def _place(found: Person) -> str:
    """A role, a place in the data and whether they may come in, for the log.

    >>> _place(Person(role="rep", rep_id="0017"))
    'rep 0017'
    >>> _place(Person(role="admin", is_active=False))
    'admin, kept out'
    """
    place = f"{found.role} {found.rep_id}".strip()
    return place if found.is_active else f"{place}, kept out"


def _reps() -> list[tuple[str, str]]:
    """Everybody in the data who sells or leads, by name."""
    rows = current_project().ask("active_reps", by=("rep", "manager"), period="all").rows
    found = {row[f"{who}_id"]: row[who] for row in rows for who in ("rep", "manager")}
    found.pop(None, None)
    return sorted(found.items(), key=lambda each: str(each[1]).casefold())
