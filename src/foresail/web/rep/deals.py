"""The deals of a rep: those open, what stands still among them, and how others ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foresail.project.results import Records
from foresail.web.rep.view import View
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Block, Cell, Column, Link, Row, Section, Table
from foresail.web.sheets.links import record_url, web_url

MARKS = {"stalled_deals": "stalled", "overdue_deals": "overdue", "untouched_deals": "untouched"}
MOST_DEALS = 40
MOST_ENDED = 15
MOST_TALKS = 15
DEAL = {"name": "Deal", "account": "Account", "stage": "Stage"}
CONVERSATIONS = "conversations"


def standing(view: View) -> tuple[Section, ...]:
    """Open deals."""
    return (Section("open", "Open deals", _open(view), lead=STANDS_STILL),)


def ended(view: View) -> tuple[Section, ...]:
    """Wins and losses, and the latest conversations."""
    return (
        Section("ended", "Won and lost in the period", _ended(view)),
        Section("conversations", "Conversations", _conversations(view)),
    )


STANDS_STILL = (
    "Stalled: longer in its stage than 90 % of those that advanced from it. Overdue: the expected "
    "close has passed. Untouched: nobody did anything about it for long, and nothing is planned."
)


def _open(view: View) -> tuple[Block, ...]:
    """Every open deal with what is wrong with it; those with most against them first."""
    found = view.records("open_deals")
    if found is None:
        return ()
    marks: dict[str, list[str]] = {}
    for kpi, mark in MARKS.items():
        marked = view.records(kpi)
        for row in marked.rows if marked else ():
            marks.setdefault(row["opportunity_id"], []).append(mark)
    rows = sorted(
        found.rows,
        key=lambda row: (-len(marks.get(row["opportunity_id"], ())), -(row["amount"] or 0)),
    )
    table = Table(
        "open-deals",
        "Open deals",
        columns=(
            Column("name", "Deal"),
            Column("account", "Account"),
            Column("stage", "Stage"),
            Column("amount", "Amount", is_number=True),
            Column("currency", "Currency"),
            Column("expected_close_on", "Expected close"),
            Column("marks", "Stands still"),
        ),
        rows=tuple(_deal(row, marks) for row in rows[:MOST_DEALS]),
        caption="Open deals, those that stand still first",
        empty="No deal is open.",
        currency=view.desk.currency,
        onward=_all(view, "open_deals", len(rows), MOST_DEALS),
    )
    return (table,)


def _deal(row: Mapping[str, Any], marks: Mapping[str, list[str]]) -> Row:
    found = marks.get(row["opportunity_id"], [])
    return Row(
        (
            Cell(row["name"] or row["opportunity_id"], url=record_url(row, "name")),
            Cell(row["account"], url=record_url(row, "account")),
            Cell(row["stage"]),
            Cell(row["amount"]),
            Cell(row["currency"] or ""),
            Cell(row["expected_close_on"]),
            Cell(", ".join(found) or "", tone="warn" if found else ""),
        )
    )


def _all(view: View, kpi: str, number: int, most: int) -> Link | None:
    if number <= most:
        return None
    return Link(f"All {number:,}", view.desk.records_url(kpi, view.question))


def _ended(view: View) -> tuple[Block, ...]:
    """Wins and losses, the latest first, and the reasons of the losses."""
    blocks: list[Block] = []
    question = view.question.but(compare="none")
    reasons = view.ask(
        "deals_lost", "leaked_value", by=("lost_reason",), order="-deals_lost", question=question
    )
    if reasons is not None:
        blocks.append(
            tables.table(
                view.desk,
                "reasons",
                reasons,
                title="Why deals were lost",
                question=question,
                empty="No deal was lost in this period.",
            )
        )
    for kpi, title, more in (
        ("deals_won", "Won", {"amount": "Amount", "currency": "Currency", "closed_at": "Closed"}),
        ("deals_lost", "Lost", {"lost_reason": "Reason", "closed_at": "Closed"}),
    ):
        found = view.records(kpi, order="-closed_at", limit=MOST_ENDED)
        if found is not None:
            blocks.append(_listing(view, kpi, title, found, {**DEAL, **more}))
    return tuple(blocks)


def _listing(view: View, kpi: str, title: str, found: Records, columns: Mapping[str, str]) -> Table:
    return tables.listing(
        view.desk,
        kpi,
        found,
        title=title,
        columns=columns,
        limit=MOST_ENDED,
        empty="None in this period.",
        onward=_all(view, kpi, found.count, MOST_ENDED),
    )


def _conversations(view: View) -> tuple[Block, ...]:
    """The latest conversations, what was noted, and where to listen to them."""
    found = view.records(CONVERSATIONS, order="-occurred_at", limit=MOST_TALKS)
    if found is None:
        return ()
    table = Table(
        CONVERSATIONS,
        "Conversations",
        columns=(
            Column("occurred_at", "When"),
            Column("kind", "Kind"),
            Column("account", "Account"),
            Column("subject", "Subject"),
            Column("note", "Note"),
            Column("recording", "Recording"),
        ),
        rows=tuple(_conversation(row) for row in found.rows),
        caption="The latest conversations",
        empty="No conversation in this period.",
        onward=_all(view, CONVERSATIONS, found.count, MOST_TALKS),
    )
    return (table,)


def _conversation(row: Mapping[str, Any]) -> Row:
    recording = web_url(row.get("recording_url"))
    return Row(
        (
            Cell(row["occurred_at"], url=record_url(row, "occurred_at")),
            Cell(row["kind"]),
            Cell(row["account"], url=record_url(row, "account")),
            Cell(row.get("subject")),
            Cell(row.get("note")),
            Cell("Listen" if recording else None, url=recording, is_outside=bool(recording)),
        )
    )
