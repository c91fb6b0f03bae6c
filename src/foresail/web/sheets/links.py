"""Where the values of a record lead: to its history, to a rep's page, out to other systems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

OF_COLUMN = {
    "name": ("opportunity", "opportunity_id"),
    "opportunity_id": ("opportunity", "opportunity_id"),
    "account": ("account", "account_id"),
    "account_id": ("account", "account_id"),
    "lead_id": ("lead", "lead_id"),
    "contact_id": ("contact", "contact_id"),
    "activity_id": ("activity", "activity_id"),
    "occurred_at": ("activity", "activity_id"),
    "subject": ("activity", "activity_id"),
}
"""Which record a value names: its kind, and the column that holds its id."""


def record_url(row: Mapping[str, Any], column: str) -> str:
    """Where a value of a record leads; empty where it names nothing."""
    if column in ("rep", "rep_id", "owner", "owner_id"):
        return rep_url(row.get(f"{column.removesuffix('_id')}_id"))
    kind, key = OF_COLUMN.get(column, ("", ""))
    found = row.get(key)
    return history_url(kind, found) if found and row.get(column) is not None else ""


def history_url(kind: str, record_id: str) -> str:
    """The history of a record."""
    return reverse("history", args=[kind, record_id])


def rep_url(rep_id: str | None) -> str:
    """The page of a rep; empty where nobody is known."""
    return reverse("rep", args=[rep_id]) if rep_id else ""


def web_url(text: Any) -> str:
    """An address out of the data, if a browser may open it: http or https with a host.

    >>> web_url("https://calls.example/1.mp3"), web_url("javascript:alert(1)"), web_url(None)
    ('https://calls.example/1.mp3', '', '')
    """
    try:
        found = urlsplit(str(text or "").strip())
        is_web = found.scheme in ("http", "https") and bool(found.hostname)
    except ValueError:
        return ""
    return found.geturl() if is_web else ""
