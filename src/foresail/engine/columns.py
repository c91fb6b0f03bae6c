"""What the columns of a query hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of a query's result: which KPI, by its id, which part of it, in which series."""

    name: str
    kpi: str
    part: str
    series: str
