"""Customers: what they pay for, what they use, and what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.records.moments import Moment


@dataclass(eq=False)
class Subscription:
    """A stretch of service at one price."""

    subscription_id: str
    account_id: str | None = None
    product: str | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    mrr: Decimal | None = None
    currency: str | None = None
    end_reason: str | None = None


@dataclass(eq=False)
class Usage:
    """What an account did on a day."""

    usage_id: str
    day: dt.date
    account_id: str | None = None
    event: str | None = None
    amount: Decimal | None = None


@dataclass(eq=False)
class SurveyResponse:
    """A survey that was sent to a person."""

    survey_id: str
    account_id: str | None = None
    contact_id: str | None = None
    rep_id: str | None = None
    sent_at: Moment | None = None
    answered_at: Moment | None = None
    score: int | None = None
