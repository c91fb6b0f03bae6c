"""Money earned, spent and asked for, and the market's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(eq=False)
class Revenue:
    """An amount of recognised revenue."""

    revenue_id: str
    day: dt.date
    account_id: str | None = None
    opportunity_id: str | None = None
    amount: Decimal | None = None
    cost: Decimal | None = None
    currency: str | None = None


@dataclass(eq=False)
class Quota:
    """A quota or target of a rep, a team or the company."""

    owner_kind: str
    starts_on: dt.date
    owner_id: str = "company"
    kpi: str = "revenue"
    ends_on: dt.date | None = None
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(eq=False)
class ExchangeRate:
    """What one unit of a currency is worth from a day on."""

    currency: str
    day: dt.date
    rate: Decimal


@dataclass(eq=False)
class Cost:
    """A cost, and the days it covers."""

    cost_id: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    amount: Decimal | None = None
    currency: str | None = None
    category: str | None = None
    source: str | None = None
    campaign_id: str | None = None
    team: str | None = None


@dataclass(eq=False)
class Market:
    """The size of a market, or of a segment of it, and the days it covers."""

    starts_on: dt.date
    ends_on: dt.date
    segment: str = ""
    market_sales: Decimal | None = None
    largest_rival_sales: Decimal | None = None
    currency: str | None = None
