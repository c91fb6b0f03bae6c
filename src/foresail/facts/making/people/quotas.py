"""Quotas and targets, day by day and level by level."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.people.roles import POSITION, credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.money import in_own_currency
from foresail.facts.making.source import FIRST_DAY, LAST_DAY, Source


def make_quotas(source: Source) -> Any:
    """Make `fact.quota_day`.

    Each level uses its own rows, else the sum (of targets: the mean) of the level below, day by
    day. A rep's quota stops at the leaving day. The level `carrier` holds the days on which a rep
    carries a revenue quota: an own one, else that of a team or company that gives its reps none.
    """
    daily = source.keep("quota_own", _daily(source))
    reps = _of_reps(source, daily.filter(row.owner_kind == "rep"))
    reps = source.keep("quota_rep", reps)
    teams = _with_level_below(
        daily.filter(row.owner_kind == "team").select(
            "kpi", "day", "value", "target", carrier_team=row.owner_id
        ),
        reps,
        ["kpi", "day", "carrier_team"],
    )
    company = _with_level_below(
        daily.filter(row.owner_kind == "company").select("kpi", "day", "value", "target"),
        teams,
        ["kpi", "day"],
    )
    carriers = _carriers(source, daily, reps)
    made = ibis.union(
        _level(reps, "rep"), _level(teams, "team"), _level(company, "company"), carriers
    )
    kept = source.keep("quota_day", made)
    source.drop("quota_own", "quota_rep")
    return kept


PART = "decimal(30, 12)"
COLUMNS = {
    "carrier_rep": "string",
    **{f"carrier_{name}": "string" for name in POSITION},
    "kpi": "string",
    "day": "date",
    "value": PART,
    "target": "float64",
}


def _level(table: Any, level: str) -> Any:
    return table.select(
        level=ibis.literal(level),
        **{
            name: table[name].cast(kind) if name in table.columns else ibis.null(kind)
            for name, kind in COLUMNS.items()
        },
    )


def _daily(source: Source) -> Any:
    """Every quota row on every day it covers, its amount shared out to the last fraction."""
    quotas, days = source.canonical("quota"), source.fact("day")
    in_order = ibis.window(group_by=["owner_kind", "owner_id", "kpi"], order_by="starts_on")
    next_on = quotas.starts_on.lead().over(in_order)
    month_end = (quotas.starts_on.truncate("M") + ibis.interval(months=1)).cast("date")
    quotas = quotas.mutate(
        until_on=ibis.coalesce(
            (quotas.ends_on + ibis.interval(days=1)).cast("date"), next_on, month_end
        ),
        own_currency=quotas.currency.isnull(),
    )
    quotas = in_own_currency(source, quotas, "amount", "starts_on", "own_amount")
    quotas = quotas.mutate(
        own_amount=ibis.ifelse(row.own_currency, row.amount, row.own_amount),
        length=row.until_on.delta(row.starts_on, unit="day"),
    )
    joined = quotas.inner_join(days, [quotas.starts_on <= days.day, quotas.until_on > days.day])
    number = joined.day.delta(joined.starts_on, unit="day")
    high = (joined.own_amount * (number + 1) / joined.length).cast(PART)
    low = (joined.own_amount * number / joined.length).cast(PART)
    return joined.select(
        "owner_kind",
        "owner_id",
        "kpi",
        "day",
        value=high - low,
        target=joined.own_amount.cast("float64"),
    )


def _of_reps(source: Source, daily: Any) -> Any:
    placed = credited(source, daily, "owner_id", "day", "carrier")
    reps = source.canonical("rep").select("rep_id", "left_on")
    joined = attach(placed, reps, {"carrier_rep": "rep_id"}, {"left_on": "left_on"})
    return joined.filter(row.left_on.fill_null(LAST_DAY) >= row.day).drop("left_on")


def _with_level_below(own: Any, below: Any, keys: list[str]) -> Any:
    own = own.group_by(keys).agg(value=row.value.sum(), target=row.target.mean())
    summed = below.group_by(keys).agg(value=row.value.sum(), target=row.target.mean())
    same = [
        own[key].fill_null("") == summed[key].fill_null("")
        if key != "day"
        else own.day == summed.day
        for key in keys
    ]
    rest = summed.anti_join(own, same)
    columns = [*keys, "value", "target"]
    return ibis.union(
        own.select(*columns, value_=own.value.cast(PART)).drop("value").rename(value="value_"),
        rest.select(*columns, value_=rest.value.cast(PART)).drop("value").rename(value="value_"),
    )


def _carriers(source: Source, daily: Any, reps: Any) -> Any:
    roles = source.fact("role")
    revenue = daily.filter(row.kpi == "revenue")
    own = _level(reps.filter(row.kpi == "revenue"), "carrier")
    quota_days = own.select("day", "carrier_team").distinct()
    team_days = revenue.filter(row.owner_kind == "team").select("day", team=row.owner_id).distinct()
    team_days = team_days.anti_join(
        quota_days, [team_days.day == quota_days.day, team_days.team == quota_days.carrier_team]
    )
    company_days = revenue.filter(row.owner_kind == "company").select("day").distinct()
    company_days = company_days.anti_join(quota_days, "day").anti_join(
        revenue.filter(row.owner_kind == "team"), "day"
    )
    flags = roles.filter(row.is_quota_carrying.notnull()).agg(any_flag=row.count() > 0)
    able = roles.cross_join(flags).filter(~row.any_flag | row.is_quota_carrying.fill_null(False))

    def covered(days: Any, extra: list[Any]) -> Any:
        in_job = [
            able.since_on <= days.day,
            able.until_on > days.day,
            able.hired_on.fill_null(FIRST_DAY) <= days.day,
            able.left_on.fill_null(LAST_DAY) >= days.day,
        ]
        joined = able.inner_join(days, in_job + extra)
        return _level(
            joined.select(
                carrier_rep=able.rep_id,
                **{f"carrier_{name}": able[name] for name in POSITION},
                kpi=ibis.literal("revenue"),
                day=days.day,
            ),
            "carrier",
        )

    by_team = covered(team_days, [able.team == team_days.team])
    return ibis.union(own, by_team, covered(company_days, []))
