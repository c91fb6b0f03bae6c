"""Quiet deals: open ones with which nothing happens and nothing is planned."""

from __future__ import annotations

from foresail.core.anchors import Count, Standing
from foresail.core.dimensions import OWNER
from foresail.core.expressions import Elapsed, Setting, _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.deals import CREATION, DEAL, DEAL_DIMENSIONS

SECONDS = Setting("untouched_days") * 86_400
IS_OLD = (Elapsed("created", "stands") >= SECONDS).fill_null(False)
IS_UNTOUCHED = _.touched_at.isnull() | (Elapsed("touched", "stands") >= SECONDS).fill_null(False)


class QuietDeals(Fact):
    """One row per open opportunity and stretch of time after a day without a touch or a plan."""

    table = "quiet_deal"
    key = ("opportunity_id",)
    dimensions = DEAL_DIMENSIONS
    shows = (
        "opportunity_id",
        "name",
        "account_id",
        "account",
        "owner_rep",
        "stage",
        "amount",
        "currency",
        "created_at",
        "touched_at",
    )
    has_validity = True
    has_deletion = True

    untouched = Measure(
        Count(),
        at=Standing(needs_start="created_at"),
        credit=OWNER,
        where=IS_OLD & IS_UNTOUCHED,
        needs=(DEAL, CREATION, Need("activity")),
        words="untouched deals",
    )
