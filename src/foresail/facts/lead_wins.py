"""What leads brought."""

from __future__ import annotations

from foresail.core.anchors import Mean, Sum
from foresail.core.dimensions import ATTEMPT
from foresail.core.expressions import Elapsed, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.deals import AMOUNTS
from foresail.facts.leads import FOLLOWED, REQUESTED, Leads

IS_COUNTED = (Elapsed("requested", "as_of") >= FOLLOWED) & (
    Elapsed("requested", "closed") <= FOLLOWED
)


class LeadWins(Fact):
    """One row per won opportunity of a lead and stretch of time in which the lead's state stays."""

    table = "lead_win"
    key = ("opportunity_id",)
    dimensions = Leads.dimensions
    shows = (
        "opportunity_id",
        "lead_id",
        "account",
        "requested_at",
        "closed_at",
        "closed_value",
        "attempt_rep",
    )
    has_validity = True
    has_deletion = True

    mean_value = Measure(
        Mean(_.closed_value),
        at=REQUESTED,
        credit=ATTEMPT,
        where=IS_COUNTED,
        needs=(Need("lead"), *AMOUNTS),
        words="mean amount won from a lead in that time",
    )
    value = Measure(
        Sum(_.closed_value),
        at=REQUESTED,
        credit=ATTEMPT,
        where=IS_COUNTED,
        needs=(Need("lead"), *AMOUNTS),
        words="amount won from them in that time",
    )
