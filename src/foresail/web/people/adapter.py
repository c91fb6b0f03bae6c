"""How allauth behaves here: nobody signs up; single sign-on is for addresses that are known."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from foresail.web.pages import page
from foresail.web.people.joining import join
from foresail.web.people.models import Invitation, Person

NOWHERE = "::"


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from; a proxy at a socket of this machine does not say."""
        if not request.META.get("REMOTE_ADDR"):
            return NOWHERE
        address: str = super().get_client_ip(request)
        return address

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
        person = person or _invited(request, verified)
        if person is None:
            context = {
                "error": "Nobody here has the address of that account. "
                "Ask an admin of Foresail for an invitation."
            }
            raise ImmediateHttpResponse(page(request, "error.html", context, status=403))
        sociallogin.connect(request, person)


def _invited(request: HttpRequest, addresses: set[str]) -> Person | None:
    """Somebody who comes in for the first time, by single sign-on in place of the invitation."""
    for invitation in Invitation.objects.filter(email__in=addresses, used_at=None):
        if invitation.is_open:
            return join(request, invitation)
    return None
