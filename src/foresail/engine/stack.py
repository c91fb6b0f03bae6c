"""Tables on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def stacked(tables: Sequence[Any]) -> Any:
    """All rows of tables with the same columns, as a shallow tree of unions.

    One union after the other would nest as deep as there are tables, and what writes the SQL
    recurses into that.
    """
    level = list(tables)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        rest = level[-1:] if len(level) % 2 else []
        level = [left.union(right) for left, right in pairs] + rest
    return level[0]
