"""The controls above a page: period, comparison, teams, further filters, its own choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foresail.core.errors import QuestionError
from foresail.web.question import COMPARISONS, PERIODS
from foresail.web.sheets.blocks import Sheet
from foresail.web.sheets.desk import Desk


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
        "comparisons": COMPARISONS,
        "teams": teams(desk) if "team" in sheet.controls else [],
        "filters": [
            Filter(
                f"{dimension.replace('_', ' ')} {value}",
                f"{dimension}:{value}",
                desk.url(where=tuple(each for each in question.where if each != pair)),
            )
            for pair in question.where
            for dimension, value in [pair]
            if dimension != "team" or "team" not in sheet.controls
        ],
    }


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
