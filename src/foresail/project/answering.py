"""From the query's result to the answer: names, intervals, changes, order."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from foresail.core.anchors import Count, Distinct
from foresail.core.dimensions import WEEKDAY, Dimension
from foresail.core.errors import QuestionError, nearest
from foresail.core.formulas import (
    balance,
    inner,
    is_counted,
    is_share,
    kpis_inside,
    parts_of_value,
    ratio,
)
from foresail.core.kpis import KPI, Unit
from foresail.core.measures import Clock, Constant, Formula, Measure, Term, walk
from foresail.core.units import unit_of
from foresail.engine.columns import WITHHELD, Column
from foresail.engine.question import Question
from foresail.engine.windows import BEFORE, NOW
from foresail.project.order import NOWHERE, Places, ranks
from foresail.project.results import ColumnInfo
from foresail.stats.intervals import difference_interval, wilson_interval
from foresail.warehouse.settings import WEEKDAYS

NO_DAY = 2**31 - 1
"""Stands for no day where days are ordered: it comes last."""

COUNTABLE = (Unit.COUNT, Unit.MONEY, Unit.MONEY_PER_DAY)


class Sheet:
    """An answer's columns while they are put together, in order."""

    def __init__(self) -> None:
        self.arrays: dict[str, Any] = {}
        self.infos: list[ColumnInfo] = []

    def add(self, info: ColumnInfo, array: Any) -> None:
        """Add a column."""
        self.arrays[info.name] = array
        self.infos.append(info)

    def table(self) -> pa.Table:
        """The columns as a table."""
        return pa.table(self.arrays)


def sheet_of(
    result: pa.Table,
    columns: tuple[Column, ...],
    question: Question,
    has_grain: bool,
    names: Mapping[str, Mapping[str, str]],
    places: Places = NOWHERE,
) -> Sheet:
    """The result of a query as the answer's columns, ordered by period and slice."""
    by = question.by
    result = in_order(result, by, names, places)
    sheet = Sheet()
    if has_grain:
        sheet.add(ColumnInfo("period", "Period", "period"), result["label"])
    for each in by:
        _add_dimension(sheet, result, each, names)
    for kpi in question.kpis:
        found = [column for column in columns if column.kpi == kpi.id]
        if found:
            _add_kpi(sheet, result, kpi, found)
    return sheet


def in_order(
    result: pa.Table,
    by: tuple[Dimension, ...],
    names: Mapping[str, Mapping[str, str]],
    places: Places = NOWHERE,
) -> pa.Table:
    """The rows ordered as people read them: by period, then slice by slice."""
    days = result["label"].cast(pa.int32()).fill_null(NO_DAY).to_numpy()
    slices = [ranks(each, result, names.get(each.names, {}), places) for each in by]
    return result.take(pa.array(np.lexsort([*reversed(slices), days]), pa.int64()))


def _add_dimension(
    sheet: Sheet,
    result: pa.Table,
    dimension: Dimension,
    names: Mapping[str, Mapping[str, str]],
) -> None:
    values = result[dimension.id]
    if dimension is WEEKDAY:
        days = [None if day is None else WEEKDAYS[day - 1] for day in values.to_pylist()]
        values = pa.array(days, pa.string())
    info = ColumnInfo(dimension.id, dimension.label, "dimension", dimension=dimension.id)
    if not dimension.names:
        sheet.add(info, values)
        return
    known = names.get(dimension.names, {})
    ids = values.combine_chunks().dictionary_encode()
    named = pa.array([known.get(key, key) for key in ids.dictionary.to_pylist()], pa.string())
    sheet.add(info, named.take(ids.indices))
    label = f"{dimension.label} id"
    sheet.add(ColumnInfo(f"{dimension.id}_id", label, "id", dimension=dimension.id), values)


def joint(kpi: KPI) -> str:
    """The word between the numerator and the denominator of a KPI; empty where it has none.

    A growth holds its parts against each other; what is no share gives the one for the other.
    """
    if ratio(kpi) is None:
        return ""
    whole = inner(kpi)
    if isinstance(whole, Formula) and whole.apply in (operator.add, operator.sub):
        return "against"
    return "of" if kpi.unit in (Unit.PERCENT, Unit.POINTS) else "for"


def _add_kpi(sheet: Sheet, result: pa.Table, kpi: KPI, columns: list[Column]) -> None:
    unit = kpi.unit.value
    now = {each.part: result[each.name] for each in columns if each.series == NOW}
    before = {each.part: result[each.name] for each in columns if each.series == BEFORE}

    def info(part: str, label: str, of: str) -> ColumnInfo:
        better = kpi.better.value if part == "" else ""
        name = f"{kpi.id}.{part}" if part else kpi.id
        kind = "part" if part else "value"
        return ColumnInfo(name, label, kind, of, better, kpi.id, joint="" if part else joint(kpi))

    now.pop(WITHHELD, None)
    sheet.add(info("", kpi.label, unit), _typed(now.pop("value"), kpi))
    target, pace = now.pop("target", None), now.pop("pace", None)
    terms = {**{each.id: each for each in kpis_inside(kpi)}, **parts_of_value(kpi)}
    for part, array in now.items():
        if part in ("n", "left_out") or (part in terms and _is_whole(terms[part])):
            array = array.cast(pa.int64(), safe=False)
        if part == "not_reached":
            array = pc.greater(array, 0.0)
        sheet.add(info(part, part.replace("_", " "), unit_of(part, kpi)), array)
    if is_share(kpi) and is_counted(inner(kpi)):
        _add_interval(sheet, now, info, unit)
    elif sides := balance(kpi):
        _add_balance_interval(sheet, now, sides, info, kpi.unit)
    if target is not None:
        sheet.add(info("target", "target", unit), target)
        sheet.add(info("pace", "pace", "share"), pace)
    if before:
        _add_change(sheet, kpi, before["value"], info)


def _add_interval(sheet: Sheet, parts: Mapping[str, Any], info: Any, unit: str) -> None:
    won = parts["numerator"].to_numpy()
    closed = parts["denominator"].to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        interval = wilson_interval(won, closed)
    sheet.add(info("low", "low", unit), pa.array(interval.low, from_pandas=True))
    sheet.add(info("high", "high", unit), pa.array(interval.high, from_pandas=True))


def _add_balance_interval(
    sheet: Sheet, parts: Mapping[str, Any], sides: tuple[str, str], info: Any, unit: Unit
) -> None:
    added, taken = (parts[name].to_numpy() for name in sides)
    with np.errstate(invalid="ignore", divide="ignore"):
        interval = difference_interval(added, taken, parts["denominator"].to_numpy())
    scale = 100 if unit is Unit.POINTS else 1
    sheet.add(info("low", "low", unit.value), pa.array(interval.low * scale, from_pandas=True))
    sheet.add(info("high", "high", unit.value), pa.array(interval.high * scale, from_pandas=True))


def _add_change(sheet: Sheet, kpi: KPI, before: Any, info: Any) -> None:
    value = sheet.arrays[kpi.id].cast(pa.float64())
    change = pc.subtract(value, before)
    sheet.add(info("before", "before", kpi.unit.value), _typed(before, kpi))
    sheet.add(info("change", "change", kpi.unit.value), _typed(change, kpi))
    if kpi.unit in COUNTABLE:
        nonzero = pc.if_else(pc.equal(before, 0.0), pa.scalar(None, pa.float64()), before)
        sheet.add(info("change_share", "change in %", "share"), pc.divide(change, nonzero))


def _typed(array: Any, kpi: KPI) -> Any:
    return array.cast(pa.int64(), safe=False) if _is_whole(kpi) else array


def _is_whole(term: Term) -> bool:
    """Whether a term is a whole number of things."""
    if isinstance(term, KPI):
        return term.unit is Unit.COUNT and _is_whole(term.formula)
    if any(isinstance(each, Clock | Constant) for each in walk(term)):
        return False
    return all(
        isinstance(each.value, Count | Distinct) for each in walk(term) if isinstance(each, Measure)
    )


def ordered(table: pa.Table, order: str | None, limit: int | None) -> pa.Table:
    """The rows by a column, descending with a minus before its name; unknown comes last.

    Errors: `QuestionError` when there is no such column.
    """
    if order:
        name = order.removeprefix("-")
        if name not in table.column_names:
            hint = nearest(name, table.column_names)
            raise QuestionError(
                f"The answer has no column {name} to order by.{hint} "
                f"Its columns are: {', '.join(table.column_names)}."
            )
        values = table[name].to_pylist()
        known = [number for number, value in enumerate(values) if value is not None]
        known.sort(key=values.__getitem__, reverse=order.startswith("-"))
        unknown = [number for number, value in enumerate(values) if value is None]
        table = table.take(pa.array(known + unknown, pa.int64()))
    if limit is not None:
        if limit < 0:
            raise QuestionError(f"{limit} rows cannot be shown. Ask for a limit of 0 or more.")
        table = table.slice(0, limit)
    return table
