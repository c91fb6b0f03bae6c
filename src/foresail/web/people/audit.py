"""Writing down who did what."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import signals
from django.http import HttpRequest

from foresail.web.people.viewer import viewer_if_any


def note(request: HttpRequest | None, what: str, detail: str = "", who: str = "") -> None:
    """Add a line to the audit log: what was done, with what, by whoever looks."""
    from foresail.web.people.models import Entry

    viewer = viewer_if_any(request) if request else None
    Entry.objects.create(
        who=(who or str(viewer or ""))[:254],
        what=what,
        detail=detail[:1000],
        address=_address(request) if request else None,
    )


def connect() -> None:
    """Write down log-ins, failed ones, log-outs, and changes of passwords and second factors."""
    from allauth.account import signals as account
    from allauth.mfa import signals as mfa

    signals.user_logged_in.connect(_logged_in)
    signals.user_logged_out.connect(_logged_out)
    signals.user_login_failed.connect(_login_failed)
    for signal in (account.password_set, account.password_changed, account.password_reset):
        signal.connect(_password_changed)
    mfa.authenticator_added.connect(_factor_added)
    mfa.authenticator_removed.connect(_factor_removed)
    mfa.authenticator_reset.connect(_factor_renewed)
    mfa.authentication_failed.connect(_factor_failed)


def _address(request: HttpRequest) -> str:
    """Where a request comes from, as far as the trusted proxies say."""
    from allauth.account.adapter import get_adapter

    address: str = get_adapter(request).get_client_ip(request)
    return address


def _logged_in(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, "logged in", who=user.email)


def _logged_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        note(request, "logged out", who=user.email)


def _login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    note(request, "log-in failed", who=str(credentials.get("email", ""))[:254])


def _password_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, "changed the password", who=user.email)


def _factor_added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    note(request, "added a second factor", authenticator.get_type_display(), who=user.email)


def _factor_removed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    note(request, "removed a second factor", authenticator.get_type_display(), who=user.email)


def _factor_renewed(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, "renewed the recovery codes", who=user.email)


def _factor_failed(request: HttpRequest, user: Any, **_: Any) -> None:
    note(request, "second factor failed", who=user.email)
