"""Where the answers of two engines differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from foresail.core.kpis import Theme
from foresail.project import Project
from foresail.project.asking import Words, resolve


@dataclass(frozen=True)
class Shape:
    """How KPIs are asked, as far as they can be split so."""

    by: tuple[str, ...] = ()
    grain: str | None = None
    period: str = "2026"
    compare: str | None = None
    as_of: str | None = "2026-11-22"
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def questions(self, theme: type[Theme]) -> Iterator[Words]:
        """Questions about every KPI of a theme: those that cannot be split so are asked whole."""
        words = self.words(theme)
        if words is not None:
            yield words
        asked = words.kpis if words is not None else ()
        rest = tuple(kpi.id for kpi in theme.kpis() if kpi.id not in asked)
        if rest:
            yield Words(rest, (), self.grain, self.period, self.compare, None, self.as_of)

    def words(self, theme: type[Theme]) -> Words | None:
        """The question about a theme; None where none of its KPIs can be asked so."""
        names = {*self.by, *(name for name, _ in self.where)}
        kpis = tuple(
            kpi.id for kpi in theme.kpis() if names <= {each.id for each in kpi.dimensions}
        )
        where = {name: list(values) for name, values in self.where}
        words = Words(kpis, self.by, self.grain, self.period, self.compare, where, self.as_of)
        return words if kpis else None


def differences(one: Project, other: Project, words: Words) -> Iterator[str]:
    """Every value in which two engines differ, with its column and both values."""
    with one._reader() as left, other._reader() as right:
        asked = resolve(left.data, one.settings, one.catalogue, words)
        ours, columns = left.values(asked)
        theirs, others = right.values(asked)
        assert columns == others
        yield from between(ours, theirs)


def between(ours: pa.Table, theirs: pa.Table) -> Iterator[str]:
    """The cells in which two tables differ."""
    assert ours.column_names == theirs.column_names
    if ours.num_rows != theirs.num_rows:
        yield f"{ours.num_rows} rows and {theirs.num_rows}"
        return
    for name in ours.column_names:
        pairs = zip(cells(ours, name), cells(theirs, name), strict=True)
        for row, (left, right) in enumerate(pairs):
            if not same(left, right):
                yield f"{name} in row {row}: {left!r} and {right!r}"


def cells(table: pa.Table, name: str) -> Sequence[Any]:
    """The values of a column."""
    values: list[Any] = table[name].to_pylist()
    return values


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal, numbers to 1e-9; nothing equals nothing."""
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= 1e-9 * max(1.0, abs(left), abs(right))
    return bool(left == right)
