"""What the lists of the day have in common: a few rows, their number, the way to all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foresail.project.results import Records
from foresail.web.question import Question
from foresail.web.sheets.blocks import Cell, Column, Link, Row, Section, Table
from foresail.web.sheets.desk import Desk

SHOWN = 8


def section(
    desk: Desk,
    id: str,
    title: str,
    found: Records,
    question: Question,
    columns: tuple[Column, ...],
    lines: Iterable[Row],
    empty: str,
    lead: str = "",
) -> Section:
    """The rows that are shown, under a title with how many there are."""
    count = found.count
    table = Table(f"{id}-table", "", columns=columns, rows=tuple(lines), empty=empty, caption=title)
    links = all_of(desk, found.kpi, count, question)
    return Section(id, f"{title} · {count:,}", (table,), lead, "half", links)


def all_of(desk: Desk, kpi: str, count: int, question: Question) -> tuple[Link, ...]:
    """The way to all records, where there are any."""
    words = f"All {count:,}, with what each tells" if count > SHOWN else "What each tells"
    return (Link(words, desk.records_url(kpi, question)),) if count else ()


def columns_of(*labels: str) -> tuple[Column, ...]:
    """Columns of texts, days and instants."""
    return tuple(Column(label.lower().replace(" ", "_"), label) for label in labels)


def owner(row: Mapping[str, Any], *, own: bool) -> tuple[Cell, ...]:
    """Whose it is, where the list is not one person's."""
    return () if own else (Cell(row["rep"] or "nobody"),)
