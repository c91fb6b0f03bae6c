"""Spells: the stretches of service of each customer without a gap."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.source import BEGINNING, END, LAST_DAY, Source

NOTHING = ibis.null("string")
ACCOUNT = ("segment", "industry", "country", "company_size_band")
ORIGIN = ("source", "channel", "campaign")
SPELL = (
    "customer",
    "account_id",
    "spell",
    "started_at",
    "ended_on",
    "ended_at",
    "end_reason",
    "known_since",
    "known_until",
)
OWN = ("own_owner", "own_name", *(f"own_{name}" for name in (*ACCOUNT, *ORIGIN)))
"""What describes a customer without an account: its deal."""


def make_spells(source: Source) -> Any:
    """Make `fact.spell` of subscriptions, or of wins where there are no subscriptions at all.

    `ended_at` is the first instant after the last day: from then on the end is known.
    """
    rows = source.keep("subscription_row", _subscriptions(source))
    served = _served(source, rows).mutate(**dict.fromkeys(OWN, NOTHING))
    any_row = source.canonical("subscription").agg(any_row=row.count() > 0)
    won = _won(source).cross_join(any_row).filter(~row.any_row)
    columns = (*SPELL, *OWN)
    return source.keep("spell", ibis.union(served.select(*columns), won.select(*columns)))


def _subscriptions(source: Source) -> Any:
    """The rows that serve an account from a known day on, numbered by the spell they belong to."""
    found = source.canonical("subscription")
    found = resolved(found, "account_id", source.fact("account_merge"), "account_id")
    found = found.filter(row.account_id.notnull() & row.started_on.notnull())
    last_on = ibis.greatest(row.ended_on, row.started_on)
    day_after = (last_on.cast("timestamp") + ibis.interval(days=1)).cast("date")
    found = found.select(
        "account_id",
        "subscription_id",
        "started_on",
        "mrr",
        "end_reason",
        currency=row.currency.fill_null(source.settings.currency),
        until_on=ibis.ifelse(row.ended_on.isnull(), LAST_DAY, day_after),
    )
    order = ["started_on", "until_on", "subscription_id"]
    before = ibis.window(group_by="account_id", order_by=order, preceding=(None, 1))
    so_far = ibis.window(group_by="account_id", order_by=order, following=0)
    found = found.mutate(reached=row.until_on.max().over(before))
    found = found.mutate(begins=row.reached.isnull() | (row.started_on > row.reached))
    spell = row.begins.nullif(False).count().over(so_far)
    return found.mutate(spell=spell).drop("reached", "begins")


def _served(source: Source, rows: Any) -> Any:
    """The spells of subscriptions; the reason is that of the row that ended last."""
    last = ibis.window(
        group_by=["account_id", "spell"],
        order_by=[
            ibis.desc("until_on"),
            ibis.desc("mrr", nulls_first=False),
            ibis.asc("subscription_id"),
        ],
    )
    placed = rows.mutate(place=ibis.row_number().over(last))
    found = placed.group_by("account_id", "spell").agg(
        started_on=row.started_on.min(),
        until_on=row.until_on.max(),
        end_reason=row.end_reason.max(where=row.place == 0),
    )
    runs = row.until_on == LAST_DAY
    day_before = (row.until_on.cast("timestamp") - ibis.interval(days=1)).cast("date")
    return found.mutate(
        customer="account " + row.account_id,
        started_at=source.midnight(row.started_on),
        ended_on=ibis.ifelse(runs, None, day_before),
        ended_at=ibis.ifelse(runs, END, source.midnight(row.until_on)),
        end_reason=ibis.ifelse(runs, None, row.end_reason),
        known_since=BEGINNING,
        known_until=END,
    )


def _won(source: Source) -> Any:
    """One spell without an end from each account's first win on, known while that is the first."""
    wins = source.fact("first_win")
    own = {name: ibis.ifelse(row.account_id.isnull(), row[name], None) for name in wins.columns}
    return wins.mutate(
        spell=ibis.literal(1, "int64"),
        started_at=row.closed_at,
        ended_on=ibis.null("date"),
        ended_at=END,
        end_reason=NOTHING,
        known_since=row.since,
        known_until=row.until,
        own_owner=own["owner_rep"],
        own_name=own["name"],
        **{f"own_{name}": own[name] for name in (*ACCOUNT, *ORIGIN)},
    )
