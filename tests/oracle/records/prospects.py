"""Whom they sell to."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.records.moments import Moment


@dataclass(eq=False)
class Account:
    """A company sold to."""

    account_id: str
    industry: str | None = None
    segment: str | None = None
    employees: int | None = None
    country: str | None = None
    owner_id: str | None = None
    merged_into_id: str | None = None


@dataclass(eq=False)
class Contact:
    """A person at an account."""

    contact_id: str
    account_id: str | None = None
    title_level: str | None = None
    is_decision_maker: bool | None = None
    merged_into_id: str | None = None


@dataclass(eq=False)
class Lead:
    """A request or an imported prospect."""

    lead_id: str
    created_at: Moment | None = None
    channel: str | None = None
    source: str | None = None
    is_organic: bool | None = None
    campaign_id: str | None = None
    owner_id: str | None = None
    assigned_at: Moment | None = None
    account_id: str | None = None
    contact_id: str | None = None
    company_size: int | None = None
    title_level: str | None = None
    territory: str | None = None
    segment: str | None = None
    merged_into_id: str | None = None
    deleted_at: Moment | None = None


@dataclass(eq=False)
class LeadAssignment:
    """A lead given to a rep, or to the queue."""

    lead_id: str
    assigned_at: Moment
    rep_id: str | None = None


@dataclass(eq=False)
class LeadStage:
    """A lead's reaching of a stage."""

    lead_id: str
    stage: str
    reached_at: Moment
