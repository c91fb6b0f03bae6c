"""What the frame of a page says of whoever looks at it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.urls import reverse

from foresail.warehouse.settings import Settings
from foresail.web.people.rights import Audience, Right
from foresail.web.people.viewer import viewer_if_any


def of_viewer(request: HttpRequest, settings: Settings | None) -> dict[str, Any]:
    """Who looks, what they may, and where they can share this page; to nobody, the ways in.

    `may` holds the names of rights, so that templates ask `"EXPORT" in may`.
    """
    viewer = viewer_if_any(request)
    if viewer is None:
        return {"viewer": None, "has_mail": bool(django_settings.EMAIL_HOST)}
    return {
        "viewer": viewer,
        "shared_address": getattr(request, "shared_address", ""),
        "may": {right.name for right in viewer.rights},
        "share_url": _share_url(request) if settings and settings.privacy.share_links else "",
    }


def _share_url(request: HttpRequest) -> str:
    """Where this page can be shared; nowhere if it is none for that."""
    viewer, match = viewer_if_any(request), request.resolver_match
    is_page = match is not None and getattr(match.func, "right", None) is Audience.READERS
    if viewer is None or not viewer.may(Right.SHARE) or not is_page:
        return ""
    return f"{reverse('shares')}?{urlencode({'page': request.get_full_path()})}"
