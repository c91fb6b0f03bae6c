"""The KPIs of one project: the catalogue's, its own, and what it hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from foresail.core.errors import QuestionError, nearest
from foresail.core.kpis import KPI, Theme


@dataclass(frozen=True)
class Group:
    """KPIs that answer one question together."""

    label: str
    question: str
    kpis: tuple[KPI, ...]

    @classmethod
    def of(cls, theme: type[Theme]) -> Group:
        """A theme's KPIs."""
        return cls(theme.label(), theme.question(), theme.kpis())


@dataclass(frozen=True)
class Catalogue:
    """Groups of KPIs, some of them hidden: not shown, not answered, but known to formulas."""

    groups: tuple[Group, ...]
    hidden: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> Mapping[str, KPI]:
        """Every KPI by its name, hidden ones too."""
        return {kpi.id: kpi for group in self.groups for kpi in group.kpis}

    @cached_property
    def shown(self) -> tuple[Group, ...]:
        """The groups with the KPIs that are shown, without empty ones."""
        groups = (
            Group(each.label, each.question, tuple(k for k in each.kpis if k.id not in self.hidden))
            for each in self.groups
        )
        return tuple(group for group in groups if group.kpis)

    @cached_property
    def kpis(self) -> Mapping[str, KPI]:
        """The KPIs that are shown, by their names."""
        return {kpi.id: kpi for group in self.shown for kpi in group.kpis}

    def kpi(self, name: str) -> KPI:
        """The KPI of that name.

        Errors: `QuestionError` with the nearest name, or that it is hidden here.
        """
        if name in self.kpis:
            return self.kpis[name]
        if name in self.known:
            raise QuestionError(
                f"{name} is hidden in this project: foresail.toml names it or its theme in "
                "`hidden`. Take it out there to ask for it."
            )
        hint = nearest(name, self.kpis) or " foresail kpis lists them."
        raise QuestionError(f"There is no KPI {name}.{hint}")

    def group_of(self, kpi: KPI) -> Group:
        """The group that a KPI stands in."""
        return next(each for each in self.groups if kpi in each.kpis)
