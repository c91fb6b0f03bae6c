"""`fact.deal_visit`: how each deal went from stage to stage while it was open."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import BEGINNING, END, Source

STEP = 1_000_000
NOWHERE = -STEP
DEAL = {"opportunity_id": "opportunity_id"}


def make_deal_visits(source: Source) -> Any:
    """Make `fact.deal_visit`: one row per deal and stretch in which it stood open in one stage.

    A visit ends when the deal enters another open stage, or closes; `ended_by` says which: stage,
    won or lost. A closing by date alone sees the whole of that day: stages entered in its course
    were visited; one without a date ends no visit. `place` orders the stages of a deal.
    """
    entries = _entries(source)
    closings = dated_closings(source).filter(row.since > BEGINNING)
    shut = [
        closings.opportunity_id == entries.opportunity_id,
        closings.closed_from <= entries.begun_at,
        closings.until > entries.begun_at,
    ]
    entries = source.keep("deal_entry", entries.anti_join(closings, shut))
    visits = source.keep("deal_visit", _placed(_ended(entries, closings)))
    source.drop("deal_entry")
    return visits


def dated_closings(source: Source) -> Any:
    """The closed stretches of deals; `closed_from` is when nothing can happen to the deal."""
    closings = source.fact("deal_stay").filter(row.state != "open")
    day_after = (source.wall_time(row.since).date() + ibis.interval(days=1)).cast("date")
    return closings.mutate(
        closed_from=ibis.ifelse(
            row.is_date & (row.since > BEGINNING), source.midnight(day_after), row.since
        )
    )


def undated_closings(source: Source) -> Any:
    """The closings of which nobody knows the date: their deals are never seen open."""
    return dated_closings(source).filter(row.since <= BEGINNING)


def _entries(source: Source) -> Any:
    """Each entry into an open stage, not before the deal was created, and the next one."""
    stays = source.fact("stage_visit").filter(row.state == "open")
    stays = attach(
        stays,
        source.fact("deal"),
        DEAL,
        {"created_at": "created_at", "created_is_date": "created_is_date"},
    )
    in_order = ibis.window(group_by="opportunity_id", order_by=["since", "stage"])
    stays = stays.mutate(
        next_at=row.since.lead().over(in_order),
        next_is_date=row.is_date.lead().over(in_order),
        is_before=(row.since < row.created_at).fill_null(False),
    )
    stays = stays.filter(
        ~row.is_before | row.next_at.isnull() | (row.next_at > row.created_at).fill_null(False)
    )
    return stays.select(
        "opportunity_id",
        "stage",
        "pipeline_key",
        "position",
        "next_at",
        "next_is_date",
        begun_at=ibis.ifelse(row.is_before, row.created_at, row.since),
        begun_is_date=ibis.ifelse(row.is_before, row.created_is_date, row.is_date),
    )


def _ended(entries: Any, closings: Any) -> Any:
    """Each entry with its end: the next one, or the first closing after it."""
    closings = closings.view()
    later = entries.inner_join(
        closings,
        [
            entries.opportunity_id == closings.opportunity_id,
            closings.closed_from > entries.begun_at,
        ],
    ).select(
        entries.opportunity_id,
        entries.stage,
        entries.begun_at,
        closings.state,
        closings.is_date,
        closes_at=closings.since,
        closed_from=closings.closed_from,
    )
    first = later.group_by("opportunity_id", "stage", "begun_at").agg(
        closing=row.state.argmin(row.closed_from),
        closing_is_date=row.is_date.argmin(row.closed_from),
        closes_at=row.closes_at.argmin(row.closed_from),
        closed_from=row.closed_from.min(),
    )
    names = ("closing", "closing_is_date", "closes_at", "closed_from")
    found = attach(
        entries,
        first,
        {name: name for name in ("opportunity_id", "stage", "begun_at")},
        {name: name for name in names},
    )
    moves_on = (row.next_at < row.closed_from.fill_null(END)).fill_null(False)
    return found.mutate(
        ended_at=ibis.ifelse(moves_on, row.next_at, row.closes_at),
        ended_is_date=ibis.ifelse(moves_on, row.next_is_date, row.closing_is_date),
        ended_by=ibis.ifelse(moves_on, "stage", row.closing),
        stands_until=ibis.least(row.next_at.fill_null(END), row.closes_at.fill_null(END)),
    ).drop("next_at", "next_is_date", "closing", "closing_is_date", "closed_from")


def _placed(visits: Any) -> Any:
    """Add `place`: by position; a stage without one lies behind the one it was entered from."""
    so_far = ibis.window(
        group_by="opportunity_id", order_by=["begun_at", "stage"], preceding=None, following=0
    )
    in_order = ibis.window(group_by="opportunity_id", order_by=["begun_at", "stage"])
    visits = visits.mutate(
        number=ibis.row_number().over(in_order) + 1,
        placed=ibis.ifelse(row.position.notnull(), ibis.row_number().over(in_order) + 1, None),
    )
    visits = visits.mutate(since_placed=row.placed.max().over(so_far).fill_null(0))
    island = ibis.window(group_by=["opportunity_id", "since_placed"])
    behind = row.position.max().over(island).fill_null(NOWHERE) * STEP
    steps = row.number - row.since_placed
    visits = visits.mutate(place=ibis.coalesce(row.position * STEP, behind + steps).cast("int64"))
    return visits.mutate(next_place=row.place.lead().over(in_order)).drop(
        "placed", "since_placed", "number"
    )
