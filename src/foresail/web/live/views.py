"""The stream that says when data arrive."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from foresail.web.live.news import NEWS
from foresail.web.people.guard import person_of, signed_in

HEADERS = {"Cache-Control": "no-store, private", "X-Accel-Buffering": "no"}


@signed_in
@require_safe
async def live(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events for one person; `seen` is the state of the data that the page shows."""
    who = person_of(request).pk
    if not NEWS.has_room(who):
        return HttpResponse("Too many pages are open.", status=429, headers={"Retry-After": "60"})
    # The stream stays open for long and asks nothing: it holds no connection meanwhile.
    await sync_to_async(connections.close_all)()
    seen = request.headers.get("Last-Event-ID") or request.GET.get("seen", "")
    return StreamingHttpResponse(
        NEWS.stream(who, seen), content_type="text/event-stream", headers=HEADERS
    )
