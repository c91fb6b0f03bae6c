"""What they do, and who comes by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.oracle.records.moments import Moment


@dataclass(eq=False)
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
    moved_from_id: str | None = None
    network: str | None = None
    dialled_number: str | None = None
    deleted_at: Moment | None = None


@dataclass(eq=False)
class WebTraffic:
    """The visitors of a day from a source."""

    day: dt.date
    source: str
    is_organic: bool | None = None
    visitors: int | None = None
