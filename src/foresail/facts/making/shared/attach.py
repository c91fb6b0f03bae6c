"""Adding columns of another table to a table, a row for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Conditions = Callable[[Any, Any], list[Any]]


def attach(
    table: Any,
    other: Any,
    equal: Mapping[str, str],
    columns: Mapping[str, str],
    conditions: Conditions | None = None,
) -> Any:
    """The table with columns of `other`, unknown where no row matches.

    `equal` pairs a column of the table with one of the other; `columns` names what is added and
    where it comes from; `conditions` gives further ones for (table, other). The caller sees to it
    that at most one row matches.
    """
    other = other.view()
    pairs = [table[left] == other[right] for left, right in equal.items()]
    further = conditions(table, other) if conditions else []
    kept = {name: table[name] for name in table.columns if name not in columns}
    added = {name: other[column] for name, column in columns.items()}
    return table.left_join(other, pairs + further).select(**kept, **added)
