"""What the columns of a query hold, and names for them that every engine takes."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

LONGEST = 63
"""What PostgreSQL keeps of a name; BigQuery takes letters, digits and _ only."""

ROW = "t0"
"""The name by which Ibis calls the only table of a query."""

WITHHELD = "withheld"
"""The part of a KPI that says whether it is not told because few reps are credited with it."""


@dataclass(frozen=True)
class Column:
    """A column of a query's result: which KPI, by its id, which part of it, in which series."""

    name: str
    kpi: str
    part: str
    series: str


def column_name(*parts: str) -> str:
    """The name of a column that is known by several names; what is too long ends in a fingerprint.

    >>> column_name("win_rate", "now", "value")
    'win_rate__now__value'
    >>> column_name("leads_sql_to_opportunity_cohort_4816e4e7", "not_reached", "before_previous")
    'leads_sql_to_opportunity_cohort_4816e4e7__not_reached__4b4820e6'
    """
    name = "__".join(part for part in parts if part)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 9]}_{crc32(name.encode()):08x}"
