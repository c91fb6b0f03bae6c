"""What stands beside a value in the terminal: its fraction, interval, number of cases, change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from foresail.project.show import formats
from foresail.project.show.layout import Cell

if TYPE_CHECKING:
    from foresail.project.results import Answer, ColumnInfo

Row = Mapping[str, Any]
NOTHING = Cell("")
UNKNOWN = Cell(formats.UNKNOWN, "dim")
JOINED = ("numerator", "denominator", "low", "high", "before", "change", "change_share", "n")
PART_NAMES = {"p90": "90 % within", "not_reached": "not reached"}


def value_cell(found: Any, unit: str) -> Cell:
    """A value by its unit; unknown is a faint dash."""
    return UNKNOWN if found is None else Cell(formats.value(found, unit))


def details_of(answer: Answer, info: ColumnInfo) -> dict[str, Callable[[Row], Cell]]:
    """What stands beside a value: a header each, and how a row's cell is made."""
    parts = _named_parts(answer, info)
    found: dict[str, Callable[[Row], Cell]] = {}
    if "numerator" in parts and "denominator" in parts:
        found["of"] = lambda row: _fraction(row, info)
    if "low" in parts and "high" in parts:
        found["95 % range"] = lambda row: _interval(row, info)
    if "n" in parts:
        found["n"] = lambda row: value_cell(row.get(f"{info.name}.n"), "count")
    for name, part in parts.items():
        if name not in JOINED:
            found[part_name(name)] = _plain(part)
    if "before" in parts:
        found["before"] = lambda row: value_cell(row.get(f"{info.name}.before"), info.unit)
    if "change" in parts:
        found["change"] = lambda row: change(row, info)
    return found


def _named_parts(answer: Answer, info: ColumnInfo) -> dict[str, ColumnInfo]:
    """The columns that belong to a value, by the last part of their name."""
    return {
        each.name.removeprefix(f"{info.name}."): each
        for each in answer.columns
        if each.kind == "part" and each.name.startswith(f"{info.name}.")
    }


def part_name(name: str) -> str:
    """The header of a detail."""
    return PART_NAMES.get(name, name.replace("_", " "))


def _plain(part: ColumnInfo) -> Callable[[Row], Cell]:
    return lambda row: value_cell(row.get(part.name), part.unit)


def _fraction(row: Row, info: ColumnInfo) -> Cell:
    """Numerator and denominator: 71/104."""
    above, below = (row.get(f"{info.name}.{part}") for part in ("numerator", "denominator"))
    if above is None and below is None:
        return NOTHING
    return Cell(f"{formats.value(above, 'money')}/{formats.value(below, 'money')}")


def _interval(row: Row, info: ColumnInfo) -> Cell:
    """The range a share or score can be trusted to: 59–76 %, or −12 to 20."""
    low, high = (row.get(f"{info.name}.{part}") for part in ("low", "high"))
    if low is None or high is None:
        return NOTHING
    if info.unit == "points":
        return Cell(" to ".join(formats.number(each) for each in (low, high)))
    decimals = 1 if high - low < 0.05 else 0
    return Cell("–".join(formats.number(each * 100, decimals) for each in (low, high)) + " %")


def change(row: Row, info: ColumnInfo) -> Cell:
    """The change with its sign and an arrow; green or red only where a direction is good.

    Counts and money change by a share of what was before, the rest by their own unit.
    """
    difference = row.get(f"{info.name}.change")
    if difference is None:
        return UNKNOWN
    relative = row.get(f"{info.name}.change_share")
    text = formats.signed(difference, info.unit) if relative is None else _relative(relative)
    if not difference:
        return Cell(f"= {text}")
    good = {"higher": difference > 0, "lower": difference < 0}.get(info.better)
    style = "" if good is None else "green" if good else "red"
    return Cell(f"{'▲' if difference > 0 else '▼'} {text}", style)


def _relative(share: float) -> str:
    sign = "+" if share > 0 else ""
    return f"{sign}{formats.number(share * 100, 1 if abs(share) < 10 else 0)} %"
