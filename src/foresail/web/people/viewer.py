"""Who is looking at a page, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from foresail.web.people.rights import Right

if TYPE_CHECKING:
    from foresail.web.people.models import Person, ShareLink, Token

SHARED_RIGHTS = frozenset({Right.SEE_NUMBERS})


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks: a person, a program with a person's token, or a visitor by share link.

    `person` is whose scope holds: for a share link its maker.
    """

    person: Person
    token: Token | None = None
    link: ShareLink | None = None

    @property
    def rights(self) -> frozenset[Right]:
        """What may be done: never more than the person may."""
        if self.link is not None:
            return self.person.rights & SHARED_RIGHTS
        return self.person.rights if self.token is None else self.token.rights

    def may(self, right: Right) -> bool:
        """Whether something may be done."""
        return right in self.rights

    @property
    def is_visitor(self) -> bool:
        """Whether this is somebody without an account, by a share link."""
        return self.link is not None

    def __str__(self) -> str:
        """The name in the audit log."""
        if self.link is not None:
            return f"share link of {self.person.email}"
        if self.token is not None:
            return f"{self.person.email} by token {self.token.name}"
        return self.person.email


def see_as(request: HttpRequest, viewer: Viewer) -> None:
    """Let this viewer, and not the person signed in, be who looks."""
    request.viewer = viewer  # type: ignore[attr-defined]


def viewer_if_any(request: HttpRequest) -> Viewer | None:
    """Who looks, or None where nobody has come in."""
    from foresail.web.people.models import Person

    seen: Viewer | None = getattr(request, "viewer", None)
    if seen is not None:
        return seen
    person = getattr(request, "user", None)
    return Viewer(person) if isinstance(person, Person) and person.is_active else None


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks.

    Errors: `PermissionDenied` when nobody has come in.
    """
    found = viewer_if_any(request)
    if found is None:
        raise PermissionDenied("Sign in first.")
    return found


def person_of(request: HttpRequest) -> Person:
    """The person whose scope holds; behind the door there is always one."""
    return viewer_of(request).person
