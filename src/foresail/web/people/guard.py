"""Rights at the door of a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from foresail.web.people.models import Person
from foresail.web.people.rights import Right

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """Who asks; behind the door there is always somebody."""
    return cast(Person, request.user)


def demand(request: HttpRequest, right: Right) -> None:
    """Go on only where the role of whoever asks has the right.

    Errors: `PermissionDenied` with the right it takes.
    """
    if not person_of(request).may(right):
        raise PermissionDenied(f"Your role does not allow to {right.value}.")


def needs(right: Right) -> Callable[[View], View]:
    """Let only those in whose role has the right; the others are told which one it takes."""

    def guarded(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
            demand(request, right)
            return view(request, *args, **names)

        inside.right = right  # type: ignore[attr-defined]  # read by the matrix of rights
        return inside

    return guarded
