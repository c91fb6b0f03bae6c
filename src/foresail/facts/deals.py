"""What the facts about opportunities share: dimensions, needs, how a deal ended."""

from __future__ import annotations

from foresail.core.dimensions import (
    CAMPAIGN,
    CHANNEL,
    COMPANY_SIZE_BAND,
    COUNTRY,
    DEAL_TYPE,
    INDUSTRY,
    LEAD_TERRITORY,
    LOST_REASON,
    PIPELINE,
    PRODUCT,
    SEGMENT,
    SOURCE,
    STAGE,
    TITLE_LEVEL,
)
from foresail.core.expressions import Setting, _
from foresail.core.measures import Need

DEAL_DIMENSIONS = (
    PIPELINE,
    PRODUCT,
    DEAL_TYPE,
    STAGE,
    LOST_REASON,
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

DEAL = Need("opportunity")
CREATION = Need("opportunity", "created_at")
AMOUNT = Need("opportunity", "amount")
EXPECTED_CLOSE = Need("opportunity", "expected_close_on")
OUTCOMES = (Need("opportunity", "outcome"),)
AMOUNTS = (*OUTCOMES, AMOUNT)
HISTORY = (Need("opportunity_stage"),)

IS_OPEN = _.state == "open"
IS_WON = _.state == "won"
IS_DISMISSED = _.lost_reason.isin(Setting("not_a_loss")).fill_null(False)
IS_LOST = (_.state == "lost") & ~IS_DISMISSED
