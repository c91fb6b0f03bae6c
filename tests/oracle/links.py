"""How records find each other: merges, the lead of a deal or an activity, the person behind it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tests.oracle.records import Account, Activity, Contact, Lead, Moment, Opportunity, World


@lru_cache(maxsize=2_000)
def root(world: World, table: str, key: str | None) -> str | None:
    """The survivor of a merge; a merge is identity and applies at every T."""
    rows = {getattr(row, f"{table}_id"): row for row in getattr(world, table)}
    while key in rows and rows[key].merged_into_id is not None:
        key = rows[key].merged_into_id
    return key


@lru_cache(maxsize=2_000)
def survivors(world: World, table: str) -> list[Any]:
    """The rows of a table that were not merged into another."""
    return [row for row in getattr(world, table) if row.merged_into_id is None]


@lru_cache(maxsize=2_000)
def created(world: World, table: str, key: str) -> Moment | None:
    """When a thing was created: the survivor keeps the earliest creation."""
    known = [
        row.created_at
        for row in getattr(world, table)
        if row.created_at is not None and root(world, table, getattr(row, f"{table}_id")) == key
    ]
    return min(known, default=None)


@lru_cache(maxsize=2_000)
def _found(world: World, table: str, key: str | None) -> Any:
    key = root(world, table, key)
    rows = getattr(world, table)
    return next((row for row in rows if getattr(row, f"{table}_id") == key), None)


def account(world: World, key: str | None) -> Account | None:
    """The surviving account behind an id."""
    row: Account | None = _found(world, "account", key)
    return row


def contact(world: World, key: str | None) -> Contact | None:
    """The surviving contact behind an id."""
    row: Contact | None = _found(world, "contact", key)
    return row


def lead(world: World, key: str | None) -> Lead | None:
    """The surviving lead behind an id."""
    row: Lead | None = _found(world, "lead", key)
    return row


def opportunity(world: World, key: str | None) -> Opportunity | None:
    """The surviving opportunity behind an id."""
    row: Opportunity | None = _found(world, "opportunity", key)
    return row


@lru_cache(maxsize=2_000)
def latest_request(world: World, person: str | None, at: Moment | None) -> Lead | None:
    """The lead of a contact with the latest request up to a moment."""
    if person is None or at is None:
        return None
    requests = [
        (made, each)
        for each in survivors(world, "lead")
        if root(world, "contact", each.contact_id) == root(world, "contact", person)
        and (made := created(world, "lead", each.lead_id)) is not None
        and made <= at
    ]
    return max(requests, key=lambda pair: pair[0].at, default=(None, None))[1]


@lru_cache(maxsize=2_000)
def lead_of_deal(world: World, deal: Opportunity) -> Lead | None:
    """By `lead_id`; else by contact, the latest request before the deal was created."""
    if deal.lead_id is not None:
        return lead(world, deal.lead_id)
    made = created(world, "opportunity", deal.opportunity_id)
    return latest_request(world, deal.contact_id, made)


@lru_cache(maxsize=2_000)
def lead_of_activity(world: World, activity: Activity) -> Lead | None:
    """By `lead_id`; else the lead of its deal; else the contact's latest request before it."""
    if activity.lead_id is not None:
        return lead(world, activity.lead_id)
    deal = opportunity(world, activity.opportunity_id)
    by_deal = lead_of_deal(world, deal) if deal else None
    return by_deal or latest_request(world, activity.contact_id, activity.occurred_at)


@lru_cache(maxsize=2_000)
def contact_of_activity(world: World, activity: Activity) -> Contact | None:
    """The activity's own contact, else its lead's; a deal's contact is not who was reached."""
    found = lead_of_activity(world, activity)
    return contact(world, activity.contact_id or (found.contact_id if found else None))


@lru_cache(maxsize=2_000)
def person(world: World, activity: Activity) -> str | None:
    """The person behind an activity: the contact where one is known, else the lead."""
    known = contact_of_activity(world, activity)
    if known:
        return f"contact {known.contact_id}"
    found = lead_of_activity(world, activity)
    return person_of_lead(world, found) if found else None


def person_of_lead(world: World, found: Lead) -> str:
    """The person behind a lead: its contact where one is known, else the lead."""
    known = contact(world, found.contact_id)
    return f"contact {known.contact_id}" if known else f"lead {found.lead_id}"


@lru_cache(maxsize=2_000)
def account_of_activity(world: World, activity: Activity) -> Account | None:
    """The activity's own account, else its deal's, else its lead's, else its contact's."""
    deal = opportunity(world, activity.opportunity_id)
    return first_account(
        world,
        activity.account_id,
        deal.account_id if deal else None,
        lead_of_activity(world, activity),
        contact_of_activity(world, activity),
    )


@lru_cache(maxsize=2_000)
def account_of_deal(world: World, deal: Opportunity) -> Account | None:
    """The deal's own account, else its lead's, else its contact's."""
    found = lead_of_deal(world, deal)
    who = contact(world, deal.contact_id or (found.contact_id if found else None))
    return first_account(world, deal.account_id, found, who)


def first_account(world: World, *candidates: str | Lead | Contact | None) -> Account | None:
    """The first account that one of some ids or records names."""
    for each in candidates:
        key = each if isinstance(each, str) or each is None else each.account_id
        if key is not None:
            return account(world, key)
    return None


def origin(world: World, found: Lead | None, company: Account | None) -> dict[str, Any]:
    """The dimensions of where something came from: its lead and its account."""
    return {
        "source": found.source if found else None,
        "channel": found.channel if found else None,
        "campaign": found.campaign_id if found else None,
        "lead_territory": found.territory if found else None,
        "segment": (company.segment if company else None) or (found.segment if found else None),
        "industry": company.industry if company else None,
        "country": company.country if company else None,
    }
