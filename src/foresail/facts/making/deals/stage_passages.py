"""Passages: which stages each deal passed, and what became of it there."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.deals.deal_visits import DEAL, STEP, dated_closings, undated_closings
from foresail.facts.making.deals.deals import stage_of
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.described import entered
from foresail.facts.making.shared.stretches import laid_over
from foresail.facts.making.source import BEGINNING, END, Source

PASSAGE = ("opportunity_id", "stage")
STANDING = ("state", "standing", "stood_at", "stood_is_date")
COLUMNS = (*PASSAGE, *STANDING, "entered_at", "entered_is_date", "since", "until")


def make_stage_passages(source: Source) -> Any:
    """Make `fact.stage_passage`: what each passage had come to, from when until when.

    `standing` is advanced, lost (in that stage), back (it stands, or stood at its loss, in another
    stage) or here.
    """
    passages, visits = source.keep("deal_passage", _passages(source)), source.fact("deal_visit")
    closings = source.keep("deal_closing", _closings(source))
    pieces = ibis.union(
        _under_way(passages.anti_join(undated_closings(source), "opportunity_id"), visits),
        _closed(passages, closings),
        _advanced(passages, source.fact("deal_stay")),
    )
    if not _leaves_out(source):
        pieces = ibis.union(pieces, _by_win(source, passages, closings))
    pieces = pieces.filter(row.since < row.until).mutate(
        **source.clock(row.stood_at, row.stood_is_date, "stood")
    )
    passed = entered(source, pieces)
    lost_reason = ibis.ifelse(row.state == "lost", row.lost_reason, None)
    made = source.keep("stage_passage", passed.mutate(lost_reason=lost_reason))
    source.drop("deal_passage", "deal_closing")
    return made


def _leaves_out(source: Source) -> bool:
    """Whether a stage counts only for the deals that really stood in it."""
    return source.settings.thresholds.skipped_stages == "left_out"


def _stages(source: Source) -> Any:
    """Per deal with a stage history, the open stages of its pipeline that have a position."""
    deals = source.fact("stage_visit").select("opportunity_id", "pipeline_key").distinct()
    stages = stage_of(source).filter(
        (row.stage_kind.fill_null("open") == "open") & row.stage_position.notnull()
    )
    return deals.inner_join(stages, deals.pipeline_key == stages.stage_pipeline).select(
        deals.opportunity_id,
        stage=stages.stage_name,
        place=(stages.stage_position * STEP).cast("int64"),
    )


def _passages(source: Source) -> Any:
    """Each passage by visits: when it was entered, and when the deal first stood further on.

    A stage without a position is passed by those deals only that stood in it: where it lies is
    not known before somebody enters it.
    """
    visits = source.fact("deal_visit")
    visited = visits.group_by(*PASSAGE).agg(place=row.place.argmin(row.begun_at))
    is_later, reaches = row.visit_place > row.place, row.visit_stage == row.stage
    entry = _at_visits(visited, visits).filter(reaches)
    if not _leaves_out(source):
        passed = _at_visits(_stages(source), visits).filter(is_later)
        entry = ibis.union(entry, passed.select(entry.columns))
    first = entry.group_by(*PASSAGE, "place").agg(
        entered_at=row.begun_at.min(), entered_is_date=row.begun_is_date.argmin(row.begun_at)
    )
    onward = _at_visits(first, visits).filter(is_later & (row.begun_at >= row.entered_at))
    onward = onward.group_by(*PASSAGE).agg(advanced_at=row.begun_at.min())
    found = attach(first, onward, {name: name for name in PASSAGE}, {"advanced_at": "advanced_at"})
    return found.mutate(advanced_at=row.advanced_at.fill_null(END))


def _at_visits(stages: Any, visits: Any) -> Any:
    """Stages of deals beside every visit of the deal."""
    return stages.inner_join(visits, "opportunity_id", rname="visit_{name}")


def _closings(source: Source) -> Any:
    """Each closed stretch with `left_stage`, the open stage in which the deal stood last.

    That is the one that the closing ended; where a win became a loss, the one before the win.
    """
    visits, closings = source.fact("deal_visit"), dated_closings(source)
    same = DEAL | {"since": "closes_at"}
    ended = visits.filter(row.ended_by.isin(("won", "lost")))
    closings = attach(closings, ended, same, {"ended_stage": "stage"})
    before = closings.inner_join(visits, "opportunity_id").filter(row.begun_at <= row.since)
    before = before.group_by("opportunity_id", "since").agg(
        earlier_stage=row.stage.argmax(row.begun_at)
    )
    closings = attach(
        closings, before, DEAL | {"since": "since"}, {"earlier_stage": "earlier_stage"}
    )
    return closings.mutate(left_stage=row.ended_stage.coalesce(row.earlier_stage))


def _under_way(passages: Any, visits: Any) -> Any:
    """While the deal is open and has not been further on: it stands here, or went back."""
    standing = visits.select(
        "opportunity_id",
        visited="stage",
        stood_at="begun_at",
        stood_is_date="begun_is_date",
        since=row.begun_at,
        until=row.stands_until,
    )
    spans = passages.mutate(since=row.entered_at, until=row.advanced_at)
    pieces = laid_over(spans, standing, "opportunity_id", ("visited", "stood_at", "stood_is_date"))
    return pieces.mutate(
        state=ibis.literal("open"), standing=ibis.ifelse(row.visited == row.stage, "here", "back")
    ).select(*COLUMNS)


def _closed(passages: Any, closings: Any) -> Any:
    """While the deal is closed and had not been further on: a win advances it, a loss ends it."""
    spans = passages.mutate(since=row.entered_at, until=row.advanced_at)
    pieces = laid_over(spans, closings, "opportunity_id", ("state", "left_stage"))
    standing = ibis.cases(
        (row.state == "won", "advanced"), (row.left_stage == row.stage, "lost"), else_="back"
    )
    return _standing_nowhere(pieces.mutate(standing=standing))


def _advanced(passages: Any, stays: Any) -> Any:
    """From the moment at which the deal first stood further on."""
    spans = passages.filter(row.advanced_at < END).mutate(since=row.advanced_at, until=END)
    pieces = laid_over(spans, stays, "opportunity_id", ("state",))
    return _standing_nowhere(pieces.mutate(standing=ibis.literal("advanced")))


def _by_win(source: Source, passages: Any, closings: Any) -> Any:
    """Stages that a deal had not reached when it was won: passed while that win is in force."""
    stages = _stages(source)
    known = attach(
        stages, passages, {name: name for name in PASSAGE}, {"reached_at": "entered_at"}
    ).mutate(reached_at=row.reached_at.fill_null(END))
    won = closings.filter(row.state == "won")
    pieces = known.inner_join(won, "opportunity_id").filter(row.since < row.reached_at)
    pieces = pieces.mutate(
        standing=ibis.literal("advanced"),
        entered_at=row.since.nullif(BEGINNING),
        entered_is_date=row.is_date,
        until=ibis.least(row.until, row.reached_at),
    )
    return _standing_nowhere(pieces)


def _standing_nowhere(pieces: Any) -> Any:
    return pieces.mutate(stood_at=ibis.null("timestamp(6)"), stood_is_date=False).select(*COLUMNS)
