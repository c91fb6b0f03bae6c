"""Leads in work, and a sample of the lead list per territory."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.web.leads.sample import sampled
from foresail.web.people.rights import Right
from foresail.web.people.viewer import viewer_of
from foresail.web.sheets.blocks import Section, Words
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.parts import Answerable

FLOW = "lead_flow"
KPIS = (FLOW,)
NOT_FOR_YOU = Section(
    "closed", "", (Words("closed-words", sentences=("Single leads are not for your role.",)),)
)


def worked(desk: Desk, has: Answerable) -> Sequence[Section | None]:
    """A sample of the period's new leads per territory."""
    if not viewer_of(desk.request).may(Right.SEE_RECORDS):
        return (NOT_FOR_YOU,)
    return (sampled(desk) if has.of(FLOW) else None,)
