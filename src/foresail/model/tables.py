"""All canonical tables, in the order in which people read them."""

from __future__ import annotations

from foresail.core.errors import SourceError, nearest
from foresail.model.activities import ACTIVITY, CONTENT, CONTENT_EVENT, CONTENT_SHARE
from foresail.model.deals import (
    OPPORTUNITY,
    OPPORTUNITY_CHANGE,
    OPPORTUNITY_SPLIT,
    OPPORTUNITY_STAGE,
    STAGE,
)
from foresail.model.money import (
    COST,
    EXCHANGE_RATE,
    MARKET,
    QUOTA,
    REVENUE,
    SUBSCRIPTION,
    SURVEY_RESPONSE,
    USAGE,
    WEB_TRAFFIC,
)
from foresail.model.prospects import ACCOUNT, CONTACT, LEAD, LEAD_ASSIGNMENT, LEAD_STAGE
from foresail.model.sellers import ABSENCE, POSITION, REP, REP_ASSIGNMENT
from foresail.model.types import Table

TABLES: dict[str, Table] = {
    each.name: each
    for each in (
        REP,
        REP_ASSIGNMENT,
        ABSENCE,
        POSITION,
        ACCOUNT,
        CONTACT,
        LEAD,
        LEAD_ASSIGNMENT,
        LEAD_STAGE,
        OPPORTUNITY,
        OPPORTUNITY_STAGE,
        OPPORTUNITY_CHANGE,
        OPPORTUNITY_SPLIT,
        STAGE,
        ACTIVITY,
        CONTENT,
        CONTENT_SHARE,
        CONTENT_EVENT,
        REVENUE,
        SUBSCRIPTION,
        COST,
        QUOTA,
        SURVEY_RESPONSE,
        USAGE,
        WEB_TRAFFIC,
        MARKET,
        EXCHANGE_RATE,
    )
}


def table(name: str) -> Table:
    """The canonical table of that name.

    Errors: `SourceError` when there is none, with the nearest name.
    """
    if name not in TABLES:
        raise SourceError(f"There is no canonical table {name}.{nearest(name, TABLES)}")
    return TABLES[name]
