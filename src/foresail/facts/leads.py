"""Leads: who asked, or was found, and when."""

from __future__ import annotations

from foresail.core.anchors import At, Count
from foresail.core.dimensions import (
    ATTEMPT,
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    INDUSTRY,
    LEAD_TERRITORY,
    SEGMENT,
    SOURCE,
    TITLE_LEVEL,
)
from foresail.core.measures import Fact, Measure, Need


class Leads(Fact):
    """One row per lead and stretch of time with one owner, until the first human attempt."""

    table = "lead_state"
    key = ("lead_id",)
    dimensions = (
        SOURCE,
        CHANNEL,
        CAMPAIGN,
        LEAD_TERRITORY,
        SEGMENT,
        INDUSTRY,
        COUNTRY,
        COMPANY_SIZE_BAND,
        TITLE_LEVEL,
    )
    shows = ("lead_id", "requested_at", "channel", "source", "account", "attempt_rep")
    small = ("channel", "source")
    has_validity = True
    has_deletion = True

    leads = Measure(
        Count(),
        at=At("requested", "the request"),
        credit=ATTEMPT,
        needs=(Need("lead"),),
    )
