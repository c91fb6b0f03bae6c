"""What is shown and handed out, and what comes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.oracle.records.moments import Moment


@dataclass(eq=False)
class Content:
    """A marketing asset."""

    content_id: str
    name: str | None = None
    published_on: dt.date | None = None
    retired_on: dt.date | None = None
    segment: str | None = None
    stage: str | None = None
    tracking_number: str | None = None


@dataclass(eq=False)
class ContentShare:
    """An asset that was shared in an activity."""

    activity_id: str
    content_id: str


@dataclass(eq=False)
class ContentEvent:
    """A click, view or callback."""

    event_id: str
    kind: str
    content_id: str | None = None
    activity_id: str | None = None
    lead_id: str | None = None
    occurred_at: Moment | None = None
    is_bot: bool | None = None
