"""How allauth behaves here: nobody signs up; single sign-on is for addresses that are known."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from foresail.web.pages import page
from foresail.web.people.models import Person


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation."""

    def is_open_for_signup(self, _: HttpRequest) -> bool:
        """Never: an admin invites."""
        return False


class KnownOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on lets those in whom an admin has invited."""

    def is_open_for_signup(self, _: HttpRequest, __: Any) -> bool:
        """Never: an admin invites."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the person with that verified address, or say that there is none."""
        if sociallogin.is_existing:
            return
        verified = {each.email.lower() for each in sociallogin.email_addresses if each.verified}
        person = Person.objects.filter(email__in=verified, is_active=True).first()
        if person is None:
            context = {
                "error": "Nobody here has the address of that account. "
                "Ask an admin of Foresail for an invitation."
            }
            raise ImmediateHttpResponse(page(request, "error.html", context, status=403))
        sociallogin.connect(request, person)
