"""What all pages have in common: the frame, the organisation's zone, partial answers for htmx."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from foresail.core.errors import ForesailError
from foresail.web.current import current_project
from foresail.web.people.viewer import viewer_if_any
from foresail.web.renewing import is_renewing
from foresail.web.site import MENU


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page; for htmx only its named part, where it has one."""
    htmx = getattr(request, "htmx", None)
    if part and htmx and not htmx.history_restore_request:
        template = f"{template}#{part}"
    settings = _settings()
    with timezone.override(settings.tzinfo if settings else "UTC"):
        response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-cache, private"
    return response


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows, for Django's templates."""
    from foresail.web.people.demo import WAYS
    from foresail.web.people.frame import of_viewer

    settings = _settings()
    viewer = of_viewer(request, settings)
    shared = {"settings": settings, "demo_ways": WAYS, "menu": menu(request)}
    return {**shared, "is_renewing": is_renewing(), **viewer}


def menu(request: HttpRequest) -> list[MenuLink]:
    """The pages that whoever asks may see, with the one that is open marked."""
    viewer = viewer_if_any(request)
    if viewer is None or viewer.is_visitor:
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        MenuLink(each.label, reverse(each.name), each.group, here in (each.name, *each.within))
        for each in MENU
        if each.right is None or viewer.may(each.right)
    ]


@dataclass(frozen=True)
class MenuLink:
    """A page in the menu."""

    label: str
    url: str
    group: str
    is_open: bool


def _settings() -> Any:
    """The project's settings, or None where the error page has to do without."""
    try:
        return current_project().settings
    except ForesailError:
        return None


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what somebody may not do."""
    context = {"title": "Not allowed", "error": str(exception) or "This is not for your role."}
    return page(request, "error.html", context, status=HttpResponseForbidden.status_code)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The page for an address that leads nowhere."""
    context = {
        "title": "There is no such page",
        "error": f"There is no page {request.path}. It was mistyped, has gone, or is not for you.",
    }
    return page(request, "error.html", context, status=HttpResponseNotFound.status_code)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a mistake of ours."""
    context = {
        "title": "Something went wrong",
        "error": "The fault is Foresail’s, not yours. The terminal that runs it says more.",
    }
    return page(request, "error.html", context, status=HttpResponseServerError.status_code)
