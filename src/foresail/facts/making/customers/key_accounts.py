"""Key accounts: which accounts brought most in the year before a month, and the work with them."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.customers.customers import described
from foresail.facts.making.deals.deal_history import MICROSECOND
from foresail.facts.making.people.roles import along_roles, credited
from foresail.facts.making.shared.reigns import first_reigns
from foresail.facts.making.source import BEGINNING, END, Source

A_YEAR = ibis.interval(months=12)
A_MONTH = ibis.interval(months=1)
NEARLY = 1 - 1e-12
"""An interpolated percentile may lie a rounding error above the account that it falls on."""

VERSION = ("month_on", "known_since", "known_until")


def make_key_accounts(source: Source) -> Any:
    """Make `fact.key_account`: one row per month and account that is key in it, cut where what is
    known of that changes, and where its owner's position does.

    The period `all` has those of the first month with revenue behind it: rows without `month_on`,
    which stand before that month.
    """
    percentile = source.settings.thresholds.key_account_percentile
    earned = source.keep("key_earned", _earned(source))
    keys = source.keep("key_month", _keys(earned, percentile))
    first = _first_months(source).inner_join(keys, "month_on")
    first = first.select(
        "account_id",
        "earned",
        month_on=ibis.null("date"),
        key_on=row.month_on,
        since=BEGINNING,
        until=source.midnight(row.month_on),
        known_since=ibis.greatest(row.known_since, row.first_since),
        known_until=ibis.least(row.known_until, row.first_until),
    ).filter(row.known_since < row.known_until)
    monthly = keys.select(
        "account_id",
        "earned",
        "month_on",
        key_on=row.month_on,
        since=source.midnight(row.month_on),
        until=source.midnight((row.month_on + A_MONTH).cast("date")),
        known_since=row.known_since,
        known_until=row.known_until,
    )
    rows = described(source, ibis.union(monthly, first.select(*monthly.columns)))
    rows = credited(source, rows, "account_owner", "key_on", "month")
    made = source.keep("key_account", along_roles(source, rows, "account_owner", "keeper"))
    source.drop("key_earned", "key_month")
    return made


def _earned(source: Source) -> Any:
    """What each account brought in the year before each month, until it is `gone_at`.

    Without revenue, by the deals that were won and in force at the beginning of the month.
    """
    months = source.fact("day").filter(row.day.day() == 1).select(month_on="day")
    amounts = source.fact("recognised").filter(row.account_id.notnull())
    amounts = amounts.group_by("account_id", earned_on=row.day.truncate("M").cast("date"))
    amounts = amounts.agg(value=row.value.sum()).mutate(gone_at=END)
    by_revenue = _in_the_year_after(amounts, months)
    wins = source.fact("opportunity_state").filter(
        (row.state == "won") & row.closed_on.notnull() & row.account_id.notnull()
    )
    wins = _without_revenue(source, wins).select(
        "account_id",
        "since",
        "until",
        earned_on=row.closed_on.truncate("M").cast("date"),
        value=row.closed_value.cast("decimal(38, 4)"),
        gone_at=row.deleted_at.fill_null(END),
    )
    by_wins = _in_the_year_after(wins, months).mutate(begins_at=source.midnight(row.month_on))
    by_wins = by_wins.filter((row.since <= row.begins_at) & (row.until > row.begins_at))
    columns = ("month_on", "account_id", "value", "gone_at")
    return ibis.union(*(each.select(*columns) for each in (by_revenue, by_wins)))


def _without_revenue(source: Source, table: Any) -> Any:
    """The table, where no revenue was loaded."""
    known = source.canonical("revenue").agg(revenue_rows=row.count())
    return table.cross_join(known).filter(row.revenue_rows == 0).drop("revenue_rows")


def _in_the_year_after(amounts: Any, months: Any) -> Any:
    return amounts.inner_join(
        months,
        [
            months.month_on > amounts.earned_on,
            months.month_on <= (amounts.earned_on + A_YEAR).cast("date"),
        ],
    )


def _keys(earned: Any, percentile: float) -> Any:
    """The accounts that are key in each month, for each stretch in which no deal is deleted."""
    cuts = ibis.union(
        earned.select("month_on", known_since=BEGINNING),
        earned.filter(row.gone_at < END).select("month_on", known_since=row.gone_at),
        distinct=True,
    )
    in_order = ibis.window(group_by="month_on", order_by="known_since")
    versions = cuts.mutate(known_until=ibis.coalesce(row.known_since.lead().over(in_order), END))
    standing = earned.inner_join(
        versions, [earned.month_on == versions.month_on, earned.gone_at > versions.known_since]
    ).select(
        earned.month_on,
        earned.account_id,
        earned.value,
        versions.known_since,
        versions.known_until,
    )
    sums = standing.group_by([*VERSION, "account_id"]).agg(earned=row.value.sum().cast("float64"))
    sums = sums.filter(row.earned > 0)
    least = sums.group_by(VERSION).agg(least=row.earned.quantile(percentile / 100))
    return sums.inner_join(least, VERSION).filter(row.earned >= row.least * NEARLY)


def _first_months(source: Source) -> Any:
    """The first month with revenue behind it, from when until when it is known to be that."""
    days = source.fact("recognised").agg(day=row.day.min()).filter(row.day.notnull())
    by_revenue = days.select(earned_on=row.day, first_since=BEGINNING, first_until=END)
    wins = source.fact("opportunity_state").filter((row.state == "won") & row.closed_on.notnull())
    wins = _without_revenue(source, wins).select(
        "opportunity_id",
        "closed_on",
        all_wins=ibis.literal(1),
        occurred_at=row.since,
        deleted_at=ibis.least(row.until, row.deleted_at.fill_null(END)).nullif(END),
    )
    reigns = first_reigns(wins, "all_wins", order=("opportunity_id",))
    by_wins = reigns.select(earned_on=row.closed_on, first_since=row.since, first_until=row.until)
    first = ibis.union(by_revenue, by_wins)
    return first.select(
        "first_since",
        "first_until",
        month_on=(row.earned_on.truncate("M") + A_MONTH).cast("date"),
    )


def make_interactions(source: Source) -> Any:
    """Make `fact.interaction`: each human activity with an account that took place, in either
    direction; and `fact.account_touch`: each attempt with one, for as long as it is a recent one.
    """
    activities = source.fact("activity").filter(row.account_id.notnull())
    took_place = ibis.ifelse(
        row.kind == "meeting",
        row.is_held,
        row.is_completed & (row.outcome != "abandoned").fill_null(True),
    )
    done = activities.filter(~row.is_automated & took_place).select(
        "activity_id",
        "event_id",
        "kind",
        "direction",
        "subject",
        "account_id",
        "actor_rep",
        "deleted_at",
        "loaded_at",
        "occurred_at",
        "occurred_on",
        "occurred_hour",
        "occurred_is_date",
    )
    done = credited(source, described(source, done), "account_owner", "occurred_on", "keeper")
    source.keep("interaction", done)
    recent = activities.filter(row.is_touch & row.occurred_at.notnull()).select(
        "activity_id",
        "account_id",
        "kind",
        "actor_rep",
        "deleted_at",
        "loaded_at",
        since=row.occurred_at,
        until=_recent_until(source),
    )
    source.keep("account_touch", recent)


def _recent_until(source: Source) -> Any:
    """Until when an attempt is not older than `key_account_touch_days`; of a date, whole days."""
    days = source.settings.thresholds.key_account_touch_days
    day_after = (row.occurred_on + ibis.interval(days=days + 1)).cast("date")
    return ibis.ifelse(
        row.occurred_is_date,
        source.midnight(day_after),
        row.occurred_at + ibis.interval(days=days) + MICROSECOND,
    )
