"""Changed settings taken over by the running site: readers go on with the old until all is made."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

import duckdb

from foresail.core.errors import ForesailError
from foresail.web.current import current_project, hold

if TYPE_CHECKING:
    from foresail.project import Project
    from foresail.warehouse import Settings

log = logging.getLogger(__name__)
_turn = threading.Lock()
_waiting = 0


def is_renewing() -> bool:
    """Whether numbers are being worked out anew by changed settings."""
    return _waiting > 0


def take_over(settings: Settings) -> threading.Thread | None:
    """Serve the project with other settings: at once, or once its facts are made anew.

    The thread that makes them is given back; None where nothing had to be made.
    """
    global _waiting
    served = current_project()
    renewed = served.with_settings(settings)
    if renewed.is_current or not served.is_current:
        hold(renewed)
        return None
    _waiting += 1
    thread = threading.Thread(target=_renew, args=(renewed,), name="foresail-renewing", daemon=True)
    thread.start()
    return thread


def _renew(project: Project) -> None:
    global _waiting
    try:
        with _turn:
            project.make_current()
            hold(project)
    except (ForesailError, duckdb.Error):
        log.exception("the numbers could not be renewed")
    finally:
        _waiting -= 1
