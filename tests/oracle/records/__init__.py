"""The world as lists of records: one dataclass a table, read from the rows that were loaded.

A record is equal to itself only.
"""

from __future__ import annotations

from tests.oracle.records.activities import Activity, WebTraffic
from tests.oracle.records.moments import Moment, moment
from tests.oracle.records.money import ExchangeRate, Quota, Revenue
from tests.oracle.records.opportunities import (
    Opportunity,
    OpportunityChange,
    OpportunitySplit,
    OpportunityStage,
    Stage,
)
from tests.oracle.records.prospects import Account, Contact, Lead, LeadAssignment, LeadStage
from tests.oracle.records.sellers import Absence, Rep, RepAssignment
from tests.oracle.records.settings import NOT_A_LOSS, Settings
from tests.oracle.records.world import Rows, World, read

__all__ = [
    "NOT_A_LOSS",
    "Absence",
    "Account",
    "Activity",
    "Contact",
    "ExchangeRate",
    "Lead",
    "LeadAssignment",
    "LeadStage",
    "Moment",
    "Opportunity",
    "OpportunityChange",
    "OpportunitySplit",
    "OpportunityStage",
    "Quota",
    "Rep",
    "RepAssignment",
    "Revenue",
    "Rows",
    "Settings",
    "Stage",
    "WebTraffic",
    "World",
    "moment",
    "read",
]
