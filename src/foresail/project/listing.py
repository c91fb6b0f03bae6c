"""Lists of records as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from foresail.project.results import ColumnInfo

NAMING_REPS = frozenset({"rep", "rep_id", "answered_by", "manager", "manager_id"})


def named(table: Any, names: Mapping[str, str]) -> Any:
    """Records with reps' names beside their ids: `owner_rep` becomes `owner`, `owner_id`."""
    columns: dict[str, Any] = {}
    for name in table.column_names:
        if name.endswith("_rep"):
            ids = table[name].to_pylist()
            columns["rep"] = pa.array([names.get(each, each) for each in ids], pa.string())
            columns["rep_id"] = table[name]
        elif name != "rep":
            columns[name] = table[name]
    return pa.table(columns) if columns else table


def record_column(name: str, unit: str) -> ColumnInfo:
    """What a column of records holds; its value is in some unit."""
    label = name.replace("_", " ").capitalize()
    if name == "value":
        return ColumnInfo(name, label, "value", unit)
    return ColumnInfo(name, label, "id" if name.endswith("_id") else "dimension")


def nameless(table: pa.Table) -> pa.Table:
    """Records without the columns that say whose they are."""
    naming = [name for name in table.column_names if name in NAMING_REPS or name.endswith("_rep")]
    return table.drop_columns(naming)
