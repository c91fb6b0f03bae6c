"""Making, checking and taking back tokens of the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from foresail.web.people.audit import note
from foresail.web.people.models import Token
from foresail.web.people.models.token import labels
from foresail.web.people.viewer import Viewer, person_of, see_as


def make(
    request: HttpRequest, name: str, grants: Iterable[str], valid: dt.timedelta
) -> tuple[Token, str]:
    """A token of whoever asks, and its secret, which is not kept."""
    now = timezone.now()
    token, secret = Token.make(
        person=person_of(request),
        name=name,
        grants=sorted(grants),
        made_at=now,
        expires_at=now + valid,
    )
    note(
        request,
        "made a token",
        f"{name}: {labels(token.grants)}, until {token.expires_at:%d %b %Y}",
    )
    return token, secret


def authenticate(secret: str) -> Token | None:
    """The token that a secret is of, while it holds and its person may come in."""
    token = Token.of(secret)
    if token is not None:
        token.use()
    return token


def act_by(request: HttpRequest, token: Token) -> Viewer:
    """Let the token's person be who looks, with no more than the token grants."""
    viewer = Viewer(token.person, token=token)
    see_as(request, viewer)
    return viewer


def revoke(request: HttpRequest, token: Token) -> None:
    """Take a token back."""
    token.revoke()
    note(request, "revoked a token", f"{token.name} of {token.person.email}")
