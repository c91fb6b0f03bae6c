"""Ramps: how long it takes a new rep to sell as much as the tenured colleagues of the role do."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.people.ramp_sales import judged
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.months import months_after
from foresail.facts.making.source import END, LAST_DAY, Source

MOST_MONTHS = 12 * 60
FIRST_MONTH = 3
DAY = ibis.interval(days=1)


def make_ramps(source: Source) -> Any:
    """Make `fact.ramp`: per rep and stretch of time, how far the rep had come by then.

    Stretches before the rep could be held against tenured colleagues who sold anything are left
    out. After leaving, no month is added any more.
    """
    reps = source.canonical("rep")
    reps = reps.filter(
        reps.hired_on.notnull() & (reps.left_on.fill_null(LAST_DAY) >= reps.hired_on)
    )
    months = source.keep("ramp_month", _months(source, reps))
    found = judged(source, months.filter(row.month >= FIRST_MONTH))
    steps = source.keep("ramp_step", _steps(source, months))
    progress = _progress(steps, found)
    progress = attach(
        progress, reps, {"rep_id": "rep_id"}, {"hired_on": "hired_on", "left_on": "left_on"}
    )
    made = source.keep("ramp", credited(source, progress, "rep_id", "hired_on", "person"))
    source.drop("ramp_month", "ramp_step", "ramp_judged")
    return made


def _months(source: Source, reps: Any) -> Any:
    """Each whole month of each rep in the job: the day on which it is over, and the role then."""
    last = source.fact("day").agg(last_on=row.day.max())
    numbers = ibis.range(0, MOST_MONTHS).unnest().name("month").as_table()
    months = reps.select("rep_id", "hired_on", "left_on").cross_join(numbers).cross_join(last)
    months = months.mutate(day=months_after(months.hired_on, months.month))
    months = months.filter(
        (row.day <= row.last_on) & (row.day <= row.left_on.fill_null(LAST_DAY))
    ).drop("last_on")
    months = months.mutate(
        from_on=months_after(months.hired_on, months.month - FIRST_MONTH),
        days=months.day.delta(months.hired_on, unit="day"),
    )
    return attach(
        months,
        source.fact("role"),
        {"rep_id": "rep_id"},
        {"role": "role"},
        lambda month, role: [role.since_on <= month.day, role.until_on > month.day],
    ).mutate(role=row.role.fill_null(""))


def _steps(source: Source, months: Any) -> Any:
    """How long each rep has been watched from when on: whole months, in the end the leaving."""
    whole = months.select("rep_id", "days", watched_at=source.midnight(row.day))
    left = months.filter((row.month == 0) & row.left_on.notnull())
    left = left.select(
        "rep_id",
        days=row.left_on.delta(row.hired_on, unit="day"),
        watched_at=source.midnight((row.left_on + DAY).cast("date")),
    )
    return ibis.union(whole, left.select(*whole.columns))


def _progress(steps: Any, found: Any) -> Any:
    """Per rep and stretch of time: since when ramped, or for how long watched."""
    cuts = ibis.union(
        steps.select("rep_id", since=row.watched_at),
        found.select("rep_id", since=row.known_since),
        distinct=True,
    )
    watched = cuts.inner_join(
        steps, [cuts.rep_id == steps.rep_id, steps.watched_at <= cuts.since]
    ).select(cuts.rep_id, cuts.since, steps.days)
    watched = watched.group_by("rep_id", "since").agg(watched_days=row.days.max())
    reached = cuts.inner_join(
        found,
        [
            cuts.rep_id == found.rep_id,
            found.known_since <= cuts.since,
            found.known_until > cuts.since,
        ],
    ).select(cuts.rep_id, cuts.since, found.days, found.has_peers, found.is_level)
    reached = reached.group_by("rep_id", "since").agg(
        was_compared=row.has_peers.any(), ramped_days=row.days.min(where=row.is_level)
    )
    same = {"rep_id": "rep_id", "since": "since"}
    columns = {"was_compared": "was_compared", "ramped_days": "ramped_days"}
    in_order = ibis.window(group_by="rep_id", order_by="since")
    known = attach(watched, reached, same, columns).mutate(
        until=ibis.coalesce(row.since.lead().over(in_order), END)
    )
    return known.filter(row.was_compared.fill_null(False)).select(
        "rep_id",
        "since",
        "until",
        has_ramped=row.ramped_days.notnull(),
        seconds=ibis.coalesce(row.ramped_days, row.watched_days).cast("float64") * 86_400,
    )
