"""The ways in beside log-in: the first admin, invitations, new passwords, the demo, share links."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foresail.web.current import current_project
from foresail.web.pages import page
from foresail.web.people import demo, first, sharing
from foresail.web.people.audit import note
from foresail.web.people.forms import FirstPerson, NewPerson, Password
from foresail.web.people.guard import anyone
from foresail.web.people.joining import come_in_as, join
from foresail.web.people.models import Invitation, PasswordLink, Person, ShareLink
from foresail.web.people.rights import Role


@anyone
@never_cache
@require_http_methods(["GET", "POST"])
@transaction.atomic
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
        come_in_as(request, person)
        return redirect("start")
    return page(request, "people/welcome.html", {"form": form})


@anyone
@never_cache
@require_http_methods(["GET", "POST"])
@transaction.atomic
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Come in by an invitation."""
    invitation = Invitation.of(secret)
    if invitation is None or Person.objects.filter(email=invitation.email).exists():
        raise PermissionDenied("This invitation was used, or is too old. Ask for a new one.")
    form = NewPerson(request.POST or None, email=invitation.email)
    if form.is_valid():
        found = form.cleaned_data
        person = join(request, invitation, name=found["name"], password=found["password"])
        come_in_as(request, person)
        return redirect("start")
    return page(request, "people/accept.html", {"form": form, "invitation": invitation})


@anyone
@never_cache
@require_http_methods(["GET", "POST"])
@transaction.atomic
def new_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a new password by a link of an admin; a second factor is still asked for."""
    link = PasswordLink.of(secret)
    if link is None:
        raise PermissionDenied("This link was used, or is too old. Ask an admin for a new one.")
    form = Password(request.POST or None, email=link.person.email)
    if form.is_valid():
        link.use()
        link.person.set_password(form.cleaned_data["password"])
        link.person.save()
        link.person.end_sessions()
        note(request, "changed the password", "by a link of an admin", who=link.person.email)
        messages.success(request, "Your password is changed. Sign in with it.")
        return redirect("account_login")
    return page(request, "people/new_password.html", {"form": form, "link": link})


@anyone
@require_POST
def come_in(request: HttpRequest, role: str) -> HttpResponse:
    """Come into the demo as one of its people."""
    project = current_project()
    if not project.settings.demo:
        raise PermissionDenied("This is no demo. Sign in with your own account.")
    if role not in {each.role.value for each in demo.WAYS}:
        raise PermissionDenied("The demo has nobody in that role.")
    come_in_as(request, demo.demo_person(role, project))
    return redirect("start")


@anyone
@require_safe
def shared(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The page that a share link leads to."""
    link = ShareLink.of(secret)
    if link is None or not current_project().settings.privacy.share_links:
        raise PermissionDenied("This link has expired, or was taken back. Ask for a new one.")
    response = sharing.show(request, link)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
