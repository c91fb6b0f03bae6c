"""Everything that was loaded, read from its rows."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args, get_type_hints

from tests.oracle.records.activities import Activity, WebTraffic
from tests.oracle.records.content import Content, ContentEvent, ContentShare
from tests.oracle.records.customers import Subscription, SurveyResponse, Usage
from tests.oracle.records.moments import Moment, moment
from tests.oracle.records.money import Cost, ExchangeRate, Market, Quota, Revenue
from tests.oracle.records.opportunities import (
    Opportunity,
    OpportunityChange,
    OpportunitySplit,
    OpportunityStage,
    Stage,
)
from tests.oracle.records.prospects import Account, Contact, Lead, LeadAssignment, LeadStage
from tests.oracle.records.sellers import Absence, Position, Rep, RepAssignment
from tests.oracle.records.settings import Settings

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(eq=False)
class World:
    """Everything that was loaded, with the organisation's settings."""

    settings: Settings
    rep: list[Rep]
    rep_assignment: list[RepAssignment]
    absence: list[Absence]
    position: list[Position]
    account: list[Account]
    contact: list[Contact]
    lead: list[Lead]
    lead_assignment: list[LeadAssignment]
    lead_stage: list[LeadStage]
    opportunity: list[Opportunity]
    opportunity_stage: list[OpportunityStage]
    opportunity_change: list[OpportunityChange]
    opportunity_split: list[OpportunitySplit]
    stage: list[Stage]
    activity: list[Activity]
    content: list[Content]
    content_share: list[ContentShare]
    content_event: list[ContentEvent]
    web_traffic: list[WebTraffic]
    revenue: list[Revenue]
    subscription: list[Subscription]
    usage: list[Usage]
    survey_response: list[SurveyResponse]
    cost: list[Cost]
    quota: list[Quota]
    market: list[Market]
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
