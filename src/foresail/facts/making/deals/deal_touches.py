"""Which activities belong to which deals."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.stretches import covered, laid_over
from foresail.facts.making.source import END, Source

LINKS = ("opportunity_id", "contact_id", "account_id")
TOUCH = ("activity_id", "occurred_at", "occurred_is_date", "deleted_at", "is_touch")


def make_deal_touches(source: Source) -> Any:
    """Make `fact.deal_touch`: one row per touch and deal that it belongs to.

    A touch is an attempt (`is_touch`), or a meeting that was held. It belongs to a deal by
    `opportunity_id`; else by its contact, to the deals of that contact that stood open at the
    time; else by its account, where exactly one deal of that account did.
    """
    opened = source.keep("deal_open", _open_deals(source))
    source.keep("deal_alone", _alone(opened))
    touches = source.fact("activity").filter(
        (row.is_touch | row.is_held) & row.occurred_at.notnull()
    )
    named, unnamed = _named(touches.select(*LINKS, *TOUCH))
    by_contact = _standing_at(unnamed, opened, "contact_id")
    rest = unnamed.anti_join(by_contact, "activity_id")
    by_account = _standing_at(rest, source.fact("deal_alone"), "account_id")
    return source.keep("deal_touch", ibis.union(named, by_contact, by_account))


def make_deal_plans(source: Source) -> Any:
    """Make `fact.deal_plan`: the stretches in which an activity was planned for a deal.

    It was planned from its booking until it was due, unless it is inbound. To whom it belongs is
    seen at each moment, not when it is due: what becomes of a deal until then is not known yet.
    """
    plans = source.fact("activity").filter(
        (row.direction != "inbound").fill_null(True) & (row.booked_at < row.occurred_at)
    )
    plans = plans.select(
        *LINKS,
        since=row.booked_at,
        until=ibis.least(row.occurred_at, row.deleted_at.fill_null(END)),
    ).filter(row.since < row.until)
    opened, alone = source.fact("deal_open"), source.fact("deal_alone")
    named, unnamed = _named(plans)
    by_contact = _standing_along(unnamed, opened, "contact_id")
    contacts = unnamed.filter(row.contact_id.notnull()).select("contact_id").distinct()
    idle = covered(contacts, opened, "contact_id", "is_busy").filter(~row.is_busy)
    free = laid_over(unnamed.filter(row.contact_id.notnull()), idle, "contact_id", ())
    nobody = unnamed.filter(row.contact_id.isnull()).select(*free.columns)
    by_account = _standing_along(ibis.union(free, nobody), alone, "account_id")
    made = source.keep(
        "deal_plan", ibis.union(named.select(*by_account.columns), by_contact, by_account)
    )
    source.drop("deal_open", "deal_alone")
    return made


def _open_deals(source: Source) -> Any:
    """Per deal, contact and account the stretches in which the deal stood open.

    Of a deal without a creation date nobody knows when that began.
    """
    stays = source.fact("deal_stay").filter(row.state == "open")
    deals = source.fact("deal").filter(row.created_at.notnull())
    deals = deals.select("opportunity_id", "contact_id", "account_id", "deleted_at")
    opened = stays.inner_join(deals, "opportunity_id")
    opened = opened.mutate(until=ibis.least(row.until, row.deleted_at.fill_null(END)))
    opened = opened.filter(row.since < row.until)
    return opened.select(*LINKS, "since", "until")


def _alone(opened: Any) -> Any:
    """Per account the stretches in which exactly one of its deals stood open, and which."""
    edges = ibis.union(
        opened.select("account_id", at=row.since, change=1),
        opened.select("account_id", at=row.until, change=-1),
    ).filter(row.account_id.notnull())
    edges = edges.group_by("account_id", "at").agg(change=row.change.sum())
    in_order = ibis.window(group_by="account_id", order_by="at")
    so_far = ibis.window(group_by="account_id", order_by="at", preceding=None, following=0)
    counts = edges.mutate(
        standing=row.change.sum().over(so_far), until=row.at.lead().over(in_order)
    )
    single = counts.filter((row.standing == 1) & row.until.notnull())
    single = single.select("account_id", "until", since="at")
    return laid_over(single, opened, "account_id", ("opportunity_id",))


def _named(activities: Any) -> tuple[Any, Any]:
    """Those that name their deal, and those that do not."""
    return (
        activities.filter(row.opportunity_id.notnull()).drop("contact_id", "account_id"),
        activities.filter(row.opportunity_id.isnull()).drop("opportunity_id"),
    )


def _standing_at(activities: Any, opened: Any, thing: str) -> Any:
    """The activities with each deal of the same contact or account that stood open at the time."""
    found = activities.inner_join(
        opened,
        [
            activities[thing] == opened[thing],
            opened.since <= activities.occurred_at,
            opened.until > activities.occurred_at,
        ],
    )
    return found.select(opened.opportunity_id, *(activities[name] for name in TOUCH))


def _standing_along(plans: Any, opened: Any, thing: str) -> Any:
    """The stretches of plans in which a deal of the same contact or account stood open."""
    found = laid_over(plans, opened, thing, ("opportunity_id",))
    return found.select("opportunity_id", "since", "until")
