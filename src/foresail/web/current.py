"""The project that this process serves.

One process owns the warehouse, so there is one project, opened once and shared by all threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from foresail.core.errors import ProjectError
from foresail.web.live.news import NEWS

if TYPE_CHECKING:
    from foresail.project import Project
    from foresail.project.scoped import ScopedProject

_held: Project | None = None
_opening = threading.Lock()


_followers: list[Callable[[Project], None]] = []


def hold(project: Project | None) -> None:
    """Serve this project from now on; with None, none."""
    global _held
    _held = project
    NEWS.follow(project)
    if project is None:
        _followers.clear()
        return
    for tell in _followers:
        tell(project)


def follow(tell: Callable[[Project], None]) -> None:
    """Call this whenever another project is held, until none is."""
    _followers.append(tell)


def current_project() -> Project:
    """The project held, else the one of `FORESAIL_PROJECT`, opened at the first need.

    Errors: `ProjectError` when there is neither.
    """
    with _opening:
        if _held is None:
            directory: Path | None = settings.PROJECT
            if directory is None:
                raise ProjectError("No project is served. Start the pages with: foresail serve")
            hold(owned(directory))
        assert _held is not None
        return _held


def project_of(request: HttpRequest) -> ScopedProject:
    """The project as whoever asks may see it: the only way in which views come to data.

    Errors: `PermissionDenied` when nobody has come in.
    """
    from foresail.web.people.scope import scope_of
    from foresail.web.people.viewer import viewer_of

    return current_project().scoped(scope_of(viewer_of(request).person))


def owned(directory: Path) -> Project:
    """The project in a directory, held by this process.

    Errors: `ProjectError` when another process serves it already.
    """
    from foresail.project import Project

    found = Project.open(directory, for_many=True)
    if not isinstance(found, Project):
        where = f" at {found.owner.address}" if found.owner.address else ""
        raise ProjectError(
            f"{directory} is being served already, by process {found.owner.pid}{where}."
        )
    return found
