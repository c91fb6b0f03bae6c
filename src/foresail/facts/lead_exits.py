"""How leads leave the stages of qualification."""

from __future__ import annotations

from foresail.core.anchors import At, Count
from foresail.core.dimensions import ATTEMPT, LEAD_STAGE, STAGE
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.leads import Leads

LEFT = At("left", "leaving the stage")


class LeadExits(Fact):
    """One row per lead, stage it has left, and stretch of time with one way of leaving."""

    table = "lead_exit"
    key = ("lead_id", "stage")
    dimensions = (STAGE, LEAD_STAGE, *Leads.dimensions)
    shows = ("lead_id", "account", "stage", "left_at", "is_advance", "attempt_rep")
    has_validity = True
    has_deletion = True

    left = Measure(
        Count(),
        at=LEFT,
        credit=ATTEMPT,
        needs=(Need("lead_stage"),),
        words="leads that left the stage",
    )
    advanced = left.only(_.is_advance, words="of these to a later stage")
