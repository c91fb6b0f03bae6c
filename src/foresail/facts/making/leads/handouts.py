"""Handouts: attempts that shared an asset with a number of its own, and the calls they brought."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.shared.reigns import last_reigns
from foresail.facts.making.shared.stretches import covered, laid_over
from foresail.facts.making.source import BEGINNING, END, Source
from foresail.facts.making.work.assets import digits, is_at_or_after
from foresail.facts.making.work.clicks import events_of_people


def make_handouts(source: Source) -> Any:
    """Make `fact.handout`: per attempt and asset a row for each stretch of time in which it is
    known to have been called back, or not.

    A call belongs to the person's last handout of an asset with the number that was dialled.
    """
    shares = source.fact("share").filter(row.tracked_number.notnull() & row.person.notnull())
    shares = source.keep("handed_out", shares)
    spans = ibis.union(_calls(source, shares), _events(source, shares))
    spans = source.keep("called_back", spans)
    handouts = covered(shares.select("share_id"), spans, "share_id", "is_called_back")
    always = shares.mutate(since=BEGINNING, until=END)
    made = source.keep("handout", laid_over(always, handouts, "share_id", ("is_called_back",)))
    source.drop("handed_out", "called_back")
    return made


def _calls(source: Source, shares: Any) -> Any:
    """The stretches in which a call belongs to handouts."""
    calls = source.fact("activity").filter(
        (row.kind == "call") & (row.direction == "inbound") & row.is_completed & ~row.is_automated
    )
    calls = calls.select(
        "person",
        called_id=row.activity_id,
        called_at=row.occurred_at,
        called_is_date=row.occurred_is_date,
        call_deleted_at=row.deleted_at,
        tracked_number=digits(row.dialled_number),
    )
    return _spans(source, calls, shares, ("person", "tracked_number"))


def _events(source: Source, shares: Any) -> Any:
    """The stretches in which a callback that names asset and lead belongs to handouts."""
    leads = source.fact("lead").select("lead_id", "person")
    events = events_of_people(source, "callback").inner_join(leads, "lead_id")
    events = events.select(
        "person",
        "content",
        called_id=row.row_key,
        called_at=row.occurred_at,
        called_is_date=row.occurred_is_date,
        call_deleted_at=ibis.null("timestamp(6)"),
    )
    return _spans(source, events, shares, ("person", "content"))


def _spans(source: Source, calls: Any, shares: Any, same: tuple[str, ...]) -> Any:
    """When each call is known to belong to the last attempt that handed out the same."""
    attempts = shares.select(
        "activity_id", *same, "occurred_at", "occurred_is_date", "deleted_at"
    ).distinct()
    pairs = calls.inner_join(attempts, list(same))
    pairs = pairs.filter(is_at_or_after(source, "called", "occurred"))
    pairs = last_reigns(pairs, "called_id", "called_at")
    days = source.settings.thresholds.callback_days
    called_on, handed_on = (source.wall_time(row[at]).date() for at in ("called_at", "occurred_at"))
    in_time = ibis.ifelse(
        row.called_is_date | row.occurred_is_date,
        called_on.delta(handed_on, unit="day") <= days,
        row.called_at <= row.occurred_at + ibis.interval(days=days),
    )
    spans = pairs.filter(in_time).select(
        "activity_id", *same, "since", until=ibis.coalesce(row.call_deleted_at, END)
    )
    handed = shares.select("share_id", "activity_id", *same)
    spans = handed.inner_join(spans.filter(row.since < row.until), ["activity_id", *same])
    return spans.select("share_id", "since", "until")
