"""Cost to serve: the time given to each customer, at what an hour of selling cost then."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.customers.customers import DIMENSIONS
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.spread import PART
from foresail.facts.making.source import LAST_DAY, Source

HALF_AN_HOUR = 1800
FOUR_WEEKS = 28


def make_service(source: Source) -> Any:
    """Make `fact.service`: the human calls and meetings with customers in service on that day.

    A meeting without a length counts half an hour, a call without one nothing.
    """
    activities = source.fact("activity")
    took_place = activities.is_held | (
        (activities.kind == "call")
        & activities.is_completed
        & (activities.outcome.fill_null("") != "abandoned")
    )
    default = ibis.ifelse(row.kind == "meeting", HALF_AN_HOUR, None)
    contacts = activities.filter(took_place & ~activities.is_automated).mutate(
        seconds=ibis.coalesce(row.duration_seconds, default).cast("float64")
    )
    names = ("activity_id", "kind", "duration_seconds", "actor_rep", "deleted_at", "loaded_at")
    clock = ("occurred_at", "occurred_on", "occurred_hour")
    contacts = contacts.select("account_id", "seconds", *names, *clock)
    contacts = contacts.filter(row.seconds.notnull())
    spells = source.fact("customer_spell")
    of_customers = contacts.inner_join(
        spells,
        [
            contacts.account_id == spells.account_id,
            spells.started_on <= contacts.occurred_on,
            spells.ended_on.fill_null(LAST_DAY) >= contacts.occurred_on,
        ],
    ).select(
        *(contacts[name] for name in contacts.columns),
        *(spells[name] for name in (*DIMENSIONS, "account", "owner", "known_since", "known_until")),
    )
    priced = attach(
        of_customers,
        source.fact("service_price"),
        {"occurred_on": "day"},
        {"spent": "spent", "worked": "worked"},
    )
    priced = priced.mutate(value=(row.seconds * row.spent / row.worked).cast(PART))
    return source.keep("service", credited(source, priced, "owner", "occurred_on", "keeper"))


def make_service_prices(source: Source) -> Any:
    """Make `fact.service_price`: per day the salaries of the 28 days up to it, and the seconds that
    reps worked in them.
    """
    costs = source.fact("cost_day").filter(row.cost_category == "sales_salaries")
    costs = costs.group_by("day").agg(spent=row.value.sum().cast("float64"))
    hours = source.fact("business_day").select("day", length=row.closes - row.opens)
    there = source.fact("rep_day").filter(row.is_present).group_by("day").agg(reps=row.count())
    days = source.fact("day").select("day")
    days = attach(days, costs, {"day": "day"}, {"spent": "spent"})
    days = attach(days, hours, {"day": "day"}, {"length": "length"})
    days = attach(days, there, {"day": "day"}, {"reps": "reps"})
    weeks = ibis.window(order_by="day", preceding=FOUR_WEEKS - 1, following=0)
    worked = (row.length * row.reps).cast("float64").sum().over(weeks)
    prices = days.select("day", spent=row.spent.sum().over(weeks), worked=worked.nullif(0.0))
    return source.keep("service_price", prices)
