"""Errors as problem details (RFC 9457): what was asked, what is in the way, what can be done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from foresail.core.errors import ForesailError
from foresail.web.middleware import status_of

TYPE = "application/problem+json"
SIGN_IN = "Show a token: Authorization: Bearer foresail_…. Tokens are made under My account."


def problem(request: HttpRequest, status: int, detail: str, **headers: str) -> HttpResponse:
    """The answer for a request that cannot be served."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    return JsonResponse(content, status=status, content_type=TYPE, headers=headers)


def say_problems(api: NinjaAPI) -> None:
    """Let every error of the API be a problem in plain words."""

    @api.exception_handler(ForesailError)
    def refused(request: HttpRequest, error: ForesailError) -> HttpResponse:
        return problem(request, status_of(error), str(error))

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(request, 422, " ".join(map(_said, error.errors)))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return problem(request, 401, SIGN_IN, **{"WWW-Authenticate": "Bearer"})

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return problem(request, 403, str(error) or "This is not for your role.")

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(request, 404, str(error) or f"There is nothing at {request.path}.")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(request, error.status_code, str(error))


def _said(error: dict[str, Any]) -> str:
    place = ".".join(str(each) for each in error["loc"] if each not in ("body", "question"))
    return f"{place or 'The request'}: {error['msg']}."
