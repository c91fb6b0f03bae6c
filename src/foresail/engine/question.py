"""A question with every name resolved: KPIs, dimensions, filters, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from foresail.core.dimensions import Dimension
from foresail.core.errors import QuestionError, nearest
from foresail.core.formulas import signature
from foresail.core.kpis import KPI
from foresail.core.measures import Term
from foresail.engine.sight import Sight


@dataclass(frozen=True)
class Filter:
    """Rows are kept whose dimension has one of the values; None is "without"."""

    dimension: Dimension
    values: tuple[str | None, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The values but "without"."""
        return tuple(each for each in self.values if each is not None)

    @property
    def has_without(self) -> bool:
        """Whether rows without a value are kept."""
        return None in self.values


@dataclass(frozen=True)
class Question:
    """What is asked, ready to compile, whatever the period and the as-of instant.

    `series` names the kinds of windows; `is_all` takes rows without a date as well. `context`
    holds the settings that conditions refer to. `missing` names what the data lack; `targets` the
    KPIs for which somebody set one. With a `sight` only rows that somebody may see count; with a
    `group_size` numbers of fewer reps than that are not told. Where it `is_from_facts`, no sums
    that were made beforehand answer it.
    """

    kpis: tuple[KPI, ...]
    by: tuple[Dimension, ...]
    where: tuple[Filter, ...]
    series: tuple[str, ...]
    is_all: bool
    currency: str
    context: Mapping[str, Any] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    targets: Mapping[str, Term] = field(default_factory=dict)
    sight: Sight | None = None
    group_size: int = 0
    is_from_facts: bool = False

    @cached_property
    def shape(self) -> tuple[Any, ...]:
        """What the plan depends on: questions of one shape share it, whatever they filter by."""
        return (
            tuple(signature(each) for each in self.kpis),
            tuple(each.id for each in self.by),
            tuple((each.dimension.id, bool(each.known), each.has_without) for each in self.where),
            self.series,
            self.is_all,
            self.currency,
            repr(sorted(self.context.items())),
            tuple(sorted(self.missing)),
            tuple(self.targets),
            self.sight.value if self.sight else "",
            self.group_size,
            self.is_from_facts,
        )

    @property
    def dimensions(self) -> set[Dimension]:
        """Every dimension that the question looks at."""
        return {*self.by, *(each.dimension for each in self.where)}

    @property
    def looks_at_credit(self) -> bool:
        """Whether it matters to whom a row is credited."""
        is_guarded = self.sight is not None or bool(self.group_size)
        return is_guarded or any(each.of_rep for each in self.dimensions)

    @property
    def keys(self) -> list[str]:
        """The columns that name a row of the answer."""
        return ["label", *(each.id for each in self.by)]

    def check(self) -> None:
        """Refuse a dimension that a KPI does not carry.

        Errors: `QuestionError` with the dimensions that it does carry.
        """
        for kpi in self.kpis:
            allowed = [each.id for each in kpi.dimensions]
            for dimension in sorted(self.dimensions, key=lambda each: each.id):
                if dimension.id not in allowed:
                    choice = ", ".join(allowed) or "nothing"
                    raise QuestionError(
                        f"{kpi.id} cannot be split by {dimension.id}. It can be split by: {choice}."
                    )


def dimension(name: str, known: Mapping[str, Dimension]) -> Dimension:
    """The dimension of that name.

    Errors: `QuestionError` with the nearest name.
    """
    if name not in known:
        raise QuestionError(
            f"There is no dimension {name}.{nearest(name, known)} There are: {', '.join(known)}."
        )
    return known[name]
