"""The lists of the day: who waits, what is due, what is ahead, and which deals need somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from foresail.web.question import CUSTOM, Question
from foresail.web.sheets.blocks import Cell, Row, Section
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import day as day_of
from foresail.web.today.deals import DEALS, deals
from foresail.web.today.frame import SHOWN, columns_of, owner, section
from foresail.web.today.pacing import Pacing
from foresail.web.today.waiting import waiting

A_MONTH = dt.timedelta(days=30)


def lists(desk: Desk, question: Question, *, own: bool) -> list[Section]:
    """All lists that the data can answer, most urgent first; `own` where they are one person's."""
    pacing = Pacing(desk, question)
    today = pacing.now.astimezone(desk.settings.tzinfo).date()
    ahead = today if pacing.day.is_now else pacing.day.next
    until = question.but(period=CUSTOM, start=today, end=ahead)
    month = question.but(period=CUSTOM, start=today - A_MONTH, end=today)
    due = question.but(period=CUSTOM, start=today - A_MONTH, end=ahead)
    when = "today" if pacing.day.is_now else f"until {ahead:%A}, {day_of(ahead)}"
    now = pacing.now.replace(tzinfo=None)
    made: dict[str, Callable[[], Section]] = {
        "leads_waiting": partial(waiting, desk, question, now, own=own),
        "meetings_planned": partial(meetings, desk, until, now, when, own=own),
        "follow_ups_due": partial(follow_ups, desk, due, now, when, own=own),
        "no_shows_to_rebook": partial(no_shows, desk, month, own=own),
        **{kpi: partial(deals, desk, kpi, question, own=own) for kpi in DEALS},
    }
    return [made[kpi]() for kpi in desk.answerable(made)]


def meetings(desk: Desk, question: Question, now: dt.datetime, when: str, *, own: bool) -> Section:
    """The meetings of the day, those ahead first."""
    found = desk.records("meetings_planned", order="occurred_at", question=question)
    rows = sorted(found.rows, key=lambda row: row["occurred_at"] <= now)
    ahead = sum(row["occurred_at"] > now for row in rows)
    lines = [
        Row(
            (
                Cell(
                    row["occurred_at"],
                    mark="● ahead" if row["occurred_at"] > now else _outcome(row["outcome"]),
                ),
                Cell(row["account"]),
                Cell(row["subject"]),
                *owner(row, own=own),
            )
        )
        for row in rows[:SHOWN]
    ]
    columns = columns_of("When", "With", "About", *(() if own else ("Rep",)))
    empty = f"No meeting is planned {when}: time to book some."
    return section(
        desk,
        "meetings",
        f"Meetings {when}",
        found,
        question,
        columns,
        lines,
        empty,
        lead=f"{ahead:,} still ahead." if rows else "",
    )


def follow_ups(
    desk: Desk, question: Question, now: dt.datetime, when: str, *, own: bool
) -> Section:
    """What was planned and is not done: of the last 30 days, up to the end of the day."""
    found = desk.records("follow_ups_due", order="occurred_at", limit=SHOWN, question=question)
    lines = [
        Row(
            (
                Cell(
                    row["occurred_at"],
                    tone="bad" if row["occurred_at"] <= now else "",
                    mark="▼ overdue" if row["occurred_at"] <= now else "● ahead",
                ),
                Cell(row["kind"]),
                Cell(row["account"] or row["lead_id"] or row["contact_id"]),
                *owner(row, own=own),
            )
        )
        for row in found.rows
    ]
    columns = columns_of("Due", "What", "With", *(() if own else ("Rep",)))
    empty = "No planned call, mail or letter is open: all done."
    return section(
        desk, "follow-ups", f"Follow-ups due {when}", found, question, columns, lines, empty
    )


def no_shows(desk: Desk, question: Question, *, own: bool) -> Section:
    """Who did not come and has no new date yet, the latest first."""
    found = desk.records("no_shows_to_rebook", order="-occurred_at", limit=SHOWN, question=question)
    lines = [
        Row(
            (
                Cell(row["occurred_at"]),
                Cell(row["account"]),
                Cell(row["subject"]),
                *owner(row, own=own),
            )
        )
        for row in found.rows
    ]
    columns = columns_of("Missed", "With", "About", *(() if own else ("Rep",)))
    empty = "Everybody who missed a meeting in the last 30 days has a new one."
    return section(
        desk,
        "no-shows",
        "No-shows to re-book",
        found,
        question,
        columns,
        lines,
        empty,
        lead="Of the last 30 days.",
    )


def _outcome(outcome: str | None) -> str:
    return f"over: {(outcome or 'nothing noted').replace('_', ' ')}"
