"""Names as people give them: one, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Names = str | Sequence[str]


def listed(names: Names) -> tuple[str, ...]:
    """One name or several as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)


def lists(where: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    """Filters with one value or several, as tuples."""
    return {name: listed(values) for name, values in (where or {}).items()}
