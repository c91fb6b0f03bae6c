"""Data: files in, loads, what waits in quarantine, how fresh and how sound the tables are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from foresail.project import Project
from foresail.project.mappings import kept_mappings
from foresail.project.results import Finding, Health, LoadSummary, SetAside
from foresail.web.data.drafts import drafts_of
from foresail.web.people.guard import person_of
from foresail.web.sheets.blocks import (
    Cell,
    Column,
    Link,
    Own,
    Row,
    Section,
    Sheet,
    Table,
    Words,
)
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import instant

SHOWN_LOADS = 12
NAMED_FILES = 3
SHOWN_ROWS = 200
SHOWN_CELLS = 300
COUNTS = (
    ("read", "Read"),
    ("accepted", "New"),
    ("updated", "Changed"),
    ("unchanged", "Unchanged"),
    ("quarantined", "Set aside"),
)


def data(desk: Desk) -> Sheet:
    """What is loaded, and whether it can be trusted."""
    loads = _project(desk).loads()
    waiting = _project(desk).set_aside()
    sections = [Section("add", "Add data", (_add(desk),))]
    if loads:
        health = _project(desk).health()
        sections += [
            Section("tables", "Tables", (_tables(health),), lead=_freshness(health)),
            Section("loads", "Loads", (_loads(desk, loads[:SHOWN_LOADS], waiting),)),
            Section("quarantine", "Set aside", (_waiting(waiting),), lead=_how_many(waiting)),
            Section("findings", "What looks wrong", (_findings(health.findings),)),
            Section("kpis", "What the KPIs lack", (_kpis(desk, health),), lead=_answers(health)),
        ]
    return Sheet("Data", tuple(sections), controls=(), needs_data=False)


def _project(desk: Desk) -> Project:
    """The project itself: loads and raw rows are for those who see everything."""
    return desk.project.whole("see what was loaded")


def _add(desk: Desk) -> Own:
    directory = _project(desk).directory
    found = {
        "drafts": drafts_of(directory, person_of(desk.request).pk),
        "mappings": list(kept_mappings(directory)),
        "megabytes": desk.settings.loading.megabytes,
    }
    return Own("add-form", path="data/add.html", data=found)


def _tables(health: Health) -> Table:
    rows = [
        Row(
            (
                Cell(each.table),
                Cell(each.rows, "count"),
                Cell(each.first_on),
                Cell(each.last_on),
                Cell(each.loaded_at),
                Cell(", ".join(each.empty_columns) or "none"),
            )
        )
        for each in health.tables
        if each.rows
    ]
    return Table(
        "tables-table",
        columns=(
            Column("table", "Table"),
            Column("rows", "Rows", "count", is_number=True),
            Column("from", "From"),
            Column("to", "To"),
            Column("loaded", "Last brought by a load"),
            Column("empty", "Empty columns"),
        ),
        rows=tuple(rows),
    )


def _freshness(health: Health) -> str:
    empty = [each.table for each in health.tables if not each.rows]
    return f"Nothing is loaded for {', '.join(empty)}." if empty else "All tables have rows."


def _loads(desk: Desk, loads: Sequence[LoadSummary], waiting: Sequence[SetAside]) -> Table:
    still: dict[int, int] = {}
    for each in waiting:
        still[each.load_id] = still.get(each.load_id, 0) + each.rows
    return Table(
        "loads-table",
        columns=(
            Column("load", "Load"),
            Column("when", "When"),
            Column("who", "By"),
            Column("files", "Files"),
            *(Column(name, label, "count", is_number=True) for name, label in COUNTS),
            Column("waiting", "Still wait", "count", is_number=True),
        ),
        rows=tuple(
            Row(
                (
                    Cell(f"Load {each.load_id}", url=reverse("load", args=[each.load_id])),
                    Cell(each.finished_at),
                    Cell(each.by or "the terminal"),
                    _files_cell(desk, each.files),
                    *(Cell(getattr(each, name), "count") for name, _ in COUNTS),
                    Cell(
                        still.get(each.load_id, 0),
                        "count",
                        url=_rows_url(load=each.load_id) if each.load_id in still else "",
                    ),
                )
            )
            for each in loads
        ),
    )


def _waiting(waiting: Sequence[SetAside]) -> Table:
    return Table(
        "quarantine-table",
        columns=(
            Column("reason", "Reason"),
            Column("table", "Table"),
            Column("file", "File"),
            Column("load", "Load"),
            Column("rows", "Rows", "count", is_number=True),
        ),
        rows=tuple(
            Row(
                (
                    Cell(each.reason, url=_rows_url(each.load_id, each.table, each.reason)),
                    Cell(each.table),
                    Cell(_files([each.file])),
                    Cell(f"Load {each.load_id}", url=reverse("load", args=[each.load_id])),
                    Cell(each.rows, "count", url=_rows_url(each.load_id, each.table, each.reason)),
                )
            )
            for each in waiting
        ),
        empty="No row is set aside: everything that was read is loaded.",
    )


def _how_many(waiting: Sequence[SetAside]) -> str:
    count = sum(each.rows for each in waiting)
    if not count:
        return ""
    return (
        f"{count:,} rows were read and not loaded. Mend the file and load it again, or mend the "
        "mapping or a setting, and try the rows again."
    )


def _findings(findings: Iterable[Finding]) -> Table:
    return Table(
        "findings-table",
        columns=(
            Column("finding", "Finding"),
            Column("n", "Rows", "count", is_number=True),
            Column("of", "Of", "count", is_number=True),
            Column("meaning", "What it means, and what to do"),
            Column("such", "Such as"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(
                        each.title[0].upper() + each.title[1:],
                        url=reverse("finding", args=[each.check]),
                        tone="bad" if each.is_wrong else "warn",
                        mark="wrong" if each.is_wrong else "odd",
                    ),
                    Cell(each.n, "count", url=reverse("finding", args=[each.check])),
                    Cell(each.rows, "count"),
                    Cell(f"{each.meaning} {each.remedy}"),
                    Cell(", ".join(each.samples[:3])),
                )
            )
            for each in sorted(findings, key=lambda found: not found.is_wrong)
        ),
        empty="Nothing looks wrong.",
    )


def _kpis(desk: Desk, health: Health) -> Table:
    labels = {each.id: each.label for each in desk.kpis.values()}
    return Table(
        "kpis-table",
        columns=(
            Column("kpi", "KPI"),
            Column("state", "State"),
            Column("lacks", "What it lacks"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(labels.get(each.kpi, each.kpi), url=desk.definition_url(each.kpi)),
                    Cell("cannot be answered" if each.missing else "unsafe"),
                    Cell(
                        f"nothing loaded for {', '.join(each.missing)}"
                        if each.missing
                        else "; ".join(str(lack) for lack in each.lacking)
                    ),
                )
            )
            for each in health.kpis
            if each.state != "answerable"
        ),
        empty="Every KPI has all that it needs.",
    )


def _answers(health: Health) -> str:
    impossible = sum(1 for each in health.kpis if each.missing)
    return f"{len(health.kpis) - impossible} of {len(health.kpis)} KPIs can be answered."


def load(desk: Desk, number: int) -> Sheet:
    """What one load did."""
    found = next((each for each in _project(desk).loads() if each.load_id == number), None)
    if found is None:
        raise Http404("There is no such load.")
    waiting = [each for each in _project(desk).set_aside() if each.load_id == number]
    tables = Table(
        "tables-table",
        columns=(
            Column("table", "Table"),
            Column("files", "Files"),
            *(Column(name, label, "count", is_number=True) for name, label in COUNTS),
        ),
        rows=tuple(
            Row(
                (
                    Cell(each.table),
                    _files_cell(desk, each.files),
                    *(Cell(getattr(each, name), "count") for name, _ in COUNTS),
                )
            )
            for each in _project(desk).loaded(number)
        ),
    )
    return Sheet(
        f"Load {number}",
        (
            Section("said", "", (Own("messages", path="data/messages.html"),)),
            Section("tables", "What it brought", (tables,)),
            Section("quarantine", "Set aside, and still waiting", (_waiting(waiting),)),
        ),
        lead=f"{instant(found.finished_at)}, by {found.by or 'the terminal'}: "
        f"{_counted(found.files)}.",
        controls=(),
        trail=(Link("Data", reverse("data")),),
    )


def quarantine(desk: Desk) -> Sheet:
    """The rows that were set aside, as their files had them, and a way to try them again."""
    given = desk.request.GET
    load_id = int(given["load"]) if given.get("load", "").isdigit() else None
    table, reason = given.get("table", ""), given.get("reason", "")
    rows = _project(desk).quarantine(load_id, SHOWN_ROWS, table=table, reason=reason)
    of = [
        each
        for each in _project(desk).set_aside()
        if load_id in (None, each.load_id) and table in ("", each.table)
        if reason in ("", each.reason)
    ]
    count = sum(each.rows for each in of)
    again = {
        "load": load_id,
        "table": table,
        "reason": reason,
        "count": count,
        "can_be_tried": any(each.can_be_tried for each in of),
    }
    shown = Table(
        "rows-table",
        columns=(
            Column("file", "File"),
            Column("row", "Row", "count", is_number=True),
            Column("reason", "Column, value and reason"),
            Column("held", "The row as it came"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(_files([each.file])),
                    Cell(each.row_number, "count"),
                    Cell(each.reason),
                    Cell(_held(each.row_text)),
                )
            )
            for each in rows
        ),
        empty="No such row waits any more.",
    )
    first = f" The first {SHOWN_ROWS} are shown." if count > SHOWN_ROWS else ""
    return Sheet(
        "Set aside",
        (
            Section("again", "", (Own("again-form", path="data/again.html", data=again),)),
            Section("rows", "Rows", (shown,), lead=f"{count:,} rows wait.{first}"),
        ),
        of=" · ".join(filter(None, (f"load {load_id}" if load_id else "", table, reason))),
        controls=(),
        trail=(Link("Data", reverse("data")),),
    )


def finding(desk: Desk, check: str) -> Sheet:
    """The rows of a table that look wrong in one way."""
    found = next((each for each in _project(desk).health().findings if each.check == check), None)
    if found is None:
        raise Http404("Nothing looks wrong in that way any more.")
    rows = _project(desk).finding(check, SHOWN_ROWS)
    shown = Table(
        "rows-table",
        columns=tuple(Column(each, each.replace("_", " ")) for each in rows.column_names),
        rows=tuple(
            Row(tuple(Cell(_value(value)) for value in each.values())) for each in rows.to_pylist()
        ),
    )
    first = f" The first {SHOWN_ROWS} are shown." if found.n > SHOWN_ROWS else ""
    return Sheet(
        found.title[0].upper() + found.title[1:],
        (
            Section("what", "", (Words("what-words", sentences=(found.meaning, found.remedy)),)),
            Section("rows", "Rows", (shown,), lead=f"{found.n:,} of {found.rows:,} rows.{first}"),
        ),
        controls=(),
        trail=(Link("Data", reverse("data")),),
    )


def _rows_url(load: int | None = None, table: str = "", reason: str = "") -> str:
    """Where the rows of a load, table and reason are."""
    given = {"load": load, "table": table, "reason": reason}
    return f"{reverse('quarantine')}?{urlencode({k: v for k, v in given.items() if v})}"


def _held(row_text: str) -> str:
    """A row as its file held it, in few words."""
    try:
        row = json.loads(row_text)
    except ValueError:
        row = row_text
    if isinstance(row, dict):
        filled = (f"{name}: {value}" for name, value in row.items() if value not in (None, ""))
        row = ", ".join(filled) or "all cells are empty"
    text = str(row)
    return text if len(text) <= SHOWN_CELLS else f"{text[:SHOWN_CELLS]}…"


def _value(value: object) -> str:
    return "–" if value is None else str(value)


def _files(files: Iterable[str]) -> str:
    return ", ".join(each.replace("\\", "/").rpartition("/")[2] for each in files)


def _files_cell(desk: Desk, files: Sequence[str]) -> Cell:
    """Files by their names; of many their number, with the names behind it."""
    names = _files(files)
    if len(files) <= NAMED_FILES or desk.form:
        return Cell(names)
    return Cell(f"{len(files)} files", more=tuple(names.split(", ")))


def _counted(files: Sequence[str]) -> str:
    return _files(files) if len(files) <= NAMED_FILES else f"{len(files)} files"
