"""The world as lists of records: one dataclass a table, read from the rows that were loaded.

A record is equal to itself only.
"""

from __future__ import annotations

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
from tests.oracle.records.settings import NOT_A_LOSS, Settings
from tests.oracle.records.world import Rows, World, read

__all__ = [
    "NOT_A_LOSS",
    "Absence",
    "Account",
    "Activity",
    "Contact",
    "Content",
    "ContentEvent",
    "ContentShare",
    "Cost",
    "ExchangeRate",
    "Lead",
    "LeadAssignment",
    "LeadStage",
    "Market",
    "Moment",
    "Opportunity",
    "OpportunityChange",
    "OpportunitySplit",
    "OpportunityStage",
    "Position",
    "Quota",
    "Rep",
    "RepAssignment",
    "Revenue",
    "Rows",
    "Settings",
    "Stage",
    "Subscription",
    "SurveyResponse",
    "Usage",
    "WebTraffic",
    "World",
    "moment",
    "read",
]
