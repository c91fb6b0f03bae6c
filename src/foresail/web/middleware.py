"""Errors in plain words: what was asked, what is in the way, what can be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from foresail.core.errors import ForesailError, ProjectError
from foresail.web.pages import page


def status_of(error: ForesailError) -> int:
    """400 where the question is at fault, 503 where the project is in the way."""
    return 503 if isinstance(error, ProjectError) else 400


class PlainErrors(MiddlewareMixin):
    """Shows an error that Foresail raised on purpose as a page, never as a stack trace."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a `ForesailError`; other errors stay what they are."""
        if not isinstance(error, ForesailError):
            return None
        return page(request, "error.html", {"error": str(error)}, status=status_of(error))
