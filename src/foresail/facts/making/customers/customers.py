"""Customers: whom we serve, from when until when, and where they came from."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.prospects import with_account
from foresail.facts.making.people.roles import POSITION, along_roles, credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.reigns import between, first_reigns
from foresail.facts.making.shared.spells import ACCOUNT, ORIGIN, OWN, make_spells
from foresail.facts.making.source import BEGINNING, END, Source

DIMENSIONS = (*ACCOUNT, *ORIGIN)
OF_REP = ("rep", *POSITION)
YEAR = 365


def make_customers(source: Source) -> Any:
    """Make `fact.customer_spell`: one row per spell and stretch of time with one earliest lead."""
    source.keep("account_origin", _origins(source))
    spells = described(source, make_spells(source))
    spells = spells.mutate(
        owner=ibis.coalesce(row.own_owner, row.account_owner),
        account=ibis.coalesce(row.account, row.own_name),
        **{name: ibis.coalesce(row[name], row[f"own_{name}"]) for name in DIMENSIONS},
    ).drop(*OWN)
    spells = spells.mutate(started_on=source.wall_time(row.started_at).date())
    spells = credited(source, spells, "owner", "started_on", "start")
    spells = credited(source, spells, "owner", "ended_on", "end")
    return source.keep("customer_spell", spells)


def make_customer_states(source: Source) -> Any:
    """Make `fact.customer_state`: from the first day of service on without an end, cut where
    service ends or begins again and where the owner's position changes.
    """
    spells = source.fact("customer_spell").cross_join(_history(source))
    spells = spells.drop(*(f"{day}_{name}" for day in ("start", "end") for name in OF_REP))
    in_order = ibis.window(group_by=["customer", "known_since"], order_by="spell")
    begun_at = ibis.coalesce(row.started_at, BEGINNING)
    spells = spells.mutate(begun_at=begun_at)
    spells = spells.mutate(again_at=ibis.coalesce(row.begun_at.lead().over(in_order), END))
    served = spells.mutate(is_served=True, since=row.begun_at, until=row.ended_at)
    gone = spells.mutate(is_served=False, since=row.ended_at, until=row.again_at)
    states = ibis.union(served, gone).filter(row.since < row.until)
    states = states.drop("begun_at", "again_at")
    return source.keep("customer_state", along_roles(source, states, "owner", "keeper"))


def _history(source: Source) -> Any:
    """`history_from`: the instant from which revenue or service reaches back a year."""
    days = ibis.union(
        source.canonical("revenue").select(first_on=row.day),
        source.fact("customer_spell").select(first_on=row.started_on),
    )
    first = days.agg(first_on=row.first_on.min())
    a_year_on = (row.first_on.cast("timestamp") + ibis.interval(days=YEAR)).cast("date")
    return first.select(history_from=source.midnight(a_year_on))


def described(source: Source, table: Any) -> Any:
    """The table with what is known of its `account_id` as a customer.

    Where the table has `known_since` and `known_until`, it is cut where another lead becomes the
    earliest one that is known; else they come with that lead.
    """
    table = with_account(source, table)
    table = table.rename(segment="account_segment", company_size_band="account_size_band")
    if "known_since" not in table.columns:
        table = table.mutate(known_since=BEGINNING, known_until=END)
    found = attach(
        table,
        source.fact("account_origin"),
        {"account_id": "account_id"},
        {**{name: name for name in ORIGIN}, "origin_since": "since", "origin_until": "until"},
        lambda known, origin: [
            origin.since < known.known_until,
            origin.until > known.known_since,
        ],
    )
    return found.mutate(
        known_since=ibis.greatest(row.known_since, row.origin_since.fill_null(BEGINNING)),
        known_until=ibis.least(row.known_until, row.origin_until.fill_null(END)),
    ).drop("origin_since", "origin_until")


def _origins(source: Source) -> Any:
    """All time of each account with leads, with the origin of its earliest lead by then."""
    leads = source.fact("lead").filter(row.account_id.notnull())
    first = first_reigns(leads, "account_id", instant="created_at", order=("lead_id",))
    first = first.select("account_id", *ORIGIN, "since", "until")
    accounts = leads.select("account_id").distinct()
    gaps = between(accounts, first, "account_id", BEGINNING)
    unknown = {name: ibis.null(first[name].type()) for name in ORIGIN}
    return ibis.union(first, gaps.mutate(**unknown).select(*first.columns))
