"""Questions about a few rows, put to the oracle and to the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.oracle import engine
from tests.oracle.ask import KPIS
from tests.oracle.calendar import Window, add_months, as_of_instant
from tests.oracle.records import Settings, read
from tests.oracle.view import View

Rows = Sequence[Mapping[str, Any]]
DAY = 86_400
STAGES = [
    {"stage": "meet", "position": 1, "kind": "open"},
    {"stage": "offer", "position": 2, "kind": "open"},
    {"stage": "review", "position": 3, "kind": "open"},
    {"stage": "won", "position": 4, "kind": "won"},
    {"stage": "lost", "position": 5, "kind": "lost"},
]


def march(as_of: str = "2026-03-31", settings: Settings | None = None, **rows: Rows) -> View:
    """A few rows, looked at as of the end of a day, through March 2026."""
    first = dt.date(2026, 3, 1)
    decided = settings or Settings()
    window = Window(first, add_months(first, 1), first, "month")
    world = read(decided, rows)
    engine.remember(world, decided, rows)
    return View(world, as_of_instant(as_of, decided), window)


def ever(view: View) -> View:
    """The same through the period `all`."""
    first = dt.date(2025, 1, 1)
    return replace(view, window=Window(first, dt.date(2027, 1, 1), first, is_all=True))


def in_month(view: View, month: int) -> View:
    """The same through another month of 2026."""
    first = dt.date(2026, month, 1)
    return replace(view, window=Window(first, add_months(first, 1), first, "month"))


def as_of(view: View, text: str) -> View:
    """The same as of another instant."""
    return replace(view, as_of=as_of_instant(text, view.world.settings))


def value(kpi: str, view: View, **where: Any) -> Any:
    """The KPI's number, of the slice that is named; engine and oracle must agree on it."""
    found = KPIS[kpi]
    parts = [
        [line for line in part(view) if where.items() <= line.slice.items()] for part in found.parts
    ]
    wanted = found.fold(*parts)
    given = engine.figure(kpi, view, where)
    if given is not engine.NOT_ANSWERABLE:
        assert same(given, wanted), f"{kpi} {where}: the engine says {given}, the oracle {wanted}"
    return wanted


def same(given: Any, wanted: Any) -> bool:
    """Equal but for rounding; nothing equals nothing."""
    if given is None or wanted is None:
        return given is None and wanted is None
    return abs(float(given) - float(wanted)) <= max(1e-6, 1e-9 * abs(float(wanted)))


def by(kpi: str, view: View, dimension: str) -> dict[Any, Any]:
    """The KPI's number for every slice of a dimension that has records."""
    found = KPIS[kpi]
    names = {line.slice[dimension] for part in found.parts for line in part(view)}
    return {name: value(kpi, view, **{dimension: name}) for name in names}


def deal(key: str, **values: Any) -> dict[str, Any]:
    """A deal of the first of March."""
    return {"opportunity_id": key, "owner_id": "ann", "created_at": "2026-03-01", **values}


def way(key: str, **entries: int) -> list[dict[str, Any]]:
    """The history of a deal in March, each stage with its day."""
    return [
        {"opportunity_id": key, "stage": stage, "entered_at": f"2026-03-{day:02}T12:00:00Z"}
        for stage, day in entries.items()
    ]


def back_to(key: str, stage: str, day: int) -> dict[str, Any]:
    """A row in which a deal enters a stage once more."""
    return way(key, **{stage: day})[0]


def of_one(history: list[dict[str, Any]], /, as_of: str = "2026-03-31", **values: Any) -> View:
    """March with one deal of this history."""
    settings = values.pop("settings", None)
    rows = [deal("oak", **values)]
    return march(as_of, settings, stage=STAGES, opportunity=rows, opportunity_stage=history)
