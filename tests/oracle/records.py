"""The world as lists of records: one dataclass a table, read from the rows that were loaded."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
NOT_A_LOSS = ("duplicate", "test")


@dataclass(frozen=True, order=True)
class Moment:
    """An instant; a date without time stands at its local midnight and says so."""

    at: dt.datetime
    is_date: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Settings:
    """What an organisation decides."""

    zone: str = "UTC"
    currency: str = "EUR"
    country: str = ""
    week_start: str = "monday"
    fiscal_year_start: int = 1
    conversation_seconds: int = 120
    not_a_loss: tuple[str, ...] = NOT_A_LOSS
    decided_from_accepted_stage: bool = False
    decided_without_renewals: bool = False
    cycle_without_same_day: bool = False
    untouched_days: int = 14
    skipped_stages: str = "passed"

    @cached_property
    def tz(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.zone)

    def lines(self) -> str:
        """These settings as lines of foresail.toml."""
        top = ("zone", "currency", "country", "week_start", "fiscal_year_start")
        below = [each.name for each in fields(self) if each.name not in top]
        lines = [f"{name} = {_toml(getattr(self, name))}" for name in top]
        return "\n".join(
            [*lines, "[thresholds]", *(f"{name} = {_toml(getattr(self, name))}" for name in below)]
        )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


@dataclass
class Rep:
    """A person who sells."""

    rep_id: str
    hired_on: dt.date | None = None
    left_on: dt.date | None = None
    team: str | None = None
    manager_id: str | None = None
    role: str | None = None
    seniority: str | None = None
    territory: str | None = None
    is_quota_carrying: bool | None = None


@dataclass
class RepAssignment:
    """A stretch of time of a rep in one team, role, seniority and territory."""

    rep_id: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    team: str | None = None
    manager_id: str | None = None
    role: str | None = None
    seniority: str | None = None
    territory: str | None = None
    is_quota_carrying: bool | None = None


@dataclass
class Absence:
    """A stretch of leave."""

    rep_id: str
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass
class Account:
    """A company sold to."""

    account_id: str
    industry: str | None = None
    segment: str | None = None
    country: str | None = None
    merged_into_id: str | None = None


@dataclass
class Contact:
    """A person at an account."""

    contact_id: str
    account_id: str | None = None
    title_level: str | None = None
    is_decision_maker: bool | None = None
    merged_into_id: str | None = None


@dataclass
class Lead:
    """A request or an imported prospect."""

    lead_id: str
    created_at: Moment | None = None
    channel: str | None = None
    source: str | None = None
    campaign_id: str | None = None
    owner_id: str | None = None
    assigned_at: Moment | None = None
    account_id: str | None = None
    contact_id: str | None = None
    title_level: str | None = None
    territory: str | None = None
    segment: str | None = None
    merged_into_id: str | None = None
    deleted_at: Moment | None = None


@dataclass
class LeadAssignment:
    """A lead given to a rep, or to the queue."""

    lead_id: str
    assigned_at: Moment
    rep_id: str | None = None


@dataclass
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


@dataclass
class OpportunityStage:
    """A deal's entry into a stage."""

    opportunity_id: str
    stage: str
    entered_at: Moment


@dataclass
class OpportunityChange:
    """A change of a deal's amount, owner or expected close."""

    opportunity_id: str
    field: str
    changed_at: Moment
    old_value: str | None = None
    new_value: str | None = None


@dataclass
class OpportunitySplit:
    """A rep's part of a deal."""

    opportunity_id: str
    rep_id: str
    share: Decimal
    kind: str = "revenue"


@dataclass
class Stage:
    """A stage of a pipeline."""

    stage: str
    pipeline: str = ""
    position: int | None = None
    probability: Decimal | None = None
    kind: str | None = None
    is_accepted: bool | None = None
    is_forecast: bool | None = None


@dataclass
class Activity:
    """A call, mail, meeting, social touch or letter."""

    activity_id: str
    kind: str
    direction: str | None = None
    occurred_at: Moment | None = None
    booked_at: Moment | None = None
    duration_seconds: float | None = None
    is_completed: bool | None = None
    rep_id: str | None = None
    lead_id: str | None = None
    contact_id: str | None = None
    account_id: str | None = None
    opportunity_id: str | None = None
    outcome: str | None = None
    is_automated: bool | None = None
    is_conversation: bool | None = None
    moved_by: str | None = None
    network: str | None = None
    deleted_at: Moment | None = None


@dataclass
class Revenue:
    """An amount of recognised revenue."""

    revenue_id: str
    day: dt.date
    account_id: str | None = None
    opportunity_id: str | None = None
    amount: Decimal | None = None
    cost: Decimal | None = None
    currency: str | None = None


@dataclass
class Quota:
    """A quota or target of a rep, a team or the company."""

    owner_kind: str
    starts_on: dt.date
    owner_id: str = "company"
    kpi: str = "revenue"
    ends_on: dt.date | None = None
    amount: Decimal | None = None
    currency: str | None = None


@dataclass
class ExchangeRate:
    """What one unit of a currency is worth from a day on."""

    currency: str
    day: dt.date
    rate: Decimal


@dataclass
class World:
    """Everything that was loaded, with the organisation's settings."""

    settings: Settings
    rep: list[Rep]
    rep_assignment: list[RepAssignment]
    absence: list[Absence]
    account: list[Account]
    contact: list[Contact]
    lead: list[Lead]
    lead_assignment: list[LeadAssignment]
    opportunity: list[Opportunity]
    opportunity_stage: list[OpportunityStage]
    opportunity_change: list[OpportunityChange]
    opportunity_split: list[OpportunitySplit]
    stage: list[Stage]
    activity: list[Activity]
    revenue: list[Revenue]
    quota: list[Quota]
    exchange_rate: list[ExchangeRate]


def read(settings: Settings, rows: Rows) -> World:
    """The world that some rows make; every row must fit its table."""
    tables = {
        name: get_args(hint)[0]
        for name, hint in get_type_hints(World).items()
        if name != "settings"
    }
    unknown = set(rows) - set(tables)
    assert not unknown, f"the oracle knows no table {unknown}"
    return World(
        settings,
        **{
            name: [_record(table, row, settings) for row in rows.get(name, ())]
            for name, table in tables.items()
        },
    )


def _record(table: type, row: Mapping[str, Any], settings: Settings) -> Any:
    hints = get_type_hints(table)
    known = {name: value for name, value in row.items() if name in hints and value is not None}
    return table(**{name: _value(hints[name], value, settings) for name, value in known.items()})


def _value(hint: Any, value: Any, settings: Settings) -> Any:
    kinds = typing.get_args(hint) or (hint,)
    if Moment in kinds:
        return moment(value, settings)
    if dt.date in kinds:
        return dt.date.fromisoformat(value)
    if Decimal in kinds:
        return Decimal(str(value))
    return value


def moment(text: str, settings: Settings) -> Moment:
    """The instant that a text names; a date is that day's first instant."""
    if len(text) == len("2026-01-01"):
        day = dt.date.fromisoformat(text)
        return Moment(dt.datetime.combine(day, dt.time(), settings.tz).astimezone(dt.UTC), True)
    return Moment(dt.datetime.fromisoformat(text).astimezone(dt.UTC))
