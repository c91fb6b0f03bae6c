"""What new reps won in three months, held against the tenured colleagues of their role.

A quarter of a rep's is the three months up to the day on which a whole month since the hiring is
over. What was won in it is settled at the first instant of that day, but for deals that are
deleted later: each deletion makes another version of the quarter, [known_since, known_until).
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import END, FIRST_DAY, LAST_DAY, Source

SUM = "decimal(30, 4)"
NOTHING = ibis.literal(0).cast(SUM)
TENURED = ibis.interval(days=365)
QUARTER = ("from_on", "day")
VERSION = (*QUARTER, "known_since")


def judged(source: Source, months: Any) -> Any:
    """Per rep, month and version: whether colleagues had won anything (`has_peers`), and whether
    the rep had won as much as the median of them (`is_level`).
    """
    quarters = months.select(*QUARTER).distinct()
    quarters = quarters.mutate(opened_at=source.midnight(quarters.day))
    sales = source.keep("ramp_sale", _sales(source, quarters))
    versions = source.keep("ramp_version", _versions(quarters, sales))
    source.keep("ramp_kept", _kept(sales))
    source.keep("ramp_gone", _still_there(versions, sales))
    cases = months.inner_join(versions, QUARTER)
    cases = source.keep("ramp_case", _with_sales(source, cases, "rep_id"))
    usual = _with_sales(source, _colleagues(source, cases), "peer_id")
    usual = usual.group_by("rep_id", *VERSION).agg(usual=row.sold.median())
    found = attach(cases, usual, {name: name for name in ("rep_id", *VERSION)}, {"usual": "usual"})
    made = source.keep(
        "ramp_judged",
        found.select(
            "rep_id",
            "days",
            "known_since",
            "known_until",
            has_peers=(row.usual > 0).fill_null(False),
            is_level=((row.usual > 0) & (row.sold >= row.usual)).fill_null(False),
        ),
    )
    source.drop("ramp_sale", "ramp_version", "ramp_kept", "ramp_gone", "ramp_case")
    return made


def _sales(source: Source, quarters: Any) -> Any:
    """What was won in each quarter and in force when it was over, with its deletion since."""
    bookings = source.fact("booking").filter(row.credited_rep.notnull())
    bookings = bookings.mutate(gone_at=row.deleted_at.fill_null(END))
    return quarters.inner_join(
        bookings,
        [
            bookings.closed_on >= quarters.from_on,
            bookings.closed_on < quarters.day,
            bookings.since <= quarters.opened_at,
            bookings.until > quarters.opened_at,
            bookings.gone_at > quarters.opened_at,
        ],
    ).select(*QUARTER, "gone_at", "value", rep_id=row.credited_rep)


def _versions(quarters: Any, sales: Any) -> Any:
    cuts = ibis.union(
        quarters.select(*QUARTER, known_since=row.opened_at),
        sales.filter(row.gone_at < END).select(*QUARTER, known_since=row.gone_at),
        distinct=True,
    )
    in_order = ibis.window(group_by=QUARTER, order_by="known_since")
    return cuts.mutate(known_until=ibis.coalesce(row.known_since.lead().over(in_order), END))


def _kept(sales: Any) -> Any:
    """What each rep had won in each quarter, of deals that were never deleted."""
    kept = sales.filter(row.gone_at == END)
    return kept.group_by(*QUARTER, "rep_id").agg(sold=row.value.sum().cast(SUM))


def _still_there(versions: Any, sales: Any) -> Any:
    """What each rep had won in each version of a quarter, of deals that were deleted since."""
    gone = sales.filter(row.gone_at < END)
    found = versions.inner_join(
        gone,
        [
            versions.from_on == gone.from_on,
            versions.day == gone.day,
            gone.gone_at > versions.known_since,
        ],
    ).select(versions.from_on, versions.day, versions.known_since, gone.rep_id, gone.value)
    return found.group_by(*VERSION, "rep_id").agg(sold=row.value.sum().cast(SUM))


def _with_sales(source: Source, table: Any, rep: str) -> Any:
    """The table with what a rep had won in the row's version of a quarter."""
    quarter, version = ({name: name for name in names} for names in (QUARTER, VERSION))
    table = attach(table, source.fact("ramp_kept"), {**quarter, rep: "rep_id"}, {"kept": "sold"})
    table = attach(table, source.fact("ramp_gone"), {**version, rep: "rep_id"}, {"gone": "sold"})
    sold = row.kept.fill_null(NOTHING) + row.gone.fill_null(NOTHING)
    return table.mutate(sold=sold.cast("float64")).drop("kept", "gone")


def _colleagues(source: Source, cases: Any) -> Any:
    """For each case the other reps of that role who have been in the job for long enough."""
    roles = source.fact("role").filter(row.is_described)
    days = cases.select("day").distinct()
    tenured = days.inner_join(
        roles,
        [
            roles.since_on <= days.day,
            roles.until_on > days.day,
            roles.left_on.fill_null(LAST_DAY) >= days.day,
            roles.hired_on.fill_null(FIRST_DAY) <= (days.day - TENURED).cast("date"),
        ],
    ).select(days.day, peer_id=roles.rep_id, peer_role=roles.role.fill_null(""))
    return cases.inner_join(
        tenured,
        [
            cases.day == tenured.day,
            cases.role == tenured.peer_role,
            cases.rep_id != tenured.peer_id,
        ],
    ).select(cases.rep_id, cases.from_on, cases.day, cases.known_since, tenured.peer_id)
