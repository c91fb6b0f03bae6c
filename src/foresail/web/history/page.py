"""One record: what it is, all that happened to it, and the records that belong to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.http import Http404

from foresail.core.errors import QuestionError
from foresail.project.history import Event, History
from foresail.web.sheets.blocks import Block, Cell, Column, Row, Section, Sheet, Table
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.links import history_url, rep_url, web_url

KINDS = ("lead", "opportunity", "meeting", "activity", "account", "contact", "rep")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
OWN_COURSE = frozenset({"lead", "opportunity"})
"""Events that are records of their own with a history of their own: they stand in a list, too."""


def history(desk: Desk, kind: str, record_id: str) -> Sheet:
    """A record's fields, its children and its time line.

    Errors: `Http404` where there is no such record, or none that may be seen.
    """
    if kind not in KINDS:
        raise Http404
    try:
        found = desk.project.history(kind, record_id, as_of=desk.question.as_of or None)
    except QuestionError as refused:
        raise Http404(str(refused)) from refused
    desk.answers.append(found)
    sections = (
        Section("record", "Record", (_fields(desk, found),), width="third"),
        Section("line", "What happened", (_line(found),), width="two-thirds"),
        *_children(found),
    )
    return Sheet(found.title, sections, of=kind, controls=())


def _fields(desk: Desk, found: History) -> Block:
    rows = [("Id", found.record_id), *found.fields]
    source = desk.settings.links.url(found.kind, found.record_id)
    return Table(
        "fields",
        "Record",
        columns=(Column("field", "Field"), Column("value", "Value")),
        rows=tuple(
            Row(
                (
                    Cell(name),
                    Cell(_read(value), url=web_url(value), is_outside=bool(web_url(value))),
                )
            )
            for name, value in rows
        )
        + (
            (Row((Cell("Source"), Cell("Open there", url=source, is_outside=True))),)
            if source
            else ()
        ),
        caption="What it is",
    )


def _read(value: str) -> str | dt.date:
    """A field of a record; one that is a day as a day, which pages write in their own way."""
    try:
        return dt.date.fromisoformat(value) if DAY.fullmatch(value) else value
    except ValueError:
        return value


def _line(found: History) -> Block:
    """What happened, the newest first, by the organisation's clock."""
    events = tuple(reversed(found.events))
    beside = {
        "note": ("Note", any(each.note for each in events)),
        "recording": ("Recording", any(web_url(each.url) for each in events)),
    }
    told = {name: label for name, (label, is_told) in beside.items() if is_told}
    return Table(
        "events",
        "What happened",
        columns=(
            Column("at", "When"),
            Column("what", "What"),
            Column("who", "Who"),
            *(Column(name, label) for name, label in told.items()),
        ),
        rows=tuple(_event(each, told) for each in events),
        caption="What happened, the newest first",
        empty="Nothing is recorded of it.",
    )


def _event(each: Event, told: Iterable[str]) -> Row:
    """An event; `told` are the columns beside it that any event fills."""
    recording = web_url(each.url)
    beside = {
        "note": Cell(each.note),
        "recording": Cell(
            "Listen" if recording else None, url=recording, is_outside=bool(recording)
        ),
    }
    return Row(
        (
            Cell(each.on if each.is_day else each.at),
            Cell(each.what, url=history_url(*each.of) if each.of else ""),
            Cell(each.who, url=rep_url(each.who_id)),
            *(beside[name] for name in told),
        )
    )


def _children(found: History) -> Iterable[Section]:
    """The leads and opportunities that belong to it, each once."""
    first: dict[tuple[str, str], Event] = {}
    for each in found.events:
        if each.of and each.of[0] in OWN_COURSE:
            first.setdefault(each.of, each)
    if first:
        rows = tuple(
            Row((Cell(each.what, url=history_url(*of)), Cell(of[0]), Cell(each.on or each.at)))
            for of, each in first.items()
        )
        columns = (Column("what", "Record"), Column("kind", "Kind"), Column("at", "Since"))
        table = Table("children", "Belongs to it", columns=columns, rows=rows)
        yield Section("children", "Belongs to it", (table,))
