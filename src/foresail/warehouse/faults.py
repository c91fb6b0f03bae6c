"""What is wrong with a setting, as a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import ValidationError

from foresail.core.errors import nearest


def explained(
    error: ValidationError, values: Mapping[str, Any], known: Mapping[str, Collection[str]]
) -> str:
    """The first fault, a wrong name before all others: what is in the way, and what to write.

    `known` holds the settings of each section, those outside of any under the empty name.
    """
    found = error.errors()
    first = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
    steps = list(first["loc"])
    last = str(steps[-1])
    if first["type"] == "missing":
        return f"{_place(steps[:-1], values)}: {last} is missing."
    if first["type"] != "extra_forbidden":
        return f"{_place(steps, values)}: {first['msg'].removeprefix('Value error, ')}."
    if last in known[""]:
        advice = f" Write {last} above the first section."
    else:
        advice = nearest(last, known[_section(steps)])
    return f"{_place(steps[:-1], values)}: there is no setting {last}.{advice}"


def _section(steps: list[Any]) -> str:
    """The name of the form that a setting stands in."""
    return "benchmarks" if "benchmark" in steps else str(steps[0])


def _place(steps: list[Any], values: Mapping[str, Any]) -> str:
    """The setting's name; of an own KPI, its id in place of its number."""
    named = [str(step) for step in steps]
    if len(steps) > 1 and steps[0] == "kpi" and isinstance(steps[1], int):
        written = values.get("kpi", [])
        own = written[steps[1]] if steps[1] < len(written) else None
        number = f"number {steps[1] + 1}"
        named[:2] = [f"kpi {own.get('id', number) if isinstance(own, Mapping) else number}"]
    return ".".join(named)
