"""Leads: who asked, or was found, and when."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.funnels import with_drop
from foresail.facts.making.leads.prospects import person, size_band, with_account
from foresail.facts.making.people.roles import along_roles
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.shared.reigns import between, first_reigns
from foresail.facts.making.shared.stretches import laid_over, through_time
from foresail.facts.making.source import BEGINNING, END, Source

ORIGIN = (
    "channel",
    "source",
    "campaign",
    "lead_territory",
    "segment",
    "industry",
    "country",
    "company_size_band",
    "title_level",
    "account",
)
"""What is known of a lead whatever the time."""


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
            "is_organic",
            company_size=ibis.coalesce(row.company_size, row.employees),
            person=person(row.contact_id, row.lead_id),
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
            since=row.created_at,
            until=ibis.coalesce(row.created_at.lead().over(in_order), END),
        ),
    )


def make_lead_owners(source: Source) -> Any:
    """Make `fact.lead_owner`: who owned each lead when, in which position."""
    spells = _owner_spells(source, source.fact("lead"))
    spells = spells.mutate(spell_since=row.since, spell_until=row.until)
    return source.keep("lead_owner", along_roles(source, spells, "owner_id", "attempt"))


def make_lead_states(source: Source) -> Any:
    """Make `fact.lead_state`: the lead's owner over time, fixed while there is a first attempt,
    and what stages it had reached.
    """
    leads = source.fact("lead")
    touches = source.fact("activity").filter(row.is_touch & row.lead_id.notnull())
    touches = attach(
        touches.select("activity_id", "lead_id", "occurred_at", "deleted_at"),
        leads,
        {"lead_id": "lead_id"},
        {"created_at": "created_at"},
    ).filter(row.created_at.isnull() | (row.occurred_at >= row.created_at))
    reigns = source.keep("lead_attempt", first_reigns(touches, "lead_id"))
    spells = source.fact("lead_owner")
    held = ibis.union(
        at_answer(reigns, spells, "lead_id"),
        until_answer(between(leads, reigns, "lead_id", BEGINNING), spells, "lead_id"),
    )
    states = leads.drop("owner_id").inner_join(held, "lead_id")
    funnel = source.fact("lead_funnel")
    stages = [name for name in funnel.columns if name not in ("lead_id", "since", "until")]
    states = laid_over(states, funnel, "lead_id", stages)
    states = source.keep("lead_reached", states)
    states = _handed(source, states)
    dated = {"requested": (states.created_at, states.created_is_date)}
    dated |= {name: (states[f"{name}_at"], states[f"{name}_is_date"]) for name in ANCHORED}
    for name, (instant, is_date) in dated.items():
        states = states.mutate(**source.clock(instant, is_date, name))
    web = source.canonical("web_traffic").select(web_source="source", is_web=True).distinct()
    states = attach(states, web, {"source": "web_source"}, {"is_web": "is_web"})
    made = source.keep("lead_state", states.mutate(is_web=row.is_web.fill_null(False)))
    source.drop("lead_reached", "lead_stated")
    return made


ANCHORED = ("mql", "sql", "opportunity", "customer", "forecast", "passed", "handed", "dropped")


def _handed(source: Source, states: Any) -> Any:
    """Add `handed_at`: the first attempt for the lead's person once the lead was an mql."""
    known = states.filter(row.mql_at.notnull())
    cases = known.select("lead_id", "mql_at", "person").distinct()
    touches = source.fact("activity").filter(row.is_touch)
    found = cases.inner_join(
        touches, [cases.person == touches.person, touches.occurred_at >= cases.mql_at]
    ).select(
        cases.lead_id,
        cases.mql_at,
        touches.occurred_at,
        touches.deleted_at,
        touches.activity_id,
        handed_at=touches.occurred_at,
        handed_is_date=touches.occurred_is_date,
    )
    keys, columns = ("lead_id", "mql_at"), ("handed_at", "handed_is_date")
    reigns = source.keep("lead_handed", first_reigns(found, keys))
    handed = laid_over(known, through_time(cases, reigns, keys, columns), keys, columns)
    handed = with_drop(source, handed, "mql_at")
    rest = states.filter(row.mql_at.isnull()).mutate(
        handed_at=ibis.null("timestamp(6)"),
        handed_is_date=ibis.null("boolean"),
        dropped_at=ibis.null("timestamp(6)"),
        dropped_is_date=ibis.null("boolean"),
    )
    states = source.keep("lead_stated", ibis.union(handed, rest.select(*handed.columns)))
    source.drop("lead_handed")
    return states


def at_answer(reigns: Any, spells: Any, key: str) -> Any:
    """While an attempt is the first, the lead is whose it was at that moment.

    `key` names the rows; reigns and spells both have `lead_id`.
    """
    kept = dict.fromkeys((key, "lead_id", "since", "until", "occurred_at"))
    return attach(
        reigns.select(*kept),
        spells,
        {"lead_id": "lead_id"},
        {name: name for name in spells.columns if name.startswith("attempt_")},
        lambda reign, spell: [
            spell.since <= reign.occurred_at,
            spell.until > reign.occurred_at,
        ],
    ).drop("occurred_at")


def until_answer(gaps: Any, spells: Any, key: str) -> Any:
    """While there is no attempt, the lead is whose it is."""
    kept = dict.fromkeys((key, "lead_id", "since", "until"))
    found = attach(
        gaps.select(*kept),
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
    first spell the lead is in the queue. Giving it again to who has it changes nothing.
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
    is_same = row.owner_id.lag().over(in_order).fill_null("") == row.owner_id.fill_null("")
    is_first = ibis.row_number().over(in_order) == 0
    spells = spells.mutate(goes_on=is_same & ~is_first).filter(~row.goes_on).drop("goes_on")
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
