"""Whether a page would be the one that a browser has already, found out without making it.

A page depends on what was asked, who asks, the state of the data, the settings, the accounts, and
the minute as of which it is. All of these have names; together they are the page's tag.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from foresail.project.asking import minute_of
from foresail.web.current import project_of
from foresail.web.live.news import NEWS
from foresail.web.renewing import is_renewing

CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
HEADERS = ("HX-Request", "HX-Target", "HX-Trigger", "HX-Boosted", "Accept-Language")
"""Those that a page may depend on, beside the cookies, which say who asks."""

_writes = itertools.count(1)
_written = 0


def unless_unchanged(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers "unchanged" to a browser that holds the page under its present tag."""
    tagged: Callable[..., HttpResponse] = condition(etag_func=lambda request, **_: tag_of(request))(
        view
    )
    return tagged


def tag_of(request: HttpRequest) -> str | None:
    """The tag of the page that a request asks for; another one as soon as it may look another.

    Files have none: each is put on record when it is taken out.
    """
    if request.GET.get("format"):
        return None
    named = (
        request.get_full_path(),
        sorted(request.COOKIES.items()),
        [request.headers.get(name, "") for name in HEADERS],
        NEWS.state,
        _minute(request),
        is_renewing(),
        _accounts(),
    )
    return f'"{hashlib.sha256(repr(named).encode()).hexdigest()[:32]}"'


def _minute(request: HttpRequest) -> str:
    settings = project_of(request).settings
    return minute_of(request.GET.get("as_of") or None, settings, dt.datetime.now(dt.UTC))


def _accounts() -> tuple[Any, ...]:
    """Names the state of the accounts and of all that people keep, whoever changed it."""
    name = str(connection.settings_dict["NAME"])
    return _written, *(_changed_at(name + end) for end in ("", "-wal"))


def _changed_at(path: str) -> int:
    file = Path(path)
    return file.stat().st_mtime_ns if file.exists() else 0


def _noting(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """Runs a statement; one that writes makes another state, now and once it is kept."""
    done = execute(sql, *rest)
    if sql.lstrip()[:7].upper().startswith(CHANGES):
        _note()
        transaction.on_commit(_note)
    return done


def _note() -> None:
    global _written
    _written = next(_writes)


def _watch(connection: Any, **_: Any) -> None:
    if _noting not in connection.execute_wrappers:
        connection.execute_wrappers.append(_noting)


def watch_accounts() -> None:
    """Notice from now on whatever is written by this process."""
    connection_created.connect(_watch)
