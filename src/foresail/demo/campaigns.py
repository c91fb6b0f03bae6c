"""The campaigns behind the sources of leads: one a quarter."""

from __future__ import annotations

import datetime as dt

from foresail.demo import names


def campaign_of(source: int, day: dt.date) -> str | None:
    """The campaign of a source on a day; none where the source has no campaign.

    >>> campaign_of(0, dt.date(2026, 5, 1))
    'webinar-2026-Q2'
    """
    kind = names.CAMPAIGNS[source]
    return f"{kind}-{day.year}-Q{(day.month + 2) // 3}" if kind else None
