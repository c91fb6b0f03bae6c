"""Who may close a token or a share link."""

from __future__ import annotations

from django.http import HttpRequest

from foresail.web.people.models.lasting import Lasting
from foresail.web.people.rights import Right
from foresail.web.people.viewer import viewer_of


def may_close(request: HttpRequest, what: Lasting) -> bool:
    """Whether it is one's own, or one decides for everybody."""
    viewer = viewer_of(request)
    return what.person == viewer.person or viewer.may(Right.MANAGE_PEOPLE)
