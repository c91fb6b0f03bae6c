"""Recurring revenue: what each customer pays a month, and how much the product is used."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.core.money import MONEY
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.source import LAST_DAY, Source


def make_recurring(source: Source) -> Any:
    """Make `fact.customer_mrr`: each customer's mrr in each currency in which it ever paid, from
    the first day of service on without an end, also where that is nothing.
    """
    prices = source.keep("customer_price", _prices(source.fact("subscription_row")))
    prices = prices.mutate(
        price_since=source.midnight(row.cut_on),
        price_until=source.midnight(row.cut_until),
    )
    states = source.fact("customer_state")
    kept = {name: states[name] for name in states.columns if name not in ("since", "until")}
    overlap = [
        states.account_id == prices.account_id,
        states.since < prices.price_until,
        states.until > prices.price_since,
    ]
    made = source.keep(
        "customer_mrr",
        states.inner_join(prices, overlap).select(
            **kept,
            **{name: prices[name] for name in ("currency", "cut_on", "mrr", "mrr_before")},
            since=ibis.greatest(states.since, prices.price_since),
            until=ibis.least(states.until, prices.price_until),
        ),
    )
    source.drop("customer_price", "subscription_row", "spell")
    return made


def _prices(rows: Any) -> Any:
    """Per account and currency the stretches of days with one mrr, and the mrr before each."""
    cuts = ibis.union(
        rows.select("account_id", cut_on=row.started_on),
        rows.filter(row.until_on < LAST_DAY).select("account_id", cut_on=row.until_on),
        distinct=True,
    )
    in_order = ibis.window(group_by="account_id", order_by="cut_on")
    cuts = cuts.mutate(cut_until=ibis.coalesce(row.cut_on.lead().over(in_order), LAST_DAY))
    known = rows.filter(row.mrr.notnull())
    grid = cuts.inner_join(known.select("account_id", "currency").distinct(), "account_id")
    held = grid.inner_join(
        known,
        [
            grid.account_id == known.account_id,
            grid.currency == known.currency,
            known.started_on <= grid.cut_on,
            known.until_on > grid.cut_on,
        ],
    ).select(grid.account_id, grid.currency, grid.cut_on, known.mrr)
    same = ("account_id", "currency", "cut_on")
    held = held.group_by(same).agg(mrr=row.mrr.sum())
    grid = attach(grid, held, {name: name for name in same}, {"mrr": "mrr"})
    grid = grid.mutate(mrr=row.mrr.fill_null(0).cast(MONEY))
    before = ibis.window(group_by=["account_id", "currency"], order_by="cut_on")
    return grid.mutate(mrr_before=row.mrr.lag().over(before).fill_null(0).cast(MONEY))


def make_usage(source: Source) -> Any:
    """Make `fact.usage`: each row of use, as often as it says, else once."""
    used = source.canonical("usage")
    used = resolved(used, "account_id", source.fact("account_merge"), "account_id")
    return source.keep(
        "usage",
        used.select(
            "row_key",
            "account_id",
            "day",
            "event",
            customer="account " + row.account_id,
            times=row.amount.fill_null(1.0),
        ),
    )
