"""Share links: one page, read-only, as its maker sees it."""

from __future__ import annotations

import copy
import datetime as dt
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone

from foresail.web.people.audit import note
from foresail.web.people.guard import check, right_of
from foresail.web.people.models import ShareLink
from foresail.web.people.rights import Audience
from foresail.web.people.viewer import Viewer, person_of, see_as


def shareable(page: str) -> ResolverMatch | None:
    """The view of a page that may be shared, or None."""
    address = urlsplit(page)
    if address.scheme or address.netloc or not page.startswith("/"):
        return None
    try:
        match = resolve(address.path)
    except Resolver404:
        return None
    return match if right_of(match.func) is Audience.READERS else None


def make(request: HttpRequest, page: str, valid: dt.timedelta) -> tuple[ShareLink, str]:
    """A link to a page, and its secret, which is not kept."""
    link, secret = ShareLink.make(
        person=person_of(request), page=page, expires_at=timezone.now() + valid
    )
    note(request, "shared a page", f"{page}, until {link.expires_at:%d %b %Y}")
    return link, secret


def revoke(request: HttpRequest, link: ShareLink) -> None:
    """Take a link back."""
    link.revoke()
    note(request, "took a share link back", f"{link.page} of {link.person.email}")


def show(request: HttpRequest, link: ShareLink) -> HttpResponseBase:
    """The page that a link leads to, as its maker would see it now.

    Errors: `PermissionDenied` when the page is no longer one that may be shared.
    """
    match = shareable(link.page)
    if match is None:
        raise PermissionDenied("The page that was shared is no longer there.")
    viewer = Viewer(link.person, link=link)
    check(viewer, right_of(match.func))
    if link.use():
        note(request, "opened a share link", link.page, who=str(viewer))
    inner = _as_visitor(request, link, match)
    see_as(inner, viewer)
    response: HttpResponseBase = match.func(inner, *match.args, **match.kwargs)
    return response


def _as_visitor(request: HttpRequest, link: ShareLink, match: ResolverMatch) -> HttpRequest:
    """The request for the page itself, by nobody in particular: the frame stays bare."""
    address = urlsplit(link.page)
    inner = copy.copy(request)
    inner.META = request.META | {"QUERY_STRING": address.query}
    inner.path = inner.path_info = address.path
    inner.GET = QueryDict(address.query)
    inner.user = AnonymousUser()
    inner.resolver_match = match
    inner.shared_address = request.path  # type: ignore[attr-defined]  # where it refreshes from
    inner.htmx = None  # type: ignore[attr-defined]  # always the whole page
    return inner
