"""Who asks the API: a program with a token, or somebody who is signed in on the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from foresail.web.people.guard import check
from foresail.web.people.rights import Right
from foresail.web.people.tokens import act_by, authenticate
from foresail.web.people.viewer import Viewer, viewer_if_any


class ByToken(HttpBearer):
    """A token of the API, shown as `Authorization: Bearer`."""

    def __init__(self, right: Right):
        super().__init__()
        self.right = right

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """Whom the token acts for, or None where it does not hold.

        Errors: `PermissionDenied` when it does not grant what the operation needs.
        """
        found = authenticate(token)
        if found is None:
            return None
        viewer = act_by(request, found)
        check(viewer, self.right)
        return viewer


class BySession(APIKeyCookie):
    """Somebody who is signed in; what is not a plain reading needs the page's own CSRF token."""

    param_name = "sessionid"

    def __init__(self, right: Right):
        super().__init__()
        self.right = right

    def __call__(self, request: HttpRequest) -> Any:
        """Who is signed in, if anybody; not where a token was shown that does not hold."""
        if "Authorization" in request.headers or viewer_if_any(request) is None:
            return None
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:  # noqa: ARG002
        """Who is signed in.

        Errors: `PermissionDenied` when the role does not allow the operation.
        """
        viewer = viewer_if_any(request)
        if viewer is not None:
            check(viewer, self.right)
        return viewer


def entry(right: Right) -> list[Any]:
    """The ways into an operation, for those who have a right."""
    return [ByToken(right), BySession(right)]
