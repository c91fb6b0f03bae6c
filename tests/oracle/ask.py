"""The same question put to the lists of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle import (
    cohorts,
    collateral,
    costs,
    customers,
    delays,
    efforts,
    expecting,
    key_accounts,
    leads,
    lifetime,
    mails,
    market,
    meetings,
    persistence,
    qualification,
    ramping,
    reach,
    response,
    retention,
    revenue,
    social,
    staff,
    stages,
    surveys,
    using,
    visitors,
    winning,
)
from tests.oracle.calendar import Window
from tests.oracle.records import World
from tests.oracle.view import Kpi, Line, View

KPIS: dict[str, Kpi] = {
    **efforts.KPIS,
    **reach.KPIS,
    **meetings.KPIS,
    **response.KPIS,
    **delays.KPIS,
    **persistence.KPIS,
    **leads.KPIS,
    **cohorts.KPIS,
    **qualification.KPIS,
    **visitors.KPIS,
    **stages.KPIS,
    **winning.KPIS,
    **revenue.KPIS,
    **mails.KPIS,
    **collateral.KPIS,
    **social.KPIS,
    **key_accounts.KPIS,
    **costs.KPIS,
    **customers.KPIS,
    **retention.KPIS,
    **lifetime.KPIS,
    **using.KPIS,
    **surveys.KPIS,
    **market.KPIS,
    **expecting.KPIS,
    **staff.KPIS,
    **ramping.KPIS,
}
Key = tuple[Any, ...]


def ask(
    world: World,
    kpi: str,
    by: Sequence[str],
    windows: Sequence[Window],
    as_of: dt.datetime,
    where: Mapping[str, Sequence[Any]] | None = None,
) -> dict[Key, Any]:
    """The value of every slice that has records; `empty` is the value of the others."""
    found: dict[Key, Any] = {}
    for window in windows:
        view = View(world, as_of, window, frozenset({*by, *(where or {})}))
        for key, value in _slices(KPIS[kpi], view, by, where or {}).items():
            found[(window.label, *key)] = value
    return found


def empty(kpi: str, window: Window, as_of: dt.datetime, world: World) -> Any:
    """The value of a slice without records: 0 for counts and sums, nothing for the rest."""
    if not View(world, as_of, window).is_known:
        return None
    return KPIS[kpi].fold(*([] for _ in KPIS[kpi].parts))


def _slices(
    kpi: Kpi, view: View, by: Sequence[str], where: Mapping[str, Sequence[Any]]
) -> dict[Key, Any]:
    if not view.is_known:
        return {}
    parts = [[line for line in part(view) if _fits(line, where)] for part in kpi.parts]
    keys = {_key(line, by) for part in parts for line in part}
    return {
        key: kpi.fold(*([line for line in part if _key(line, by) == key] for part in parts))
        for key in keys
    }


def _fits(line: Line, where: Mapping[str, Sequence[Any]]) -> bool:
    return all(line.slice.get(name) in values for name, values in where.items())


def _key(line: Line, by: Sequence[str]) -> Key:
    return tuple(line.slice.get(name) for name in by)
