"""The values that a question filters by, as a small table that a query joins.

So one plan answers for all teams, and an engine need not plan anew for another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from foresail.engine.question import Filter

VALUE_TABLE = "asked_value"
VALUES = pa.schema([("dimension", pa.string()), ("value", pa.string())])


def wanted(where: Iterable[Filter]) -> dict[str, pa.Table]:
    """The table of the values that some filters name; none where they name none."""
    rows = [
        {"dimension": each.dimension.id, "value": value}
        for each in where
        for value in dict.fromkeys(each.known)
    ]
    return {VALUE_TABLE: pa.Table.from_pylist(rows, VALUES)} if rows else {}


def kept(table: Any, value: Any, filter: Filter) -> Any:
    """The rows of which a value is wanted by a filter."""
    if not filter.known:
        return table.filter(value.isnull())
    found = value.cast("string").isin(_values(filter).value)
    return table.filter(found | value.isnull() if filter.has_without else found)


def marked(table: Any, name: str, value: Any, filter: Filter) -> Any:
    """All rows, with a column of that name: whether a value is wanted by a filter."""
    is_without = value.isnull() if filter.has_without or not filter.known else False
    if not filter.known:
        return table.mutate(**{name: is_without})
    values = _values(filter).select(wanted_value="value")
    joined = table.left_join(values, value.cast("string") == values.wanted_value)
    is_wanted = joined.wanted_value.notnull() | is_without
    return joined.mutate(**{name: is_wanted}).drop("wanted_value")


def _values(filter: Filter) -> Any:
    import ibis

    values = ibis.table(ibis.Schema.from_pyarrow(VALUES), name=VALUE_TABLE)
    return values.filter(values.dimension == filter.dimension.id)
