"""One number of an answer with all that travels with it: its sample, its range, its change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.project.results import ColumnInfo


@dataclass(frozen=True)
class Part:
    """A number that travels with another, such as the numerator of a share."""

    value: Any
    unit: str


@dataclass(frozen=True)
class Number:
    """A KPI's value for one row. `tone` says whether its change is "good", "bad" or neither.

    `joint` is the word between its numerator and its denominator.
    """

    label: str
    unit: str
    value: Any
    parts: Mapping[str, Part]
    tone: str
    joint: str = "of"

    @property
    def unknown_as(self) -> str:
        """Why it is unknown, where its parts tell: there is nothing that it could be counted on."""
        if self.value is not None:
            return ""
        base = self.parts.get("denominator") or self.parts.get("n")
        if base is None or base.value != 0:
            return ""
        return "no cases" if base.unit == "count" else "nothing to compare with"


def number(row: Mapping[str, Any], columns: Sequence[ColumnInfo], kpi: str) -> Number:
    """The number of one KPI in a row of an answer, or in its totals."""
    column = next(each for each in columns if each.name == kpi)
    parts = {
        each.name.removeprefix(f"{kpi}."): Part(row.get(each.name), each.unit or "count")
        for each in columns
        if each.name.startswith(f"{kpi}.")
    }
    changed = parts["change"].value if "change" in parts else None
    return Number(
        label=column.label,
        unit=column.unit,
        value=row.get(kpi),
        parts=parts,
        tone=tone(changed, column.better),
        joint=column.joint or "of",
    )


def tone(change: Any, better: str) -> str:
    """Whether a change is for the better: "good", "bad", or empty where there is no telling.

    >>> tone(3, "higher"), tone(3, "lower"), tone(0, "higher"), tone(None, "higher")
    ('good', 'bad', '', '')
    """
    if not change or better not in ("higher", "lower"):
        return ""
    return "good" if (change > 0) == (better == "higher") else "bad"
