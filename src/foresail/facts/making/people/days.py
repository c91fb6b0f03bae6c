"""The calendar, and the days on which each rep was there to work."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.people.roles import POSITION
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import LAST_DAY, Source
from foresail.warehouse.working_days import public_holidays

BEFORE = ibis.interval(days=366)
LONGEST = ibis.interval(days=366 * 60)
HOLIDAY_YEARS = (1990, 2060)


def make_span(source: Source) -> Any:
    """Make `fact.span`: the first and the last day on which something is recorded."""
    dated = [
        source.fact("activity").select(day=row.occurred_on),
        source.fact("opportunity_state").select(day=row.created_on),
        source.fact("opportunity_state").select(day=row.closed_on),
        source.fact("lead_state").select(day=row.requested_on),
        source.fact("recognised").select(day=row.day),
        source.canonical("cost").select(day=row.starts_on),
        source.fact("customer_spell").select(day=row.started_on),
        source.fact("customer_spell").select(day=row.ended_on),
        source.canonical("position").select(day=row.opened_on),
        source.fact("survey").select(day=row.sent_on),
        source.fact("survey").select(day=row.answered_on),
    ]
    days = reduce(ibis.union, dated)
    return source.keep("span", days.agg(first_on=row.day.min(), last_on=row.day.max()))


def make_days(source: Source) -> Any:
    """Make `fact.day`: one row per day, from a year and more before the first record or quota to a
    year after the last.
    """
    quotas = source.canonical("quota").agg(first=row.starts_on.min(), last=row.ends_on.max())
    today = ibis.now().date()
    edges = source.fact("span").cross_join(quotas)
    edges = edges.select(
        first=ibis.least(row.first_on.fill_null(today), row["first"].fill_null(today), today).cast(
            "timestamp"
        ),
        last=ibis.greatest(row.last_on.fill_null(today), row["last"].fill_null(today), today).cast(
            "timestamp"
        )
        + ibis.interval(days=366),
    )
    early = (edges["first"] - BEFORE).truncate("Y")
    first = ibis.greatest(early, edges["last"] - LONGEST)
    days = edges.select(day=ibis.range(first, edges["last"], ibis.interval(days=1)).unnest())
    days = days.select(day=row.day.cast("date"))
    is_working = row.day.day_of_week.index().isin(sorted(source.settings.working_weekdays))
    holidays = public_holidays(source.settings.country, *HOLIDAY_YEARS)
    if holidays:
        is_working &= row.day.notin(holidays)
    return source.keep("day", days.mutate(is_working=is_working))


def make_rep_days(source: Source) -> Any:
    """Make `fact.rep_day`: a rep is present on a working day in the job, less absences.

    A rep carries a quota by `is_quota_carrying`; where no rep is flagged at all, on the days of
    an own quota.
    """
    roles, days = source.fact("role"), source.fact("day")
    in_job = roles.inner_join(
        days,
        [
            roles.since_on <= days.day,
            roles.until_on > days.day,
            roles.hired_on.isnull() | (roles.hired_on <= days.day),
            ibis.coalesce(roles.left_on, LAST_DAY) >= days.day,
        ],
    ).select(
        days.day,
        days.is_working,
        person_rep=roles.rep_id,
        is_flagged=roles.is_quota_carrying,
        **{f"person_{name}": roles[name] for name in POSITION},
    )
    away = source.canonical("absence")
    off = in_job.semi_join(
        away,
        [
            in_job.person_rep == away.rep_id,
            away.starts_on <= in_job.day,
            ibis.coalesce(away.ends_on, away.starts_on) >= in_job.day,
        ],
    ).select("person_rep", "day", is_away=True)
    quotas = source.fact("quota_day")
    own = quotas.filter((row.level == "rep") & (row.kpi == "revenue"))
    own = own.select(person_rep=row.carrier_rep, day=row.day, has_quota=True).distinct()
    same = {"person_rep": "person_rep", "day": "day"}
    made = attach(in_job, off, same, {"is_away": "is_away"})
    made = attach(made, own, same, {"has_quota": "has_quota"})
    flags = roles.filter(row.is_quota_carrying.notnull()).agg(any_flag=row.count() > 0)
    made = made.cross_join(flags)
    return source.keep(
        "rep_day",
        made.mutate(
            is_present=row.is_working & row.is_away.isnull(),
            is_carrying=ibis.ifelse(
                row.any_flag, row.is_flagged.fill_null(False), row.has_quota.notnull()
            ),
        ).drop("is_working", "is_flagged", "is_away", "has_quota", "any_flag"),
    )
