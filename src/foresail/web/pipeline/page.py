"""Pipeline: open deals as of any day, whether they are enough, what moved, what stands still."""

from __future__ import annotations

from foresail.web.pipeline.covered import cover_section
from foresail.web.pipeline.deals import deal_sections
from foresail.web.pipeline.moves import waterfall_section
from foresail.web.pipeline.people import people_section, stage_section
from foresail.web.sheets.blocks import Section, Sheet, Words
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import first_and_last


def pipeline(desk: Desk) -> Sheet:
    """What stands open, whether the quarter is covered, and what moved."""
    controls = ("period", "as_of", "team", "filters")
    if not desk.answerable(["open_deals"]):
        return Sheet("Pipeline", (_without_deals(),), controls=controls)
    sections = desk.together(
        cover_section,
        waterfall_section,
        stage_section,
        people_section,
        lambda own: deal_sections(own) if own.sees_records else (),
    )
    return Sheet("Pipeline", sections, lead=_lead(desk), controls=controls)


def _lead(desk: Desk) -> str:
    """Which day the stocks are of, where that is not the as-of day."""
    basis = desk.basis
    if basis is None:
        return ""
    _, last = first_and_last(basis.period)
    if last >= basis.today:
        return ""
    return f"What stands open is that of {last:%-d %b %Y}, the end of the period."


def _without_deals() -> Section:
    words = Words(
        "no-deals",
        sentences=(
            "No opportunities are loaded, so nothing stands open.",
            "Load opportunity with a row for each deal: opportunity_id, owner_id, amount, "
            "created_at, expected_close_on, closed_at, outcome.",
        ),
        tone="warn",
    )
    return Section("covered", "Is it enough?", (words,))
