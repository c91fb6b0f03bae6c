"""Qualification: who came, and who is worth the time."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.facts.leads import Leads


class Qualification(Theme):
    """Do enough leads come in, and how many of them are worth our time?"""

    lead_flow = KPI(
        meaning="New leads: requests that came in and prospects that were added.",
        formula=Leads.leads,
        unit=Unit.COUNT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S3.5",),
        section="8",
        caveats=("Merged leads count once, at their earliest request.",),
    )
