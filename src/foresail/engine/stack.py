"""Tables on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis


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


def aligned(stack: Sequence[Any], keys: Sequence[str]) -> Any:
    """Tables on top of each other, each with every key and part, unknown where it has none.

    All columns besides the keys are parts; they are numbers.
    """
    parts = dict.fromkeys(name for table in stack for name in table.columns if name not in keys)
    kinds = {
        key: table[key].type()
        for table in reversed(stack)
        for key in keys
        if key in table.columns and not table[key].type().is_null()
    }
    return stacked(
        [
            table.select(
                **{key: table[key].cast(kinds.get(key, "string")) for key in keys},
                **{
                    part: table[part] if part in table.columns else ibis.null("float64")
                    for part in parts
                },
            )
            for table in stack
        ]
    )
