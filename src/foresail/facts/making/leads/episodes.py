"""Requests of people, and the episodes they begin."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.funnels import with_drop
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import END, Source

HOUR = ibis.interval(hours=1)


def make_episodes(source: Source) -> Any:
    """Make `fact.request` and `fact.episode`.

    A request is a lead, or a missed inbound call that belongs to one that was entered before it or
    within the hour after it. Those of a person that follow each other within an hour, each with a
    time of day, are one episode, described by the first.
    """
    requests = source.keep("request", _chained(_requests(source)))
    first = requests.filter(row.is_first)
    deleted = requests.group_by("episode_id").agg(
        deleted_at=row.deleted_at.fill_null(END).max().nullif(END)
    )
    episodes = attach(
        first.drop("deleted_at"),
        deleted,
        {"episode_id": "episode_id"},
        {"deleted_at": "deleted_at"},
    )
    episodes = with_drop(source, episodes, "requested_at")
    goes = episodes.mutate(
        ended_at=ibis.greatest(
            ibis.least(row.dropped_at.fill_null(END), row.deleted_at.fill_null(END)),
            row.requested_at,
        ).nullif(END)
    )
    is_date = (goes.ended_at == goes.dropped_at) & goes.dropped_is_date
    goes = goes.mutate(ended_is_date=is_date.fill_null(False))
    return source.keep("episode", goes.drop("dropped_at", "dropped_is_date", "is_first"))


def _requests(source: Source) -> Any:
    leads = source.fact("lead").filter(row.created_at.notnull())
    entered = leads.select(
        "lead_id",
        "person",
        request_id=row.lead_id,
        requested_at=row.created_at,
        requested_is_date=row.created_is_date.fill_null(False),
        is_lead=True,
        is_inbound=(row.channel == "inbound").fill_null(False),
        deleted_at=row.deleted_at,
        visible_at=row.created_at,
    )
    calls = source.fact("activity").filter(
        (row.kind == "call")
        & (row.direction == "inbound")
        & ~row.is_automated
        & row.is_completed
        & row.outcome.notnull()
        & (row.outcome != "connected")
        & row.lead_id.notnull()
        & row.occurred_at.notnull()
    )
    calls = attach(
        calls,
        leads,
        {"lead_id": "lead_id"},
        {"lead_person": "person", "lead_made": "created_at"},
    ).filter(row.occurred_at + HOUR >= row.lead_made)
    missed = calls.select(
        "lead_id",
        request_id=row.activity_id,
        person=row.lead_person,
        requested_at=row.occurred_at,
        requested_is_date=row.occurred_is_date,
        is_lead=False,
        is_inbound=True,
        deleted_at=row.deleted_at,
        visible_at=ibis.greatest(row.occurred_at, row.lead_made),
    )
    return ibis.union(entered, missed.select(*entered.columns))


def _chained(requests: Any) -> Any:
    """Add `episode_id`, the first request of the chain, and `is_first`."""
    in_order = ibis.window(
        group_by=["person", "requested_is_date"], order_by=["requested_at", "request_id"]
    )
    before = row.requested_at.lag().over(in_order)
    joins = ~row.requested_is_date & (before + HOUR >= row.requested_at)
    requests = requests.mutate(is_first=~joins.fill_null(False))
    so_far = ibis.window(
        group_by=["person", "requested_is_date"],
        order_by=["requested_at", "request_id"],
        preceding=None,
        following=0,
    )
    requests = requests.mutate(chain=row.is_first.cast("int64").sum().over(so_far))
    whole = ibis.window(
        group_by=["person", "requested_is_date", "chain"],
        order_by=["requested_at", "request_id"],
        preceding=None,
        following=0,
    )
    return requests.mutate(episode_id=row.request_id.first().over(whole)).drop("chain")
