"""Handouts: attempts that shared an asset with a number of its own, and the calls they brought."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.assets import digits, is_at_or_after
from foresail.facts.making.clicks import events_of_people
from foresail.facts.making.reigns import last_reigns
from foresail.facts.making.source import BEGINNING, END, Source
from foresail.facts.making.stretches import covered, laid_over


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


def _handed(shares: Any, *columns: str) -> Any:
    return shares.select("share_id", *columns, "occurred_at", "occurred_is_date", "deleted_at")


def _calls(source: Source, shares: Any) -> Any:
    """The stretches in which a call belongs to each handout."""
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
    handed = _handed(shares, "person", "tracked_number")
    pairs = calls.inner_join(handed, ["person", "tracked_number"])
    return _spans(source, pairs)


def _events(source: Source, shares: Any) -> Any:
    """The stretches in which a callback that names asset and lead belongs to each handout."""
    events = events_of_people(source, "callback").select(
        "content",
        "lead_id",
        called_id=row.row_key,
        called_at=row.occurred_at,
        called_is_date=row.occurred_is_date,
        call_deleted_at=ibis.null("timestamp(6)"),
    )
    return _spans(
        source, events.inner_join(_handed(shares, "content", "lead_id"), ["content", "lead_id"])
    )


def _spans(source: Source, pairs: Any) -> Any:
    pairs = pairs.filter(is_at_or_after(source, "called", "occurred"))
    pairs = last_reigns(pairs, "called_id", "called_at", ("share_id",))
    days = source.settings.thresholds.callback_days
    passed = (
        source.wall_time(row.called_at)
        .date()
        .delta(source.wall_time(row.occurred_at).date(), unit="day")
    )
    in_time = ibis.ifelse(
        row.called_is_date | row.occurred_is_date,
        passed <= days,
        row.called_at <= row.occurred_at + ibis.interval(days=days),
    )
    pairs = pairs.filter(in_time)
    return pairs.select("share_id", "since", until=ibis.coalesce(row.call_deleted_at, END)).filter(
        row.since < row.until
    )
