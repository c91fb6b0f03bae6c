"""What is at stake."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.records.moments import Moment


@dataclass(eq=False)
class Opportunity:
    """A deal."""

    opportunity_id: str
    account_id: str | None = None
    contact_id: str | None = None
    lead_id: str | None = None
    owner_id: str | None = None
    sourced_by_id: str | None = None
    pipeline: str | None = None
    deal_type: str | None = None
    product: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    probability: Decimal | None = None
    created_at: Moment | None = None
    expected_close_on: dt.date | None = None
    closed_at: Moment | None = None
    outcome: str | None = None
    lost_reason: str | None = None
    stage: str | None = None
    merged_into_id: str | None = None
    deleted_at: Moment | None = None


@dataclass(eq=False)
class OpportunityStage:
    """A deal's entry into a stage."""

    opportunity_id: str
    stage: str
    entered_at: Moment


@dataclass(eq=False)
class OpportunityChange:
    """A change of a deal's amount, owner or expected close."""

    opportunity_id: str
    field: str
    changed_at: Moment
    old_value: str | None = None
    new_value: str | None = None


@dataclass(eq=False)
class OpportunitySplit:
    """A rep's part of a deal."""

    opportunity_id: str
    rep_id: str
    share: Decimal
    kind: str = "revenue"


@dataclass(eq=False)
class Stage:
    """A stage of a pipeline."""

    stage: str
    pipeline: str = ""
    position: int | None = None
    probability: Decimal | None = None
    kind: str | None = None
    is_accepted: bool | None = None
    is_forecast: bool | None = None
