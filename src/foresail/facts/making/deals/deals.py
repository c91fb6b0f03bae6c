"""`fact.deal`: each opportunity that survived merges, linked and described."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.leads import with_lead
from foresail.facts.making.leads.prospects import with_account
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.source import Source


def make_deals(source: Source) -> Any:
    """Make `fact.deal`: one row per surviving opportunity, with its lead, person and account.

    It belongs to a lead by `lead_id`; else by contact, to the latest request before it was
    created. The survivor of a merge keeps the earliest creation.
    """
    deals = source.canonical("opportunity")
    merges = source.fact("opportunity_merge")
    family = attach(deals, merges, {"opportunity_id": "opportunity_id"}, {"survivor": "survivor"})
    first = family.group_by(survivor=ibis.coalesce(row.survivor, row.opportunity_id)).agg(
        created_at=row.created_at.min(),
        is_date=row.created_at_is_date.argmin(row.created_at),
    )
    kept = deals.anti_join(merges, "opportunity_id")
    for column, table in (
        ("lead_id", "lead"),
        ("contact_id", "contact"),
        ("account_id", "account"),
    ):
        kept = resolved(kept, column, source.fact(f"{table}_merge"), f"{table}_id")
    kept = attach(
        kept.drop("created_at", "created_at_is_date"),
        first,
        {"opportunity_id": "survivor"},
        {"created_at": "created_at", "created_is_date": "is_date"},
    )
    return source.keep("deal", _described(source, kept))


KEPT = (
    "opportunity_id",
    "name",
    "lead_id",
    "is_lead_inferred",
    "contact_id",
    "account_id",
    "account",
    "owner_id",
    "sourced_by_id",
    "pipeline",
    "pipeline_key",
    "deal_type",
    "product",
    "amount",
    "currency",
    "probability",
    "created_at",
    "created_is_date",
    "expected_close_on",
    "closed_at",
    "closed_at_is_date",
    "outcome",
    "lost_reason",
    "stage",
    "deleted_at",
    "loaded_at",
    "source",
    "channel",
    "campaign",
    "lead_territory",
    "industry",
    "country",
)


def _described(source: Source, kept: Any) -> Any:
    linked = attach(
        kept,
        source.fact("lead_request"),
        {"contact_id": "contact_id"},
        {"requested_lead": "lead_id"},
        lambda deal, request: [
            request.since <= deal.created_at,
            request.until > deal.created_at,
        ],
    )
    linked = linked.mutate(
        lead_id=ibis.coalesce(row.lead_id, row.requested_lead),
        is_lead_inferred=row.lead_id.isnull() & row.requested_lead.notnull(),
        pipeline_key=row.pipeline.fill_null(""),
    )
    linked = with_lead(source, linked)
    linked = linked.mutate(contact_id=ibis.coalesce(row.contact_id, row.lead_contact))
    linked = attach(
        linked,
        source.fact("contact"),
        {"contact_id": "contact_id"},
        {"contact_account": "account_id", "contact_level": "title_level"},
    )
    linked = linked.mutate(
        account_id=ibis.coalesce(row.account_id, row.contact_account, row.lead_account)
    )
    linked = with_account(source, linked)
    return linked.select(
        *KEPT,
        segment=ibis.coalesce(row.account_segment, row.lead_segment),
        company_size_band=ibis.coalesce(row.account_size_band, row.lead_size_band),
        title_level=ibis.coalesce(row.contact_level, row.lead_level),
    )


def stage_of(source: Source) -> Any:
    """The stages with an empty pipeline where deals name none."""
    return source.canonical("stage").select(
        stage_pipeline=row.pipeline,
        stage_name=row.stage,
        stage_probability=row.probability,
        stage_kind=row.kind,
        stage_position=row.position,
        is_accepted=row.is_accepted,
    )
