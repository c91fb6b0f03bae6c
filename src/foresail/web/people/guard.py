"""Rights at the door: every view says whom it is for, and the door lets nobody else in.

    @needs(Right.EXPORT)      those in whose role has the right
    @reading                  whoever is signed in, or has a share link to the page
    @signed_in                whoever is signed in
    @anyone                   everybody

A view that says nothing is closed to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from foresail.web.people.rights import Audience, Right
from foresail.web.people.viewer import Viewer, person_of, viewer_if_any, viewer_of

__all__ = [
    "Door",
    "anyone",
    "demand",
    "needs",
    "person_of",
    "reading",
    "right_of",
    "signed_in",
    "viewer_of",
]

View = TypeVar("View", bound=Callable[..., Any])


def needs(right: Right | Audience) -> Callable[[View], View]:
    """Say whom a view is for."""

    def declared(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]  # read by the door and the matrix
        return view

    return declared


def anyone(view: View) -> View:
    """For everybody, also those who have not come in."""
    return needs(Audience.ANYONE)(view)


def signed_in(view: View) -> View:
    """For everybody who has come in with an account."""
    return needs(Audience.SIGNED_IN)(view)


def reading(view: View) -> View:
    """For everybody who may see numbers, each in their scope; also by a share link."""
    return needs(Audience.READERS)(view)


def right_of(view: Callable[..., Any]) -> Right | Audience:
    """Whom a view is for.

    Errors: `ImproperlyConfigured` when it does not say.
    """
    right: Right | Audience | None = getattr(view, "right", None)
    if right is None:
        name = getattr(view, "__qualname__", repr(view))
        raise ImproperlyConfigured(
            f"The view {name} does not say whom it is for. Put @reading, @signed_in, @anyone or "
            "@needs(Right....) above it; for one of sheet_view, its right."
        )
    return right


def demand(request: HttpRequest, right: Right) -> None:
    """Go on only where whoever asks has a right, which the view as a whole does not need.

    Errors: `PermissionDenied` with the right it takes.
    """
    check(viewer_of(request), right)


def check(viewer: Viewer, right: Right | Audience) -> None:
    """Errors: `PermissionDenied` when a viewer may not come where a right is needed."""
    if right is Audience.READERS:
        right = Right.SEE_NUMBERS
    if isinstance(right, Right) and not viewer.may(right):
        raise PermissionDenied(f"Your role does not allow to {right.value}.")


class Door(MiddlewareMixin):
    """Lets into each view those whom it is for; strangers are asked to sign in."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: Any
    ) -> HttpResponseBase | None:
        """None to let in; else what to show instead."""
        right = right_of(view)
        if right in (Audience.ANYONE, Audience.API):
            return None
        viewer = viewer_if_any(request)
        if viewer is None:
            return _sign_in(request)
        check(viewer, right)
        return None


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    """Where to sign in, with the way back; for htmx as a page of its own, not as a part of one."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    there = redirect_to_login(htmx.current_url_abs_path or "/")
    return HttpResponse(status=401, headers={"HX-Redirect": there["Location"]})
