"""Where rows come from: the prefix that keeps one system's ids apart from another's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foresail.load.names import literal
from foresail.model import Column, Table, Type

IDS_ONLY_WHERE = {
    ("quota", "owner_id"): ("owner_kind", "rep"),
    ("opportunity_change", "old_value"): ("field", "owner_id"),
    ("opportunity_change", "new_value"): ("field", "owner_id"),
}


def with_origin(
    table: Table, column: Column, values: Mapping[str, str], origin: str, known: Iterable[str]
) -> str:
    """The SQL of a column's value with the origin in front of ids; `values` holds that of each.

    An id that already carries the prefix of a known origin keeps it.
    """
    value = values[column.name]
    condition = IDS_ONLY_WHERE.get((table.name, column.name))
    is_id = column.type is Type.ID and column.refers_to
    if not origin or not (is_id or condition):
        return value
    prefixes = sorted({*known, origin})
    has_prefix = " or ".join(f"starts_with({value}, {literal(each + ':')})" for each in prefixes)
    only = ""
    if condition:
        decisive = values.get(condition[0], "null")
        only = f"when {decisive} is distinct from {literal(condition[1])} then {value} "
    return (
        f"case {only}when {has_prefix} then {value} "
        f"when {value} is not null then {literal(origin + ':')} || {value} end"
    )
