"""How a deal changed: when it was open, won or lost, and what its fields held when."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.deals.deals import stage_of
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import BEGINNING, END, Source

MICROSECOND = ibis.interval(microseconds=1)


def stage_visits(source: Source) -> Any:
    """Each stay in a stage, [since, until), with what standing there means.

    Where `stage` does not describe it, the last stage of a closed deal is its closing if it was
    entered on the day of the closing or later; any other one is open.
    """
    visits = resolved_history(source, "opportunity_stage")
    deals, stages = source.fact("deal"), stage_of(source)
    in_order = ibis.window(group_by="opportunity_id", order_by=["entered_at", "stage"])
    stays = visits.select(
        "opportunity_id",
        "stage",
        since=row.entered_at,
        until=ibis.coalesce(row.entered_at.lead().over(in_order), END),
        is_date=row.entered_at_is_date.fill_null(False),
    )
    stays = attach(
        stays,
        deals,
        {"opportunity_id": "opportunity_id"},
        {"pipeline_key": "pipeline_key", "closed_at": "closed_at", "outcome": "outcome"},
    ).filter(row.pipeline_key.notnull())
    stays = attach(
        stays,
        stages,
        {"pipeline_key": "stage_pipeline", "stage": "stage_name"},
        {
            "described": "stage_name",
            "kind": "stage_kind",
            "position": "stage_position",
            "is_accepted": "is_accepted",
        },
    )
    is_closing = (
        row.described.isnull()
        & (row.until == END)
        & (source.wall_time(row.since).date() >= source.wall_time(row.closed_at).date())
    )
    stays = stays.mutate(implied=ibis.ifelse(is_closing, row.outcome, None))
    return stays.mutate(
        state=ibis.coalesce(row.kind, row.implied, "open"),
        is_accepted=row.is_accepted.fill_null(False),
    ).drop("closed_at", "outcome", "described", "kind", "implied")


def resolved_history(source: Source, table: str) -> Any:
    """A history table of opportunities, less what belongs to merged ones."""
    history = source.canonical(table)
    return history.anti_join(source.fact("opportunity_merge"), "opportunity_id")


def make_stays(source: Source) -> Any:
    """Make `fact.deal_stay`: one row per deal and stretch in which it was open, won or lost.

    The stage history gives earlier closings and re-openings. The last closing is dated by the
    deal's own `closed_at`, unless that belongs to an earlier one. Without a history there is one
    stretch before the closing and one after it.
    """
    visits = source.keep("stage_visit", stage_visits(source))
    runs = _runs(visits)
    by_end = ibis.window(group_by="opportunity_id", order_by=ibis.desc("since"))
    runs = runs.mutate(from_end=ibis.row_number().over(by_end))
    last = runs.filter(row.from_end == 0).select(
        "opportunity_id", last_state=row.state, last_since=row.since
    )
    opened = runs.filter(row.state == "open").group_by("opportunity_id")
    opened = opened.agg(last_opened=row.since.max())
    closings = _last_closings(source, last, opened)
    earlier = attach(
        runs.filter((row.from_end > 0) & (row.state != "open")),
        closings,
        {"opportunity_id": "opportunity_id"},
        {"closed": "closed"},
    ).filter(row.since < row.closed)
    earlier = earlier.select(
        "opportunity_id", "state", "since", until=ibis.least(row.until, row.closed), is_date=False
    )
    final = closings.filter(row.final_state.notnull()).select(
        "opportunity_id",
        state=row.final_state,
        since=row.closed,
        until=END,
        is_date=row.closed_is_date,
    )
    closed = ibis.union(earlier, final)
    return source.keep("deal_stay", ibis.union(closed, _open_between(source, closed)))


def _runs(visits: Any) -> Any:
    """Visits in a row that mean the same, as one stretch."""
    in_order = ibis.window(group_by="opportunity_id", order_by=["since", "stage"])
    visits = visits.mutate(
        begins=(visits.state != visits.state.lag().over(in_order)).fill_null(True)
    )
    visits = visits.mutate(
        run=visits.begins.cast("int64").cumsum(
            group_by="opportunity_id", order_by=["since", "stage"]
        )
    )
    return visits.group_by("opportunity_id", "run", "state").agg(
        since=row.since.min(), until=row.until.max()
    )


def _last_closings(source: Source, last: Any, opened: Any) -> Any:
    """Per deal, how and when it finally closed; open deals have neither, and close at END."""
    deals = source.fact("deal")
    same = {"opportunity_id": "opportunity_id"}
    joined = attach(deals, last, same, {"last_state": "last_state", "last_since": "last_since"})
    joined = attach(joined, opened, same, {"last_opened": "last_opened"})
    seen = ibis.ifelse(joined.last_state != "open", joined.last_state, None)
    state = ibis.coalesce(joined.outcome, seen)
    is_earlier = (
        (seen == joined.outcome)
        & (source.wall_time(joined.closed_at).date() < source.wall_time(joined.last_opened).date())
    ).fill_null(False)
    is_undated = joined.closed_at.isnull() & (seen == state).fill_null(False)
    follows_history = is_earlier | is_undated
    closed = ibis.cases(
        (state.isnull(), END),
        (follows_history, joined.last_since),
        else_=ibis.coalesce(joined.closed_at, BEGINNING),
    )
    return joined.select(
        "opportunity_id",
        final_state=state,
        closed=closed,
        closed_is_date=joined.closed_at_is_date.fill_null(False) & ~follows_history,
    )


def _open_between(source: Source, closed: Any) -> Any:
    """The stretches before, between and after closings; a deal is open when it is not closed."""
    deals = source.fact("deal").select("opportunity_id", "created_at")
    in_order = ibis.window(group_by="opportunity_id", order_by="since")
    begin = deals.select(
        "opportunity_id", since=ibis.coalesce(row.created_at, BEGINNING), until=BEGINNING
    )
    edges = closed.select("opportunity_id", "since", "until")
    first = edges.group_by("opportunity_id").agg(first_closed=row.since.min())
    before = attach(
        begin,
        first,
        {"opportunity_id": "opportunity_id"},
        {"until": "first_closed"},
    ).mutate(until=row.until.fill_null(END))
    after = edges.select(
        "opportunity_id",
        since=row.until,
        until=ibis.coalesce(row.since.lead().over(in_order), END),
    )
    gaps = ibis.union(before, after).filter(row.since < row.until)
    return gaps.select(
        "opportunity_id",
        state=ibis.literal("open"),
        since=row.since,
        until=row.until,
        is_date=False,
    )


def field_values(source: Source, field: str, present: str, kind: str) -> Any:
    """What a field of each deal held when: (opportunity_id, value_since, value_until, value)."""
    changes = resolved_history(source, "opportunity_change").filter(row.field == field)
    in_order = ibis.window(group_by="opportunity_id", order_by="changed_at")
    number = ibis.row_number().over(in_order)
    numbered = changes.select(
        "opportunity_id",
        "old_value",
        "new_value",
        "changed_at",
        number=number,
        next_at=row.changed_at.lead().over(in_order),
    )
    before = numbered.filter(row.number == 0).select(
        "opportunity_id",
        value_since=BEGINNING,
        value_until=row.changed_at,
        value=row.old_value.try_cast(kind),
    )
    after = numbered.select(
        "opportunity_id",
        value_since=row.changed_at,
        value_until=ibis.coalesce(row.next_at, END),
        value=row.new_value.try_cast(kind),
    )
    deals = source.fact("deal")
    still = deals.anti_join(changes, "opportunity_id").select(
        "opportunity_id",
        value_since=BEGINNING,
        value_until=END,
        value=deals[present].cast(kind),
    )
    return ibis.union(before, after, still)


def stage_values(source: Source) -> Any:
    """What stage each deal stood in when; before its first known stage, that one."""
    visits = source.fact("stage_visit")
    in_order = ibis.window(group_by="opportunity_id", order_by=["since", "stage"])
    known = visits.select(
        "opportunity_id",
        value_since=ibis.ifelse(ibis.row_number().over(in_order) == 0, BEGINNING, row.since),
        value_until=row.until,
        value=row.stage,
    )
    deals = source.fact("deal")
    still = deals.anti_join(visits, "opportunity_id").select(
        "opportunity_id",
        value_since=BEGINNING,
        value_until=END,
        value=row.stage,
    )
    return ibis.union(known, still)
