"""Leads: who asked, or was found, and when."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.attach import attach
from foresail.facts.making.identity import resolved
from foresail.facts.making.prospects import size_band, with_account
from foresail.facts.making.reigns import between, first_reigns
from foresail.facts.making.roles import along_roles
from foresail.facts.making.source import BEGINNING, END, Source


def make_leads(source: Source) -> Any:
    """Make `fact.lead`: one row per lead that survived merges, with its earliest request."""
    leads = source.canonical("lead")
    family = attach(
        leads, source.fact("lead_merge"), {"lead_id": "lead_id"}, {"survivor": "survivor"}
    )
    first = family.group_by(survivor=ibis.coalesce(row.survivor, row.lead_id)).agg(
        created_at=row.created_at.min(),
        is_date=row.created_at_is_date.argmin(row.created_at),
    )
    kept = leads.anti_join(source.fact("lead_merge"), "lead_id")
    for name in ("account", "contact"):
        kept = resolved(kept, f"{name}_id", source.fact(f"{name}_merge"), f"{name}_id")
    kept = attach(
        kept,
        first,
        {"lead_id": "survivor"},
        {"created_at": "created_at", "created_is_date": "is_date"},
    )
    kept = attach(
        kept,
        source.fact("contact"),
        {"contact_id": "contact_id"},
        {"contact_account": "account_id", "contact_level": "title_level"},
    ).mutate(account_id=ibis.coalesce(row.account_id, row.contact_account))
    kept = with_account(source, kept)
    return source.keep(
        "lead",
        kept.select(
            "lead_id",
            "contact_id",
            "account_id",
            "account",
            "created_at",
            "created_is_date",
            "channel",
            "source",
            "industry",
            "country",
            "owner_id",
            "assigned_at",
            "deleted_at",
            "loaded_at",
            campaign=row.campaign_id,
            lead_territory=row.territory,
            segment=ibis.coalesce(row.account_segment, row.segment),
            company_size_band=size_band(ibis.coalesce(row.company_size, row.employees)),
            title_level=ibis.coalesce(row.contact_level, row.title_level),
        ),
    )


def make_lead_requests(source: Source) -> Any:
    """Make `fact.lead_request`: per person, each request and the instant of the next one."""
    leads = source.fact("lead").filter(row.contact_id.notnull())
    in_order = ibis.window(group_by="contact_id", order_by=["created_at", "lead_id"])
    return source.keep(
        "lead_request",
        leads.select(
            "contact_id",
            "lead_id",
            since=ibis.ifelse(ibis.row_number().over(in_order) == 0, BEGINNING, row.created_at),
            until=ibis.coalesce(row.created_at.lead().over(in_order), END),
        ),
    )


def make_lead_states(source: Source) -> Any:
    """Make `fact.lead_state`: the lead's owner over time, fixed while there is a first attempt."""
    leads = source.fact("lead")
    touches = source.fact("activity").filter(row.is_touch)
    touches = attach(
        touches.select("activity_id", "lead_id", "occurred_at", "deleted_at"),
        leads,
        {"lead_id": "lead_id"},
        {"created_at": "created_at"},
    ).filter(row.occurred_at >= row.created_at)
    reigns = source.keep("lead_attempt", first_reigns(touches, "lead_id"))
    spells = along_roles(source, _owner_spells(source, leads), "owner_id", "attempt")
    spells = source.keep("lead_owner", spells)
    held = ibis.union(_at_attempt(reigns, spells), _until_attempt(leads, reigns, spells))
    stretches = leads.drop("owner_id").inner_join(held, "lead_id")
    requested = source.clock(stretches.created_at, stretches.created_is_date, "requested")
    made = source.keep("lead_state", stretches.mutate(**requested))
    source.drop("lead_owner")
    return made


def _at_attempt(reigns: Any, spells: Any) -> Any:
    """While an attempt is the first, the lead is whose it was at that moment."""
    return attach(
        reigns.select("lead_id", "since", "until", "occurred_at"),
        spells,
        {"lead_id": "lead_id"},
        {name: name for name in spells.columns if name.startswith("attempt_")},
        lambda reign, spell: [
            spell.since <= reign.occurred_at,
            spell.until > reign.occurred_at,
        ],
    ).drop("occurred_at")


def _until_attempt(leads: Any, reigns: Any, spells: Any) -> Any:
    """While there is no attempt, the lead is whose it is."""
    gaps = between(leads, reigns, "lead_id", BEGINNING)
    found = attach(
        gaps,
        spells,
        {"lead_id": "lead_id"},
        {
            "spell_since": "since",
            "spell_until": "until",
            **{name: name for name in spells.columns if name.startswith("attempt_")},
        },
        lambda gap, spell: [spell.since < gap.until, spell.until > gap.since],
    )
    return found.mutate(
        since=ibis.greatest(row.since, row.spell_since),
        until=ibis.least(row.until, row.spell_until),
    ).drop("spell_since", "spell_until")


def _owner_spells(source: Source, leads: Any) -> Any:
    """Per lead, who owned it from when until when.

    Without a history one spell from `assigned_at`, or for ever where that is unknown. Before the
    first spell the lead is in the queue.
    """
    moves = resolved(
        source.canonical("lead_assignment"), "lead_id", source.fact("lead_merge"), "lead_id"
    )
    settled = leads.anti_join(moves, "lead_id")
    spells = ibis.union(
        moves.select("lead_id", owner_id=row.rep_id, since=row.assigned_at),
        settled.select("lead_id", "owner_id", since=row.assigned_at.fill_null(BEGINNING)),
    )
    in_order = ibis.window(group_by="lead_id", order_by="since")
    spells = spells.mutate(until=ibis.coalesce(row.since.lead().over(in_order), END))
    queue = spells.group_by("lead_id").agg(until=row.since.min()).filter(row.until > BEGINNING)
    queue = queue.select("lead_id", owner_id=ibis.null("string"), since=BEGINNING, until=row.until)
    return ibis.union(spells, queue)


def with_lead(source: Source, table: Any) -> Any:
    """The table with what is known of its `lead_id`."""
    columns = {
        "lead_contact": "contact_id",
        "lead_account": "account_id",
        "source": "source",
        "channel": "channel",
        "campaign": "campaign",
        "lead_territory": "lead_territory",
        "lead_segment": "segment",
        "lead_size_band": "company_size_band",
        "lead_level": "title_level",
    }
    return attach(table, source.fact("lead"), {"lead_id": "lead_id"}, columns)
