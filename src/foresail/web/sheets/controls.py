"""The controls above a page: period, comparison, teams, further filters, its own choices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from foresail.core.errors import QuestionError
from foresail.project.results import KpiInfo
from foresail.web.codes import said
from foresail.web.question import COMPARISONS, PERIODS
from foresail.web.sheets.blocks import Sheet
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import first_and_last


@dataclass(frozen=True)
class Filter:
    """A filter in force, and the address that lets go of it."""

    words: str
    pair: str
    url: str


def controls(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """What the form above the page offers, for its template."""
    question = desk.question
    own = () if question.period in dict(PERIODS) else ((question.period, question.period),)
    chosen = {each.name for each in sheet.choices}
    return {
        "question": question,
        "names": sheet.controls,
        "choices": sheet.choices,
        "kept": {name: value for name, value in desk.options.items() if name not in chosen},
        "periods": (*PERIODS, *own),
        "dates": _dates(desk),
        "comparisons": COMPARISONS,
        "dimensions": dimensions(desk, sheet) if "by" in sheet.controls else [],
        "themes": themes(desk) if "kpis" in sheet.controls else [],
        "kpis": sheet.kpis or question.kpis,
        "teams": teams(desk) if "team" in sheet.controls else [],
        "filters": [
            Filter(
                f"{dimension.replace('_', ' ')} {said(value)}",
                f"{dimension}:{value}",
                desk.url(where=tuple(each for each in question.where if each != pair)),
            )
            for pair in question.where
            for dimension, value in [pair]
            if dimension != "team" or "team" not in sheet.controls
        ],
    }


def _dates(desk: Desk) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that the fields begin with: those that are shown."""
    if desk.basis is not None:
        return first_and_last(desk.basis.period)
    return desk.question.start, desk.question.end


def dimensions(desk: Desk, sheet: Sheet) -> list[tuple[str, str]]:
    """What all chosen KPIs can be split by for whoever looks: name and label."""
    refused = desk.project.refused
    chosen = [desk.kpis[kpi] for kpi in sheet.kpis if kpi in desk.kpis]
    shared = [
        name
        for name in (chosen[0].dimensions if chosen else ())
        if name not in refused and all(name in kpi.dimensions for kpi in chosen)
    ]
    names = shared if desk.question.by in shared else [desk.question.by, *shared]
    return [(name, name.replace("_", " ").capitalize()) for name in names]


def themes(desk: Desk) -> list[tuple[str, list[KpiInfo]]]:
    """The catalogue by theme."""
    found = groupby(desk.kpis.values(), attrgetter("theme"))
    return [(theme, list(kpis)) for theme, kpis in found]


def teams(desk: Desk) -> list[tuple[str, bool]]:
    """The teams of everyone who sells in the period, each with whether the page keeps to it."""
    picked = desk.question.filters.get("team", [])
    found: set[str] = set()
    if desk.answerable(["active_reps"]):
        try:
            rows = desk.project.ask(
                "active_reps", by=("team",), **desk.question.but(where=(), of=None).slice
            ).rows
        except QuestionError:
            rows = []
        found = {row["team"] for row in rows if row["team"]}
    return [(team, team in picked) for team in sorted(found | set(picked))]
