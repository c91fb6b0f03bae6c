"""Whether the data answer a KPI: what was never loaded, and what its records leave empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from foresail.core.kpis import KPI, decisive
from foresail.core.measures import Need
from foresail.health.report import KpiHealth, Lack

if TYPE_CHECKING:
    import duckdb

UNSAFE_FROM = 0.05
"""A KPI is unsafe when this part of the records it needs lacks something."""

Lacks = dict[tuple[str, str], list[Lack]]


def lacks(cursor: duckdb.DuckDBPyConnection) -> Lacks:
    """What the rows of each table lack, by table and column."""
    found: Lacks = defaultdict(list)
    for row in cursor.execute("from fact.lacking where empty > 0 order by all").fetchall():
        lack = Lack(*row)
        found[lack.table, lack.column].append(lack)
    return found


def kpi_health(kpi: KPI, missing: frozenset[str], found: Lacks) -> KpiHealth:
    """Whether the data answer a KPI, and what a good part of the records it needs lacks."""
    needs = dict.fromkeys(need for each in decisive(kpi) for need in each.needs)
    return KpiHealth(
        kpi.id,
        tuple(str(each) for each in needs if str(each) in missing),
        tuple(_lacking(needs, found)),
    )


def _lacking(needs: Iterable[Need], found: Lacks) -> Iterator[Lack]:
    for need in needs:
        for lack in found.get((need.table, need.column), ()):
            if lack.share >= UNSAFE_FROM and lack.empty < lack.rows:
                yield lack
