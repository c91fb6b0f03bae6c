"""What a page cannot show, as nothing is loaded for it: one line in place of empty numbers."""

from __future__ import annotations

from collections.abc import Iterable

from foresail.web.sheets.blocks import Section, Words
from foresail.web.sheets.desk import Desk


def lacking(desk: Desk, kpis: Iterable[str]) -> Section | None:
    """The KPIs that the data cannot answer, each with what to load; None where there is none."""
    missing = [desk.kpis[kpi] for kpi in kpis if kpi in desk.kpis and desk.kpis[kpi].missing]
    if not missing:
        return None
    named = "; ".join(f"{each.label} needs {', '.join(each.missing)}" for each in missing)
    words = Words("lacking-words", sentences=(f"Not shown until it is loaded: {named}.",))
    return Section("lacking", "", (words,))
