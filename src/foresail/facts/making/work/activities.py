"""Activities: calls, mails, meetings, social touches, letters."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.leads.leads import with_lead
from foresail.facts.making.leads.prospects import person, with_account
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.shared.reigns import first_reigns
from foresail.facts.making.shared.surrogates import with_person_surrogate
from foresail.facts.making.source import Source


def make_activities(source: Source) -> Any:
    """Make `fact.activity`: each activity with its person, lead, account, actor and first touch."""
    activity = _linked(source)
    clock = source.clock(activity.occurred_at, activity.occurred_at_is_date, "occurred")
    activity = activity.mutate(
        **clock, booked_is_date=activity.booked_at_is_date.fill_null(False)
    ).drop("occurred_at_is_date", "booked_at_is_date")
    activity = credited(source, activity, "rep_id", "occurred_on", "actor")
    activity = with_person_surrogate(source, _first_touches(activity))
    return source.keep("activity", activity)


def _linked(source: Source) -> Any:
    """Each activity with the lead it belongs to, the person and the account.

    By `lead_id`; else by its opportunity's lead; else by the contact, to that person's request
    that was the latest one at the time.
    """
    activity = source.canonical("activity")
    for table in ("lead", "contact", "account", "opportunity"):
        key = f"{table}_id"
        activity = resolved(activity, key, source.fact(f"{table}_merge"), key)
    later = activity.filter(activity.moved_from_id.notnull()).group_by("moved_from_id")
    activity = attach(
        activity,
        later.agg(moved_to_id=row.activity_id.min()),
        {"activity_id": "moved_from_id"},
        {"moved_to_id": "moved_to_id"},
    )
    linked = attach(
        activity,
        source.fact("deal"),
        {"opportunity_id": "opportunity_id"},
        {"deal_lead": "lead_id", "deal_account": "account_id"},
    )
    linked = attach(
        linked,
        source.fact("lead_request"),
        {"contact_id": "contact_id"},
        {"requested_lead": "lead_id"},
        lambda activity, request: [
            request.since <= activity.occurred_at,
            request.until > activity.occurred_at,
        ],
    )
    named = ibis.coalesce(row.lead_id, row.deal_lead)
    linked = linked.mutate(
        lead_id=ibis.coalesce(named, row.requested_lead),
        is_lead_inferred=named.isnull() & row.requested_lead.notnull(),
    )
    linked = with_lead(source, linked)
    linked = linked.mutate(contact_id=ibis.coalesce(row.contact_id, row.lead_contact))
    linked = attach(
        linked,
        source.fact("contact"),
        {"contact_id": "contact_id"},
        {
            "contact_account": "account_id",
            "contact_level": "title_level",
            "is_decision_maker": "is_decision_maker",
        },
    )
    linked = linked.mutate(
        account_id=ibis.coalesce(
            row.account_id, row.contact_account, row.lead_account, row.deal_account
        )
    )
    return _described(with_account(source, linked))


KEPT = (
    "activity_id",
    "kind",
    "direction",
    "outcome",
    "duration_seconds",
    "subject",
    "note",
    "recording_url",
    "network",
    "dialled_number",
    "moved_by",
    "is_completed",
    "is_automated",
    "is_conversation",
    "is_decision_maker",
    "is_held",
    "is_called_off",
    "is_outbound",
    "is_touch",
    "occurred_at",
    "occurred_at_is_date",
    "booked_at",
    "booked_at_is_date",
    "deleted_at",
    "loaded_at",
    "rep_id",
    "lead_id",
    "is_lead_inferred",
    "contact_id",
    "account_id",
    "account",
    "opportunity_id",
    "person",
    "source",
    "channel",
    "campaign",
    "lead_territory",
    "industry",
    "country",
)


def _described(linked: Any) -> Any:
    """Say of each activity whether it was held, and whether it is a human outbound attempt.

    An entry of the calendar that was moved was not held, unless it says so.
    """
    linked = linked.mutate(
        is_automated=row.is_automated.fill_null(False),
        is_completed=row.is_completed.fill_null(True),
        person=person(row.contact_id, row.lead_id),
    )
    assumed = ibis.ifelse(linked.moved_to_id.isnull(), "held", "moved")
    linked = linked.mutate(
        is_held=(linked.kind == "meeting")
        & linked.is_completed
        & (linked.outcome.fill_null(assumed) == "held")
    )
    is_off = linked.outcome.fill_null(assumed).isin(("cancelled", "moved"))
    linked = linked.mutate(is_called_off=(linked.kind == "meeting") & is_off)
    counts = ibis.cases(
        (linked.kind == "call", linked.outcome.fill_null("") != "abandoned"),
        (linked.kind == "meeting", linked.is_held),
        else_=True,
    )
    is_outbound = (linked.direction == "outbound").fill_null(False)
    linked = linked.mutate(
        is_outbound=is_outbound & ~linked.is_automated & linked.is_completed & counts
    )
    linked = linked.mutate(is_touch=linked.is_outbound & (linked.kind != "other"))
    somebody = ibis.coalesce(linked.person, "account " + linked.account_id)
    meeting = ibis.coalesce(somebody + " " + linked.occurred_at.cast("string"), linked.activity_id)
    return linked.select(
        *KEPT,
        activity_kind=linked.kind,
        event_id=ibis.ifelse(linked.kind == "meeting", meeting, linked.activity_id),
        segment=ibis.coalesce(linked.account_segment, linked.lead_segment),
        company_size_band=ibis.coalesce(linked.lead_size_band, linked.account_size_band),
        title_level=ibis.coalesce(linked.contact_level, linked.lead_level),
    )


def _first_touches(activity: Any) -> Any:
    """Add `first_touch_from`: the instant from which a touch is the first of its person."""
    reigns = first_reigns(activity.filter(row.is_outbound), "person")
    return attach(activity, reigns, {"activity_id": "activity_id"}, {"first_touch_from": "since"})
