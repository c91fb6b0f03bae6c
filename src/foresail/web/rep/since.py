"""What changed since the two last talked: numbers against the same length before, and deals."""

from __future__ import annotations

import datetime as dt

from foresail.project.results import Records
from foresail.web.question import Question
from foresail.web.rep.view import View
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Block, Section, Table, Words
from foresail.web.templatetags.formats import day

NUMBERS = (
    "outbound_activities",
    "conversations",
    "meetings_held",
    "new_opportunities",
    "deals_won",
    "revenue",
)
MOVES = (
    (
        "time_in_stage",
        "Moved to a stage",
        {"name": "Deal", "account": "Account", "stage": "Stage", "begun_at": "Since"},
    ),
    ("deals_won", "Won", {"name": "Deal", "account": "Account", "closed_at": "Closed"}),
    (
        "deals_lost",
        "Lost",
        {"name": "Deal", "account": "Account", "lost_reason": "Reason", "closed_at": "Closed"},
    ),
)
MOST = 10


def sections(view: View, last_day: dt.date | None) -> tuple[Section, ...]:
    """The section, for the two who talked."""
    if last_day is None:
        return ()
    title = f"Since the 1-on-1 of {day(last_day)}"
    question = since(view, last_day)
    if question is None:
        words = Words("since-none", sentences=("The data end before that day.",))
        return (Section("since", title, (words,)),)
    return (Section("since", title, _blocks(view, question), lead=LEAD),)


LEAD = "From the day after it until the last day in the data, against as many days before."


def since(view: View, last_day: dt.date) -> Question | None:
    """The days after a talk; None where the data do not reach beyond it."""
    if view.today <= last_day:
        return None
    return view.question.but(
        period="custom",
        start=last_day + dt.timedelta(days=1),
        end=view.today,
        compare="previous",
    )


def _blocks(view: View, question: Question) -> tuple[Block, ...]:
    blocks: list[Block] = []
    numbers = view.ask(*NUMBERS, compare=True, question=question)
    if numbers is not None:
        blocks.append(tables.tiles(view.desk, "since-numbers", numbers, question=question))
    for kpi, title, columns in MOVES:
        found = view.records(kpi, question=question)
        if found is not None and found.table.num_rows:
            blocks.append(_moves(view, kpi, title, found, columns))
    return tuple(blocks)


def _moves(view: View, kpi: str, title: str, found: Records, columns: dict[str, str]) -> Table:
    return tables.listing(
        view.desk, f"since-{kpi}", found, title=title, columns=columns, limit=MOST
    )
