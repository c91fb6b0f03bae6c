"""Amounts and currencies."""

from __future__ import annotations

from typing import Any

from ibis import _ as row

from foresail.health.checks import Check, Tables, rows_with

RATES = "Load the rates as exchange_rate, from a day on or before the first amount."


def _without_rate(table: str, date: str = "") -> Check:
    """Rows in a foreign currency without a rate: none at all, or, with a date, none on its day."""

    def find(tables: Tables) -> Any:
        rows = tables.canonical(table)
        foreign = rows.filter(row.currency.notnull() & (row.currency != tables.currency))
        rates = tables.canonical("exchange_rate").filter(row.rate.notnull())
        first = rates.group_by("currency").agg(first_on=row.day.min())
        joined = foreign.left_join(first, "currency")
        unknown = joined.first_on.isnull()
        if date:
            unknown = unknown | (joined[date].cast("date") < joined.first_on).fill_null(False)
        return joined.filter(unknown).select("record")

    return Check(
        f"{table}_without_rate",
        table,
        f"rows of {table} in a currency without an exchange rate"
        + (" on their day" if date else ""),
        "Their amounts are unknown; they are in counts and in no sum.",
        RATES,
        find,
    )


CHECKS = (
    _without_rate("opportunity", "closed_at"),
    _without_rate("revenue", "day"),
    _without_rate("subscription"),
    _without_rate("cost", "starts_on"),
    _without_rate("quota", "starts_on"),
    Check(
        "negative_amount",
        "opportunity",
        "opportunities with an amount below zero",
        "They lower pipeline and revenue.",
        "Correct them, unless they are credits.",
        rows_with("opportunity", row.amount < 0),
        is_wrong=False,
    ),
    Check(
        "won_without_amount",
        "opportunity",
        "won opportunities without an amount",
        "They are in win rates and add nothing to revenue.",
        "Fill in the amount.",
        rows_with("opportunity", (row.outcome == "won") & row.amount.isnull()),
    ),
)
