"""Which activities belong to a deal."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from tests.oracle import deals
from tests.oracle.activity import is_attempt, is_meeting_held, is_visible
from tests.oracle.links import (
    account_of_activity,
    contact,
    contact_of_activity,
    first_account,
    lead_of_deal,
    opportunity,
)
from tests.oracle.memory import once
from tests.oracle.records import Activity, Contact, Opportunity, World
from tests.oracle.view import View


def contact_of_deal(deal: Opportunity, world: World) -> Contact | None:
    """The deal's own contact, else its lead's."""
    found = lead_of_deal(world, deal)
    return contact(world, deal.contact_id or (found.contact_id if found else None))


def stood_open(deal: Opportunity, at: dt.datetime, world: World) -> bool:
    """Whether a deal is known to have existed at an instant, and was open."""
    made = deals.made_at(deal, world)
    return made is not None and made.at <= at and deals.close_at(deal, at, world) is None


def deals_of(activity: Activity, at: dt.datetime, view: View) -> list[Opportunity]:
    """By `opportunity_id`; else its contact's open deals; else its account's only open one."""
    world = view.world
    named = opportunity(world, activity.opportunity_id)
    if named is not None:
        return [named]
    standing = [deal for deal in deals.visible(view) if stood_open(deal, at, world)]
    who = contact_of_activity(world, activity)
    own = [deal for deal in standing if who and contact_of_deal(deal, world) == who]
    if own:
        return own
    company = account_of_activity(world, activity)
    theirs = [deal for deal in standing if company and _account(deal, world) == company]
    return theirs if len(theirs) == 1 else []


def _account(deal: Opportunity, world: World) -> object:
    who = contact_of_deal(deal, world)
    return first_account(world, deal.account_id, lead_of_deal(world, deal), who)


@once
def activities_of_deals(view: View, at: dt.datetime) -> dict[str, list[Activity]]:
    """The dated activities of each deal; of what is planned, by the deals open at the instant."""
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in view.world.activity:
        if activity.occurred_at is None or not is_visible(activity, view):
            continue
        for deal in deals_of(activity, min(activity.occurred_at.at, at), view):
            found[deal.opportunity_id].append(activity)
    return found


def is_touch_of_deal(activity: Activity, view: View) -> bool:
    """An attempt, or a meeting that was held, whoever asked for it."""
    return is_attempt(activity, view) or is_meeting_held(activity, view)


def is_planned(activity: Activity, at: dt.datetime) -> bool:
    """Booked by an instant and later than it, and not somebody else's turn."""
    return (
        activity.direction != "inbound"
        and activity.booked_at is not None
        and activity.occurred_at is not None
        and activity.booked_at.at <= at < activity.occurred_at.at
    )
