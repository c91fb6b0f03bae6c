"""Opportunities: what stands open, what was won and lost."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis
from ibis import _ as row

from foresail.core.money import MONEY, times
from foresail.facts.making.deals.deal_history import MICROSECOND, field_values, stage_values
from foresail.facts.making.deals.deals import stage_of
from foresail.facts.making.deals.opportunity_stages import with_stages
from foresail.facts.making.people.roles import along_roles, credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.money import in_own_currency
from foresail.facts.making.shared.reigns import first_reigns
from foresail.facts.making.source import BEGINNING, FIRST_DAY, LAST_DAY, Source


def make_opportunities(source: Source) -> Any:
    """Make `fact.opportunity_state`, whose rows at any instant hold each deal exactly once."""
    stays = source.fact("deal_stay")
    values = {
        "amount": source.keep("deal_amount", field_values(source, "amount", "amount", MONEY)),
        "owner": source.keep("deal_owner", field_values(source, "owner_id", "owner_id", "string")),
        "due": source.keep(
            "deal_due", field_values(source, "expected_close_on", "expected_close_on", "date")
        ),
        "stage": source.keep("deal_stage", stage_values(source)),
    }
    stretches = source.keep("deal_stretch", _cut(stays, values))
    held = _held(source, stretches, values)
    states = source.keep("deal_held", _in_position(source, held))
    made = source.keep("opportunity_state", _measured(source, states, values))
    source.drop("deal_stretch", "deal_held", "deal_amount", "deal_due", "deal_stage")
    return made


def _cut(stays: Any, values: dict[str, Any]) -> Any:
    """Stretches cut where a field changed; those that begin with a dated closing stay whole.

    Of a closing without a date nothing is known but that it holds, so its fields go on changing.
    """
    is_dated = (row.state != "open") & (row.since > BEGINNING)
    stays = stays.mutate(closing_at=ibis.ifelse(is_dated, row.since, None))
    changes = reduce(
        ibis.union,
        (each.select("opportunity_id", cut_at=row.value_since) for each in values.values()),
    ).distinct()
    moving = stays.filter(row.closing_at.isnull()).drop("closing_at", "is_date")
    inside = moving.inner_join(
        changes,
        [
            moving.opportunity_id == changes.opportunity_id,
            changes.cut_at > moving.since,
            changes.cut_at < moving.until,
        ],
    ).select(moving.opportunity_id, moving.state, since=changes.cut_at, until=moving.until)
    in_order = ibis.window(group_by=["opportunity_id", "until"], order_by="since")
    pieces = ibis.union(moving.select(*inside.columns), inside, distinct=True).mutate(
        next_at=row.since.lead().over(in_order)
    )
    pieces = pieces.select(
        "opportunity_id",
        "state",
        since=row.since,
        until=ibis.coalesce(row.next_at, row.until),
        is_date=False,
        closing_at=ibis.null(stays.closing_at.type()),
    )
    return ibis.union(pieces, stays.filter(row.closing_at.notnull()).select(*pieces.columns))


def _held(source: Source, stretches: Any, values: dict[str, Any]) -> Any:
    """What the fields held in each stretch; a closing by date alone sees the whole day."""
    end_of_day = source.midnight(
        (source.wall_time(row.since).date() + ibis.interval(days=1)).cast("date")
    )
    joined = stretches.mutate(seen_at=ibis.ifelse(row.is_date, end_of_day - MICROSECOND, row.since))
    for name, table in values.items():
        joined = value_at(joined, table, "seen_at", name)
    return joined


def value_at(table: Any, values: Any, instant: str, into: str) -> Any:
    """The table with what a field held at an instant, as the column `into`."""
    return attach(
        table,
        values,
        {"opportunity_id": "opportunity_id"},
        {into: "value"},
        lambda stretch, held: [
            held.value_since <= stretch[instant],
            held.value_until > stretch[instant],
        ],
    )


def _in_position(source: Source, held: Any) -> Any:
    """The owner's position: of the closing for closed stretches, along the way for open ones."""
    openings = along_roles(source, held.filter(row.state == "open"), "owner", "owner")
    closed_on = source.wall_time(row.closing_at).date()
    closings = held.filter(row.state != "open").mutate(on=ibis.coalesce(closed_on, FIRST_DAY))
    closings = credited(source, closings, "owner", "on", "owner").drop("on")
    return ibis.union(openings, closings.select(*openings.columns))


def _measured(source: Source, states: Any, values: dict[str, Any]) -> Any:
    deals, stages = source.fact("deal"), stage_of(source)
    accepted = source.fact("stage_visit").filter(row.is_accepted)
    accepted = accepted.group_by("opportunity_id").agg(accepted_at=row.since.min())
    described = [
        name
        for name in deals.columns
        if name
        not in (
            "opportunity_id",
            "amount",
            "owner_id",
            "expected_close_on",
            "stage",
            "closed_at",
            "created_at",
            "closed_at_is_date",
            "outcome",
        )
    ]
    joined = attach(
        states.rename(expected_close_on="due").drop("seen_at", "owner"),
        deals,
        {"opportunity_id": "opportunity_id"},
        {name: name for name in described} | {"first_at": "created_at"},
    )
    joined = joined.mutate(
        **source.clock(joined.first_at, joined.created_is_date, "created"),
        **source.clock(joined.closing_at, joined.is_date, "closed"),
        creation_at=ibis.coalesce(joined.first_at, BEGINNING),
    )
    joined = value_at(joined, values["amount"], "creation_at", "created_amount")
    joined = value_at(joined, values["owner"], "creation_at", "created_owner")
    joined = value_at(joined, values["stage"], "creation_at", "created_stage")
    joined = joined.mutate(sourced_id=ibis.coalesce(row.sourced_by_id, row.created_owner))
    joined = credited(source, joined, "sourced_id", "created_on", "sourced")
    joined = in_own_currency(source, joined, "created_amount", "created_on", "created_value")
    joined = joined.mutate(rate_on=ibis.coalesce(row.closed_on, LAST_DAY))
    joined = in_own_currency(source, joined, "amount", "rate_on", "closed_value")
    joined = attach(
        joined,
        stages,
        {"pipeline_key": "stage_pipeline", "stage": "stage_name"},
        {"stage_probability": "stage_probability"},
    )
    joined = attach(
        joined, accepted, {"opportunity_id": "opportunity_id"}, {"accepted_at": "accepted_at"}
    )
    joined = with_stages(source, _outbound(source, joined))
    chance = ibis.coalesce(joined.probability, joined.stage_probability).cast("decimal(18, 9)")
    whole_days = joined.closed_is_date | joined.created_is_date
    cycle = ibis.ifelse(
        whole_days,
        (joined.closed_on.delta(joined.created_on, unit="day") * 86_400).cast("float64"),
        joined.closed_at.delta(joined.created_at, unit="microsecond") / 1e6,
    )
    return joined.mutate(
        lost_reason=ibis.ifelse(joined.state == "lost", joined.lost_reason, None),
        weighted_amount=times(joined.amount, chance),
        cycle_seconds=ibis.ifelse(cycle >= 0, cycle, None),
        is_accepted=(joined.accepted_at < joined.until).fill_null(False),
    ).drop(
        "first_at",
        "closing_at",
        "creation_at",
        "rate_on",
        "sourced_id",
        "accepted_at",
        "is_date",
    )


def _outbound(source: Source, joined: Any) -> Any:
    """Add `outbound_from` and `outbound_until`: while the account's first touch was outbound."""
    touches = source.fact("activity").filter(~row.is_automated & row.is_completed)
    reigns = first_reigns(touches, "account_id").filter(row.direction == "outbound")
    first = reigns.group_by("account_id").agg(since=row.since.min(), until=row.until.max())
    columns = {"outbound_from": "since", "outbound_until": "until"}
    return attach(joined, first, {"account_id": "account_id"}, columns)
