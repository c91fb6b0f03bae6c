"""The pages opened ahead of people, in the background of a server that has just started.

The queries of a page are written when they are first asked, which takes seconds, and planned when
the data changed, which takes tenths. Nobody shall wait for either.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connections
from django.http import HttpRequest
from django.urls import resolve, reverse

from foresail.web.people.demo import demo_person
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from foresail.web.people.viewer import Viewer, see_as

if TYPE_CHECKING:
    from foresail.project import Project

LEADS = ("calling", "persistence", "content", "meetings", "worked")
RESULTS = ("selling", "costs", "customers", "people")
PAGES = (
    *(("today",), ("scoreboard",), ("pipeline",), ("funnel",), ("reps",), ("leads",)),
    *(("results",), ("leaderboard",), ("explore",), ("catalogue",)),
    *(("leads", part) for part in LEADS),
    *(("results", part) for part in RESULTS),
)
"""Each page by its name in the site map and what stands in its address."""

PATIENCE_SECONDS = 5.0
log = logging.getLogger(__name__)


@contextmanager
def warming(project: Project) -> Iterator[None]:
    """Open the pages one after the other meanwhile, as each role; at the end, leave it."""
    ended = threading.Event()
    thread = threading.Thread(
        target=_warmed, args=(project, ended), name="foresail-warming", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE_SECONDS)


def warm(project: Project, ended: threading.Event, pages: Sequence[tuple[str, ...]] = PAGES) -> int:
    """Open every page for one person of each role, until it is ended; how many were opened."""
    opened = 0
    for person in _people(project):
        is_rep = person.role == Role.REP and person.rep_id
        own = (("rep", person.rep_id),) if is_rep else ()
        for name, *arguments in (*pages, *own):
            if ended.is_set():
                return opened
            _open(reverse(name, args=arguments), person)
            opened += 1
    return opened


def _warmed(project: Project, ended: threading.Event) -> None:
    try:
        warm(project, ended)
    except Exception:
        # It is a service to people: what it cannot do, they will be told when they ask for it.
        if not ended.is_set():
            log.exception("The pages could not all be opened ahead.")
    finally:
        connections.close_all()


def _people(project: Project) -> Iterator[Person]:
    """Somebody who sees everything, and somebody of each role that sees a part."""
    if project.settings.demo:
        yield from (demo_person(role, project) for role in (Role.ADMIN, Role.MANAGER, Role.REP))
        return
    active = Person.objects.filter(is_active=True)
    led = active.exclude(rep_id="")
    found = (
        active.filter(role__in=(Role.ADMIN, Role.ANALYST)).first(),
        led.filter(role=Role.MANAGER).first(),
        led.filter(role=Role.REP).first(),
    )
    yield from filter(None, found)


def _open(path: str, person: Person) -> None:
    """Let the view of a page answer somebody; the answer is thrown away."""
    found = resolve(path)
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.resolver_match = found
    request.META["SERVER_NAME"], request.META["SERVER_PORT"] = "localhost", "80"
    request.user = person
    see_as(request, Viewer(person))
    found.func(request, *found.args, **found.kwargs)
