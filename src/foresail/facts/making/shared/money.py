"""Money in one currency, at the rate of the right day; an unknown rate is unknown, never 1."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from foresail.core.money import times
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source


def make_rates(source: Source) -> Any:
    """Make `fact.rate`: one row per currency and stretch of days with one rate.

    The organisation's own currency has the rate 1 for ever.
    """
    rates = source.canonical("exchange_rate").filter(_.currency != source.settings.currency)
    by_day = ibis.window(group_by="currency", order_by="day")
    rates = rates.select(
        "currency",
        since_on=_.day,
        until_on=_.day.lead().over(by_day),
        rate=_.rate.cast("decimal(18, 9)"),
    )
    own = rates.aggregate(n=rates.count()).select(
        currency=ibis.literal(source.settings.currency),
        since_on=ibis.null("date"),
        until_on=ibis.null("date"),
        rate=ibis.literal(1).cast("decimal(18, 9)"),
    )
    return source.keep("rate", ibis.union(rates, own))


def in_own_currency(source: Source, table: Any, amount: str, day: str, into: str) -> Any:
    """The table with an amount converted at the rate of a day, as the column `into`.

    An empty currency is the organisation's. Without a known rate the result is unknown.
    """
    known = table.mutate(rate_currency=table.currency.fill_null(source.settings.currency))
    rated = attach(
        known,
        source.fact("rate"),
        {"rate_currency": "currency"},
        {"rate": "rate"},
        lambda row, rate: [
            rate.since_on.isnull() | (rate.since_on <= row[day]),
            rate.until_on.isnull() | (rate.until_on > row[day]),
        ],
    )
    converted = times(rated[amount], rated.rate)
    return rated.mutate(**{into: converted}).drop("rate", "rate_currency")
