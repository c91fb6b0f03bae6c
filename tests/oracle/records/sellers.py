"""Who sells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(eq=False)
class Rep:
    """A person who sells."""

    rep_id: str
    hired_on: dt.date | None = None
    left_on: dt.date | None = None
    leave_kind: str | None = None
    team: str | None = None
    manager_id: str | None = None
    role: str | None = None
    seniority: str | None = None
    territory: str | None = None
    is_quota_carrying: bool | None = None


@dataclass(eq=False)
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


@dataclass(eq=False)
class Absence:
    """A stretch of leave."""

    rep_id: str
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(eq=False)
class Position:
    """A vacancy, and when it was filled."""

    position_id: str
    team: str | None = None
    role: str | None = None
    opened_on: dt.date | None = None
    filled_on: dt.date | None = None
    rep_id: str | None = None
