"""Becoming one of the people here, and coming in without the page for it."""

from __future__ import annotations

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from foresail.web.people.audit import note
from foresail.web.people.models import Invitation, Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


def join(
    request: HttpRequest, invitation: Invitation, *, name: str = "", password: str | None = None
) -> Person:
    """The person that an invitation makes; without a password they use single sign-on."""
    with transaction.atomic():
        invitation.use()
        person = Person.objects.create_user(
            invitation.email,
            password,
            name=name,
            role=invitation.role,
            rep_id=invitation.rep_id,
        )
    note(request, "accepted an invitation", invitation.role, who=person.email)
    return person


def come_in_as(request: HttpRequest, person: Person) -> None:
    """Sign somebody in, in a session that they find in their list."""
    from allauth.usersessions.models import UserSession

    login(request, person, BACKEND)
    UserSession.objects.create_from_request(request)
