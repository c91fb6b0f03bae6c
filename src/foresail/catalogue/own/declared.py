"""The catalogue of a project: what its settings add, change and hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from foresail.catalogue import CATALOGUE
from foresail.catalogue.catalogue import Catalogue, Group
from foresail.catalogue.own.benchmarks import benchmark_of
from foresail.catalogue.own.kpi import made
from foresail.core.dimensions import DIMENSIONS
from foresail.core.errors import DefinitionError, nearest
from foresail.core.kpis import KPI
from foresail.warehouse import Settings
from foresail.warehouse.own import OwnBenchmark, OwnKpi

LABEL = "Own"
QUESTION = "What do we count besides, by our own definitions?"
WORDS = (
    "all",
    "before",
    "change",
    "change_share",
    "denominator",
    "high",
    "left_out",
    "low",
    "n",
    "not_reached",
    "numerator",
    "p90",
    "pace",
    "period",
    "target",
    "value",
)
"""What answers call their columns and the parts of a value."""


def catalogue_of(settings: Settings) -> Catalogue:
    """The catalogue with a project's own KPIs and benchmarks, and without what it hides.

    Errors: `DefinitionError` says which of them is wrong, and why.
    """
    if not (settings.kpi or settings.benchmarks or settings.hidden):
        return CATALOGUE
    own = Group(LABEL, QUESTION, OwnKpis(settings.kpi, CATALOGUE.known).kpis())
    groups = (*CATALOGUE.groups, own) if own.kpis else CATALOGUE.groups
    groups = _with_benchmarks(groups, settings.benchmarks)
    return Catalogue(groups, _hidden(groups, settings.hidden))


class OwnKpis:
    """Makes own KPIs, each after those that its formula names."""

    def __init__(self, written: Iterable[OwnKpi], known: Mapping[str, KPI]):
        self._known = known
        self._written: dict[str, OwnKpi] = {}
        self._made: dict[str, KPI] = {}
        self._open: list[str] = []
        for each in written:
            self._check_id(each.id)
            self._written[each.id] = each

    def kpis(self) -> tuple[KPI, ...]:
        """All of them, in the order in which they are written."""
        return tuple(self._own(name) for name in self._written)

    def _own(self, name: str) -> KPI:
        if name not in self._made:
            if name in self._open:
                circle = " → ".join([*self._open[self._open.index(name) :], name])
                raise DefinitionError(f"kpi {name}: it is made of itself: {circle}.")
            self._open.append(name)
            try:
                names = (*self._known, *self._written)
                self._made[name] = made(self._written[name], self._find, names)
            except DefinitionError as error:
                raise _placed(error, name) from None
            self._open.pop()
        return self._made[name]

    def _find(self, name: str) -> KPI | None:
        return self._own(name) if name in self._written else self._known.get(name)

    def _check_id(self, name: str) -> None:
        """Refuse an id that cannot be asked by, or that means something already."""
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
            raise DefinitionError(
                f"kpi {name!r}: its id cannot be asked by. Write small letters, digits and _, a "
                "letter first: demo_rate."
            )
        if name in self._known:
            raise DefinitionError(
                f"kpi {name}: the catalogue has a KPI of that name. Give yours another id; to "
                f"keep the catalogue's out of sight, name it in hidden."
            )
        if name in self._written:
            raise DefinitionError(f"kpi {name}: there are two of that id. Rename one.")
        if name in WORDS or name.removesuffix("_id") in DIMENSIONS:
            raise DefinitionError(
                f"kpi {name}: answers have a column of that name already. Give it another id."
            )


class _PlacedError(DefinitionError):
    """Says already whose formula is wrong."""


def _placed(error: DefinitionError, name: str) -> DefinitionError:
    """The error with the name of the KPI that is wrong, the innermost alone."""
    if isinstance(error, _PlacedError):
        return error
    text = str(error)
    return _PlacedError(text if text.startswith("kpi ") else f"kpi {name}: {text}")


def _with_benchmarks(
    groups: tuple[Group, ...], benchmarks: Mapping[str, OwnBenchmark | None]
) -> tuple[Group, ...]:
    known = [kpi.id for group in groups for kpi in group.kpis]
    for name in benchmarks:
        if name not in known:
            raise DefinitionError(f"benchmarks: there is no KPI {name}.{nearest(name, known)}")

    def changed(kpi: KPI) -> KPI:
        if kpi.id not in benchmarks:
            return kpi
        benchmark = benchmark_of(benchmarks[kpi.id], kpi, f"benchmarks.{kpi.id}")
        return replace(kpi, benchmark=benchmark).called(kpi.id)

    return tuple(replace(each, kpis=tuple(map(changed, each.kpis))) for each in groups)


def _hidden(groups: tuple[Group, ...], named: Iterable[str]) -> frozenset[str]:
    """The ids of the KPIs that are hidden, by themselves or with their theme."""
    known = {kpi.id: [kpi.id] for group in groups for kpi in group.kpis}
    themes = {group.label.lower(): [kpi.id for kpi in group.kpis] for group in groups}
    found: set[str] = set()
    for name in named:
        ids = known.get(name) or themes.get(name.lower())
        if ids is None:
            hint = nearest(name, (*known, *(group.label for group in groups)))
            raise DefinitionError(f"hidden: there is no KPI and no theme {name}.{hint}")
        found.update(ids)
    return frozenset(found)
