"""An answer laid out as a board: a row per rep or team, a column per KPI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from foresail.core.slices import NONE
from foresail.project.results import Answer
from foresail.web.number import Number, number
from foresail.web.question import Question


@dataclass(frozen=True)
class Head:
    """A column's head: its name, how it is sorted, and where to go from it."""

    name: str
    label: str
    unit: str
    sorted: str
    sort_url: str
    definition_url: str


@dataclass(frozen=True)
class Cell:
    """One number, and the way to its records."""

    number: Number
    records_url: str


@dataclass(frozen=True)
class Row:
    """What the row is about, and its numbers. `url` looks inside a team, a source, ..."""

    name: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Board:
    """The whole table. `total` is asked anew and not the sum of the rows."""

    name: Head
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    total: Row | None


def board(answer: Answer, question: Question) -> Board:
    """Lay an answer out as the board that the question asks for."""
    values = [column for column in answer.columns if column.kind == "value"]
    label = next((column.label for column in answer.columns if column.name == question.by), "")
    totals = answer.totals
    return Board(
        name=_head(question.by, label or question.by.capitalize(), "", question),
        heads=tuple(_head(each.name, each.label, each.unit, question) for each in values),
        rows=tuple(_row(row, answer, question) for row in answer.rows),
        total=Row("All", "", _cells(totals, answer, question)) if totals is not None else None,
    )


def _head(name: str, label: str, unit: str, question: Question) -> Head:
    descending = question.order == f"-{name}"
    ascending = question.order == name
    turned = name if descending or (not unit and not ascending) else f"-{name}"
    return Head(
        name=name,
        label=label,
        unit=unit,
        sorted="descending" if descending else "ascending" if ascending else "none",
        sort_url=question.but(order=turned).query(),
        definition_url=reverse("definition", args=[name]) + question.query() if unit else "",
    )


def _row(row: Mapping[str, Any], answer: Answer, question: Question) -> Row:
    name = row[question.by]
    key = row.get(f"{question.by}_id", name) or NONE
    url = "" if question.by == "rep" else question.only(question.by, key).but(by="rep").query()
    return Row(
        name=name or NONE, url=url, cells=_cells(row, answer, question.but(of=(question.by, key)))
    )


def _cells(row: Mapping[str, Any], answer: Answer, question: Question) -> tuple[Cell, ...]:
    return tuple(_cell(row, answer, kpi, question) for kpi in answer.kpis)


def _cell(row: Mapping[str, Any], answer: Answer, kpi: str, question: Question) -> Cell:
    records = reverse("records", args=[kpi])
    return Cell(
        number=number(row, answer.columns, kpi),
        records_url=records + question.query(),
    )
