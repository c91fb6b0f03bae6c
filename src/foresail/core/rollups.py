"""Sums of a fact's rows that are made beforehand, by day and month and by who is credited."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from foresail.core.anchors import Aggregate, At, Count, Mean, On, Sum
from foresail.core.dimensions import Credit, Dimension
from foresail.core.errors import DefinitionError
from foresail.core.expressions import Context
from foresail.core.measures import Measure
from foresail.core.slices import DimensionValue

ROWS, VALUE, KNOWN = "", "value", "known"
DELETED = "deleted_at"
IS_MONTH = "is_month"
NOTHING: Context = {}


@dataclass(frozen=True, eq=False)
class Rollup:
    """The rows of a fact summed by local day of an anchor, and by the credited rep's columns.

    The days of a month are summed once more: where `is_month`, a row under the first day of a month
    stands for all of it.

    For each of its measures the `table` holds how many rows it counts and, where it adds up a
    value, the sum of the known ones and how many are known. A rollup holds measures whose
    conditions look at the row alone: at no setting and at nothing of the question. Rows without
    a date are not in it. Rows that were deleted stand apart, by the instant: few ever are.

    Several rows may stand for one day and credit, some with numbers below zero: what changed since
    the rollup was made is added to it. What it says is their sum.
    """

    table: str
    at: At | On
    credit: Credit
    measures: tuple[Measure, ...]

    def __post_init__(self) -> None:
        for each in self.measures:
            if not _is_additive(each.value) or each.per or each.later:
                raise DefinitionError(f"{self.table} cannot sum {each} beforehand.")

    @property
    def keys(self) -> tuple[str, ...]:
        """What a row is of: the day, whom it is credited to, the instant of deletion."""
        credited = [self.credit.column(each) for each in self.credit.carries]
        has_deletion = any(each.fact.has_deletion for each in self.measures)
        return (IS_MONTH, self.at.on, *credited, *([DELETED] if has_deletion else []))

    def held(self, measure: Measure) -> Measure | None:
        """The measure whose sums answer another one; None where none does."""
        if measure.at != self.at or measure.per or measure.later:
            return None
        return next((each for each in self.measures if _answers(each, measure)), None)

    def keeps(self, dimension: Dimension) -> bool:
        """Whether its rows can be told apart by a dimension."""
        if dimension.of_rep and dimension not in self.credit.carries:
            return False
        return bool(DimensionValue(dimension, self.at, self.credit).columns() & {*self.keys})

    def numbers(self, table: Any, measure: Measure) -> Mapping[str, Any]:
        """What one row of the fact adds to the columns of a measure."""
        import ibis  # here, since declarations are imported without it

        counts = ibis.literal(True)
        if measure.where is not None:
            counts = measure.where.resolve(table, NOTHING).fill_null(False)
        found = {column(measure): counts.cast("int64")}
        if measure.value.value is not None:
            value = measure.value.value.resolve(table, NOTHING)
            found[column(measure, VALUE)] = counts.ifelse(value, None)
            found[column(measure, KNOWN)] = (counts & value.notnull()).cast("int64")
        return found

    def made_of(self, table: Any) -> Any:
        """The query for its rows from rows of the fact."""
        table = table.filter(table[self.at.on].notnull())
        numbers = {
            name: one for each in self.measures for name, one in self.numbers(table, each).items()
        }
        kept = [name for name in self.keys if name != IS_MONTH]
        rows = table.select(*kept, **numbers).mutate(**{IS_MONTH: False})
        days = self._summed(rows)
        months = days.mutate(**{IS_MONTH: True, self.at.on: first_of_month(days[self.at.on])})
        return days.union(self._summed(months))

    def _summed(self, rows: Any) -> Any:
        """Rows of the same keys as one; none where no measure counts anything."""
        numbers = [name for name in rows.columns if name not in self.keys]
        sums = rows.group_by(self.keys).agg(
            **{name: rows[name].sum().cast(rows[name].type()) for name in numbers}
        )
        return sums.filter(
            reduce(operator.or_, (sums[column(each)] != 0 for each in self.measures))
        )


def first_of_month(day: Any) -> Any:
    """The first day of a day's month."""
    return (day.cast("timestamp") - (day.day() - 1).as_interval("D")).date()


def column(measure: Measure, part: str = ROWS) -> str:
    """The column of a rollup with the rows that a measure counts, or a part of its value."""
    return f"{measure.name}_{part}" if part else measure.name


def _answers(held: Measure, measure: Measure) -> bool:
    """Whether the sums of one measure are those of another as well."""
    if repr(held.where) != repr(measure.where) or held.fact is not measure.fact:
        return False
    if isinstance(measure.value, Count):
        return True
    return _is_additive(measure.value) and repr(held.value.value) == repr(measure.value.value)


def _is_additive(value: Aggregate) -> bool:
    """Whether sums of sums make the number; amounts in other currencies have another rate each
    day.
    """
    return isinstance(value, Count | Mean) or (isinstance(value, Sum) and not value.currency)
