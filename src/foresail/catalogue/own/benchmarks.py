"""A benchmark as the settings give it, held against the KPI that it is for."""

from __future__ import annotations

from foresail.core.errors import DefinitionError
from foresail.core.formulas import is_share
from foresail.core.kpis import KPI, Benchmark, Unit
from foresail.warehouse.own import OwnBenchmark

NEVER_NEGATIVE = (Unit.COUNT, Unit.DURATION)
LARGEST_SHARE = 10


def benchmark_of(given: OwnBenchmark | None, kpi: KPI, place: str) -> Benchmark | None:
    """The benchmark, in the KPI's own unit.

    Errors: `DefinitionError` when the KPI can never come near it.
    """
    if given is None:
        return None
    for value in (given.low, given.high):
        if value is None:
            continue
        if value < 0 and (kpi.unit in NEVER_NEGATIVE or is_share(kpi)):
            raise DefinitionError(f"{place}: {value:g} is below zero, where {kpi.id} never is.")
        largest = 1 if is_share(kpi) else LARGEST_SHARE
        if kpi.unit is Unit.PERCENT and value > largest:
            raise DefinitionError(
                f"{place}: {value:g} is {value:.0%}. Shares are 0 to 1: write "
                f"{value / 100:g} for {value:g} %."
            )
    return Benchmark(given.low, given.high, given.source)
