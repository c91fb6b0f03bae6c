"""How long deals stood in their stages."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.deals.deal_visits import DEAL, undated_closings
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.described import described, entered
from foresail.facts.making.source import END, Source


def make_stage_times(source: Source) -> Any:
    """Make `fact.stage_time`: per deal and stage, the visit it is on, and the time of earlier ones.

    A visit is the present one until the deal comes back to that stage.
    """
    visits = _clocked(source)
    of_stage = ibis.window(group_by=["opportunity_id", "stage"], order_by="begun_at")
    earlier = ibis.window(
        group_by=["opportunity_id", "stage"], order_by="begun_at", preceding=(None, 1)
    )
    times = visits.mutate(
        entered_at=row.begun_at.first().over(of_stage),
        entered_is_date=row.begun_is_date.first().over(of_stage),
        earlier_seconds=row.seconds.sum().over(earlier).fill_null(0.0),
        since=row.begun_at,
        until=ibis.coalesce(row.begun_at.lead().over(of_stage), END),
    )
    return source.keep("stage_time", entered(source, times.drop("pipeline_key")))


def make_advanced_visits(source: Source) -> Any:
    """Make `fact.advanced_visit`: the visits that ended by advancing, from their end on.

    One that ended by a win counts while that win is in force.
    """
    wins = source.fact("deal_stay").filter(row.state == "won")
    visits = attach(_clocked(source), wins, DEAL | {"closes_at": "since"}, {"undone_at": "until"})
    moved_on = (row.ended_by == "stage") & (row.next_place > row.place)
    won = (row.ended_by == "won") & row.undone_at.notnull()
    advanced = visits.filter(moved_on | won).mutate(
        since=ibis.greatest(row.left_at, row.begun_at),
        until=ibis.ifelse(row.ended_by == "won", row.undone_at, END),
    )
    advanced = advanced.filter(row.since < row.until)
    return source.keep("advanced_visit", described(source, advanced.drop("pipeline_key")))


def _clocked(source: Source) -> Any:
    """Visits with the clocks of their beginning and end, and how long they took, if they ended.

    How long a deal stood where it was when it closed at an unknown time, nobody knows.
    """
    visits = source.fact("deal_visit").anti_join(undated_closings(source), "opportunity_id")
    visits = visits.mutate(
        **source.clock(row.begun_at, row.begun_is_date, "begun"),
        **source.clock(row.ended_at, row.ended_is_date, "left"),
    )
    whole_days = row.begun_is_date | row.left_is_date
    days = row.left_on.delta(row.begun_on, unit="day") * 86_400
    exact = row.left_at.delta(row.begun_at, unit="microsecond") / 1e6
    return visits.mutate(seconds=ibis.ifelse(whole_days, days.cast("float64"), exact))
