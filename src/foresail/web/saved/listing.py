"""Saved views as part of a page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest

from foresail.web.people.viewer import viewer_of
from foresail.web.saved.models import SavedView
from foresail.web.sheets.blocks import Link, Section, Words
from foresail.web.sheets.desk import Desk


def my_views(desk: Desk) -> tuple[Section, ...]:
    """The views that somebody finds, the own ones first; none for a visitor by share link."""
    viewer = viewer_of(desk.request)
    if viewer.is_visitor:
        return ()
    seen = sorted(SavedView.seen_by(viewer.person), key=lambda each: each.owner != viewer.person)
    links = tuple(
        Link(each.name if each.owner == viewer.person else f"{each.name} ({each.owner})", each.page)
        for each in seen
    )
    hint = "Save what you look at: “Export”, then “Save this view”."
    words = Words("views-list", sentences=() if links else (hint,), links=links)
    return (Section("views", "Saved views", (words,)),)


def views_with(request: HttpRequest, kpi: str) -> list[SavedView]:
    """The views that somebody finds whose address names a KPI."""
    viewer = viewer_of(request)
    if viewer.is_visitor:
        return []
    named = SavedView.seen_by(viewer.person).filter(page__contains=f"kpi={kpi}")
    return [each for each in named if kpi in _kpis(each.page)]


def _kpis(page: str) -> list[str]:
    return parse_qs(urlsplit(page).query).get("kpi", [])
