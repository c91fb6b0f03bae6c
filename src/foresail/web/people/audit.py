"""Writing down who did what."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import signals
from django.http import HttpRequest


def note(request: HttpRequest | None, what: str, detail: str = "", who: str = "") -> None:
    """Add a line to the audit log."""
    from foresail.web.people.models import Entry

    person = getattr(request, "user", None)
    Entry.objects.create(
        who=who or (person.email if person is not None and person.is_authenticated else ""),
        what=what,
        detail=detail[:1000],
        address=request.META.get("REMOTE_ADDR") or None if request else None,
    )


def connect() -> None:
    """Write down log-ins, failed ones, and log-outs."""
    signals.user_logged_in.connect(_logged_in)
    signals.user_logged_out.connect(_logged_out)
    signals.user_login_failed.connect(_login_failed)


def _logged_in(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, "logged in", who=user.email)


def _logged_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        note(request, "logged out", who=user.email)


def _login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    note(request, "log-in failed", who=str(credentials.get("email", ""))[:254])
