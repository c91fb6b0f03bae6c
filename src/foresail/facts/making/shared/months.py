"""Months counted on the calendar."""

from __future__ import annotations

from typing import Any

import ibis

DAY = ibis.interval(days=1)


def months_after(date: Any, count: Any) -> Any:
    """The same day some months later (or earlier), else that month's last."""
    month = date.year() * 12 + date.month() - 1 + count
    following = month + 1
    next_first = ibis.date(following // 12, following % 12 + 1, 1)
    last = (next_first - DAY).cast("date").day()
    return ibis.date(month // 12, month % 12 + 1, ibis.least(date.day(), last))
