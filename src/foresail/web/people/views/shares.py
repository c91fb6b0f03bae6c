"""Share links: making one, and those that there are."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foresail.web.current import current_project
from foresail.web.pages import page
from foresail.web.people import sharing
from foresail.web.people.closing import may_close
from foresail.web.people.forms import ShareForm
from foresail.web.people.guard import needs, person_of, viewer_of
from foresail.web.people.models import ShareLink
from foresail.web.people.rights import Right


@needs(Right.SHARE)
@require_http_methods(["GET", "POST"])
def shares(request: HttpRequest) -> HttpResponse:
    """The links that there are, and, for the page in the address, making one more."""
    if not current_project().settings.privacy.share_links:
        raise PermissionDenied(
            "Pages are not shared here. An admin can allow it on the page Settings, under Privacy: "
            "Share links."
        )
    form, link = _form(request), ""
    if form.is_valid():
        _, secret = sharing.make(request, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("shared", args=[secret]))
    context = {
        "form": form,
        "shared_page": form["page"].value(),
        "link": link,
        "shares": _seen(request),
        "is_everybodys": viewer_of(request).may(Right.MANAGE_PEOPLE),
    }
    return page(request, "people/shares.html", context)


@needs(Right.SHARE)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Close a link of mine; an admin may close anybody's."""
    link = get_object_or_404(ShareLink, pk=number, revoked_at=None)
    if not may_close(request, link):
        raise Http404
    sharing.revoke(request, link)
    messages.success(request, "The link opens nothing any more.")
    return redirect("shares")


def _form(request: HttpRequest) -> ShareForm:
    if request.method == "POST":
        return ShareForm(request.POST)
    return ShareForm(initial={"page": request.GET.get("page", ""), "valid": 7})


def _seen(request: HttpRequest) -> list[ShareLink]:
    """The open links of whoever asks; for an admin everybody's."""
    found = ShareLink.objects.select_related("person")
    if not viewer_of(request).may(Right.MANAGE_PEOPLE):
        found = found.filter(person=person_of(request))
    return [each for each in found if each.is_open]
