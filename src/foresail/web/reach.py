"""Under which names and how the site is reached, as `[web]` of the project's settings says."""

from __future__ import annotations

import os
from pathlib import Path

from foresail.core.errors import ProjectError
from foresail.warehouse.sections import WebSettings
from foresail.warehouse.settings import Settings

LOCAL = ("127.0.0.1", "localhost", "[::1]")
HOSTS = "FORESAIL_HOSTS"


def reach(directory: Path | None) -> WebSettings:
    """The project's `[web]` settings; the usual ones without a project.

    Errors: none; a project whose settings are wrong is refused, with the reason, when it is opened.
    """
    if directory is None:
        return WebSettings()
    try:
        return Settings.read(directory).web
    except ProjectError:
        return WebSettings()


def hosts(web: WebSettings) -> list[str]:
    """The names under which the site answers: this machine's own, and those allowed."""
    named = [each for each in os.environ.get(HOSTS, "").split(",") if each]
    return list(dict.fromkeys((*LOCAL, *web.hosts, *named)))
