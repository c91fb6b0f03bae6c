"""Lists of records as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from foresail.core.errors import QuestionError, nearest
from foresail.engine.cut import Cut
from foresail.project.results import ColumnInfo

NAMING_REPS = frozenset({"rep", "rep_id", "answered_by", "manager", "manager_id"})


OTHERS = {"attempt_rep": "owner"}
"""What a second rep of a record is called: the first is its `rep`."""


def named(table: Any, names: Mapping[str, str]) -> Any:
    """Records with reps' names beside their ids: `owner_rep` becomes `rep`, `rep_id`."""
    columns = {
        name: pa.array([names.get(each, each) for each in table[key].to_pylist()], pa.string())
        if _is_name(name, key)
        else table[key]
        for name, key in _called(table.column_names).items()
    }
    return pa.table(columns) if columns else table


def record_column(name: str, unit: str) -> ColumnInfo:
    """What a column of records holds; its value is in some unit."""
    label = name.replace("_", " ").capitalize()
    if name == "value":
        return ColumnInfo(name, label, "value", unit)
    return ColumnInfo(name, label, "id" if name.endswith("_id") else "dimension")


def cut_of(
    columns: Sequence[str],
    order: str | None,
    limit: int | None,
    offset: int,
    names: Mapping[str, str] | None,
) -> Cut:
    """Which rows are asked for, by the columns that people read; without names none tell of reps.

    Errors: `QuestionError` when there is no such column, or no such number of rows.
    """
    for number, what in ((limit, "a limit"), (offset, "an offset")):
        if number is not None and number < 0:
            raise QuestionError(f"{number} rows cannot be shown. Ask for {what} of 0 or more.")
    if not order:
        return Cut(limit=limit, offset=offset)
    name = order.removeprefix("-")
    keys = _keys(columns, has_names=names is not None)
    if name not in keys:
        raise QuestionError(
            f"The answer has no column {name} to order by.{nearest(name, keys)} "
            f"Its columns are: {', '.join(keys)}."
        )
    called = names if _is_name(name, keys[name]) else None
    return Cut(keys[name], order.startswith("-"), limit, offset, called or {})


def _keys(columns: Sequence[str], *, has_names: bool) -> dict[str, str]:
    """The columns as people read them, each with the query's own that it comes from."""
    keys = _called(columns)
    return keys if has_names else {name: key for name, key in keys.items() if not _names_reps(key)}


def _called(columns: Iterable[str]) -> dict[str, str]:
    """What people call the columns of a query, each with its own name there; a rep has two."""
    keys: dict[str, str] = {}
    for each in columns:
        if each.endswith("_rep"):
            name = OTHERS.get(each, "rep") if "rep" in keys else "rep"
            keys |= {name: each, f"{name}_id": each}
        elif each != "rep":
            keys[each] = each
    return keys


def _is_name(name: str, key: str) -> bool:
    """Whether a column names the rep whose id the query holds."""
    return key.endswith("_rep") and not name.endswith("_id")


def _names_reps(column: str) -> bool:
    return column in NAMING_REPS or column.endswith("_rep")


def nameless(table: pa.Table) -> pa.Table:
    """Records without the columns that say whose they are."""
    return table.drop_columns([each for each in table.column_names if _names_reps(each)])
