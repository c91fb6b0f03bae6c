"""Where a deal stands in each of its stretches: since when in its stage, and which one it left."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.deals.deal_visits import DEAL
from foresail.facts.making.deals.deals import stage_of
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source


def with_stages(source: Source, states: Any) -> Any:
    """Add when the present visit began (`stood_at`), and of lost ones `left_at`, `left_stage`.

    A deal without a stage history left its own stage, unless that means won or lost.
    """
    visits = source.fact("deal_visit").filter(row.begun_at < row.stands_until)
    standing = attach(
        states.mutate(open_id=ibis.ifelse(row.state == "open", row.opportunity_id, None)),
        visits,
        {"open_id": "opportunity_id"},
        {"stood_at": "begun_at", "stood_is_date": "begun_is_date"},
        lambda state, visit: [
            visit.begun_at < state.until,
            visit.stands_until > state.since,
        ],
    ).drop("open_id")
    ended = source.fact("deal_visit").filter(row.ended_by == "lost")
    found = attach(standing, ended, DEAL | {"since": "closes_at"}, {"visited": "stage"})
    history = source.fact("stage_visit").select("opportunity_id", known="opportunity_id").distinct()
    found = attach(found, history, DEAL, {"known": "known"})
    stages = {"pipeline_key": "stage_pipeline", "stage": "stage_name"}
    found = attach(found, stage_of(source), stages, {"stage_kind": "stage_kind"})
    is_open_kind = row.stage_kind.fill_null("open") == "open"
    without_history = ibis.ifelse(row.known.isnull() & is_open_kind, row.stage, None)
    is_lost = row.state == "lost"
    found = found.mutate(
        left_stage=ibis.ifelse(is_lost, ibis.coalesce(row.visited, without_history), None),
        left_at=ibis.ifelse(is_lost, row.closed_at, None),
    )
    return found.mutate(
        **source.clock(row.stood_at, row.stood_is_date, "stood"),
        **source.clock(row.left_at, row.closed_is_date, "left"),
    ).drop("visited", "known", "stage_kind")
