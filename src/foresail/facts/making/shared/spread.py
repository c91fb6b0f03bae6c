"""Amounts that belong to a stretch of days, shared out to its days."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source

PART = "decimal(30, 12)"
DAY = ibis.interval(days=1)
LONGEST = ibis.interval(days=366 * 60)
"""No row is followed for longer: a wrong year is not to fill the warehouse."""


def spread(source: Source, table: Any, **amounts: str) -> Any:
    """A row for each `day` of rows that have `starts_on` and `ends_on`, both included.

    A row whose end is empty or lies before its start covers that one day. `amounts` names the
    columns with a day's part of an amount, at the rate of that day.
    """
    last = ibis.greatest(ibis.coalesce(row.ends_on, row.starts_on), row.starts_on)
    table = table.mutate(last_on=last)
    table = table.mutate(length=row.last_on.delta(row.starts_on, unit="day") + 1)
    first = table.starts_on.cast("timestamp")
    stop = ibis.least(table.last_on.cast("timestamp"), first + LONGEST) + DAY
    daily = table.mutate(moment=ibis.range(first, stop, DAY).unnest())
    daily = daily.mutate(day=row.moment.cast("date")).drop("moment", "last_on")
    daily = daily.mutate(rate_currency=row.currency.fill_null(source.settings.currency))
    rated = attach(
        daily,
        source.fact("rate"),
        {"rate_currency": "currency"},
        {"rate": "rate"},
        lambda cost, rate: [
            rate.since_on.isnull() | (rate.since_on <= cost.day),
            rate.until_on.isnull() | (rate.until_on > cost.day),
        ],
    )
    parts = {into: _part(rated[name], rated.rate, rated.length) for into, name in amounts.items()}
    return rated.mutate(**parts).drop("rate", "rate_currency", "length")


def _part(amount: Any, rate: Any, length: Any) -> Any:
    whole = amount.cast("decimal(19, 4)") * rate.cast("decimal(19, 9)")
    return (whole.cast("float64") / length).cast(PART)
