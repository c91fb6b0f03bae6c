"""What the history of a record holds. Data only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from foresail.project.results import AsOf


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, who did it, and what, in words.

    `at` is in UTC; where only the day is known, `is_day` says so and `at` is its beginning. `kind`
    is `created`, `owner`, `stage`, `amount`, `expected close`, `won`, `lost`, `re-opened`, `call`,
    `email`, `meeting`, `social`, `letter`, `other`, `booked`, `moved`, `content`, `lead`,
    `opportunity`, `subscription`, `survey`, `position`, `hired` or `left`. `url` leads to a
    recording. `of` is the record that it happened to where that is another one: its kind and id.
    """

    at: dt.datetime | None
    on: dt.date | None
    is_day: bool
    kind: str
    what: str
    who: str | None = None
    who_id: str | None = None
    note: str | None = None
    url: str | None = None
    of: tuple[str, str] | None = None


@dataclass(frozen=True)
class History(AsOf):
    """A record: what it is, and all that happened to it as of an instant, the newest last.

    `fields` are its label and value, as people read them; unknown ones are left out.
    """

    kind: str
    record_id: str
    title: str
    fields: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]
    as_of: dt.datetime
    zone: str
    notes: tuple[str, ...] = ()
