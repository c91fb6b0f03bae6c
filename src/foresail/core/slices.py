"""A dimension's value for a row, and the condition that it is one of some values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foresail.core.anchors import Anchor, At, On
from foresail.core.dimensions import HOUR_OF_DAY, WEEKDAY, Credit, Dimension
from foresail.core.expressions import Context, Expression

NONE = "(none)"


@dataclass(frozen=True, eq=False, repr=False)
class DimensionValue(Expression):
    """A dimension of a row, by the credit and anchor of a measure.

    Where a fact holds it as of the anchor, in `<anchor>_<dimension>`, that is taken.
    """

    dimension: Dimension
    at: Anchor
    credit: Credit | None

    def resolve(self, table: Any, context: Context) -> Any:  # noqa: ARG002
        if self.dimension is WEEKDAY:
            assert isinstance(self.at, At | On)
            return (table[self.at.on].day_of_week.index() + 1).cast("int64")
        return table[next(name for name in self._choices() if name in table.columns)]

    def columns(self) -> frozenset[str]:
        return frozenset(self._choices())

    def _choices(self) -> tuple[str, ...]:
        """The columns that may hold it, the one to be preferred first."""
        if self.dimension.of_rep:
            assert isinstance(self.credit, Credit)
            return (self.credit.column(self.dimension),)
        if self.dimension is HOUR_OF_DAY:
            assert isinstance(self.at, At)
            return (self.at.hour,)
        if self.dimension is WEEKDAY:
            assert isinstance(self.at, At | On)
            return (self.at.on,)
        if isinstance(self.at, At):
            return (f"{self.at.name}_{self.dimension.id}", self.dimension.id)
        return (self.dimension.id,)

    def __repr__(self) -> str:
        return " or ".join(self._choices())


@dataclass(frozen=True, eq=False, repr=False)
class Slice(Expression):
    """Whether a dimension of the row has one of some values; None is "without"."""

    of: DimensionValue
    values: tuple[str | None, ...]

    def resolve(self, table: Any, context: Context) -> Any:
        return matches(self.of.resolve(table, context), self.values)

    def columns(self) -> frozenset[str]:
        return self.of.columns()

    def __repr__(self) -> str:
        return f"{self.of.dimension.id} ({self.of!r}) is one of {self.values!r}"


def matches(value: Any, wanted: tuple[str | None, ...]) -> Any:
    """Whether a dimension's value is one of those wanted; None is "without"."""
    known = [each for each in wanted if each is not None]
    if not known:
        return value.isnull()
    found = value.cast("string").isin(known).fill_null(False)
    return found | value.isnull() if None in wanted else found
