"""Recognised revenue: what was earned day by day, and what it cost."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.deals.deal_history import MICROSECOND
from foresail.facts.making.leads.prospects import with_account
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.shared.money import in_own_currency
from foresail.facts.making.shared.splits import part, shared_out
from foresail.facts.making.source import END, Source


def make_recognised(source: Source) -> Any:
    """Make `fact.recognised`: credited by splits, else to whom the deal belonged that day, as at
    its close once it is won; without a deal, to the account's owner. Where nobody owned the deal,
    nobody is credited.
    """
    revenue = source.canonical("revenue")
    revenue = resolved(revenue, "account_id", source.fact("account_merge"), "account_id")
    revenue = resolved(
        revenue, "opportunity_id", source.fact("opportunity_merge"), "opportunity_id"
    )
    deal = {"opportunity_id": "opportunity_id"}
    described = ("pipeline", "product", "deal_type", "source", "channel", "campaign")
    linked = attach(
        revenue,
        source.fact("deal"),
        deal,
        {
            **{name: name for name in described},
            "deal_account": "account_id",
            "deal_segment": "segment",
            "deal_id": "opportunity_id",
        },
    )
    next_day = (row.day + ibis.interval(days=1)).cast("date")
    linked = linked.mutate(seen_at=source.midnight(next_day) - MICROSECOND)
    linked = attach(
        linked,
        source.fact("opportunity_state"),
        deal,
        {"holder": "owner_rep", "held": "opportunity_id"},
        lambda revenue, state: [
            state.since <= revenue.seen_at,
            state.until > revenue.seen_at,
        ],
    )
    linked = attach(
        linked,
        source.fact("deal_owner"),
        deal,
        {"owned_by": "value"},
        lambda revenue, owner: [
            owner.value_since <= revenue.seen_at,
            owner.value_until > revenue.seen_at,
        ],
    )
    linked = linked.mutate(account_id=ibis.coalesce(row.account_id, row.deal_account))
    linked = with_account(source, linked)
    linked = linked.mutate(
        owner=ibis.cases(
            (row.held.notnull(), row.holder),
            (row.deal_id.notnull(), row.owned_by),
            else_=row.account_owner,
        ),
        segment=ibis.coalesce(row.account_segment, row.deal_segment),
    ).rename(company_size_band="account_size_band")
    linked = in_own_currency(source, linked, "amount", "day", "own_amount")
    linked = in_own_currency(source, linked, "cost", "day", "own_cost")
    shared = shared_out(linked, source.fact("split"), "owner")
    shared = shared.mutate(value=part(row.own_amount), own_part=part(row.own_cost))
    shared = shared.mutate(
        profit=row.value - row.own_part, since=source.midnight(row.day), until=END
    )
    return source.keep(
        "recognised",
        credited(source, shared, "credited_id", "day", "credited").drop("own_part", "credited_id"),
    )
