"""Answers and records laid out as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from foresail.project.results import Answer, ColumnInfo, Records
from foresail.project.results import Table as Result
from foresail.web.number import number
from foresail.web.question import Question
from foresail.web.sheets.blocks import Cell, Column, Link, Paging, Row, Table, Tile, Tiles
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.first import first, rest_of
from foresail.web.sheets.links import record_url
from foresail.web.sheets.rows import inside

NAMES = {"month": "%Y-%m", "year": "%Y"}
"""How the rows of a grain are called, where their first day does not say it."""


def tiles(
    desk: Desk,
    id: str,
    answer: Answer,
    *,
    title: str = "",
    kpis: Sequence[str] = (),
    row: Mapping[str, Any] | None = None,
    question: Question | None = None,
    sparks: Mapping[str, tuple[float | None, ...]] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Tiles:
    """The KPIs of one row of an answer (its only one, else the totals) as numbers side by side.

    `kpis` are those to show, all without it.
    """
    found = row if row is not None else answer.totals or (answer.rows[0] if answer.rows else {})
    return Tiles(
        id,
        title,
        tiles=tuple(
            Tile(
                number(found, answer.columns, kpi),
                url=desk.records_url(kpi, question),
                definition_url=desk.definition_url(kpi),
                spark=(sparks or {}).get(kpi, ()),
                note=(notes or {}).get(kpi, ""),
            )
            for kpi in kpis or answer.kpis
        ),
        currency=answer.currency,
    )


def sparks(answer: Answer) -> dict[str, tuple[float | None, ...]]:
    """The course of each KPI over an answer with a grain and no split."""
    rows = answer.rows
    return {kpi: tuple(row[kpi] for row in rows) for kpi in answer.kpis}


def table(
    desk: Desk,
    id: str,
    answer: Answer,
    *,
    title: str = "",
    kpis: Sequence[str] = (),
    question: Question | None = None,
    row_url: Callable[[Mapping[str, Any]], str] | None = None,
    sortable: str = "",
    courses: Callable[[Mapping[str, Any], str], tuple[float | None, ...]] | None = None,
    caption: str = "",
    empty: str = Table.empty,
    is_whole: bool = False,
) -> Table:
    """An answer as a table: a column per dimension and KPI, every number leading to its records.

    `kpis` are those to show, all without it; a row that is about a month leads to that month.
    `row_url` gives where a row's name leads. With `sortable` the heads sort: it is the name of the
    choice of this page that holds the order. `courses` gives the course of a row's KPI. Of many
    rows the first are shown, unless it must be the `is_whole` table.
    """
    dimensions = [each for each in answer.columns if each.kind in ("period", "dimension")]
    shown = kpis or answer.kpis
    values = [each for each in answer.columns if each.kind == "value" and each.kpi in shown]
    about = question or desk.question
    rest = None if is_whole else rest_of(desk, id, answer.table.num_rows)

    def cells(row: Mapping[str, Any], asked: Question) -> Iterable[Cell]:
        for kpi in shown:
            found = number(row, answer.columns, kpi)
            course = courses(row, kpi) if courses else ()
            yield Cell(found.value, found.unit, desk.records_url(kpi, asked), found, spark=course)

    rows = [
        Row(
            (
                *_names(row, dimensions, answer.grain, row_url),
                *cells(row, inside(about, row, answer)),
            )
        )
        for row in first(answer.rows, rest)
    ]
    if answer.totals is not None and dimensions and rows:
        names = [Cell("All") for _ in dimensions]
        rows.insert(0, Row((*names, *cells(answer.totals, about)), is_total=True))
    return Table(
        id,
        title,
        columns=tuple(_column(desk, each, sortable) for each in (*dimensions, *values)),
        rows=tuple(rows),
        caption=caption,
        empty=empty,
        currency=answer.currency,
        rest=rest,
    )


def _names(
    row: Mapping[str, Any],
    dimensions: Sequence[ColumnInfo],
    grain: str | None,
    row_url: Callable[[Mapping[str, Any]], str] | None,
) -> Iterable[Cell]:
    for place, each in enumerate(dimensions):
        name = row[each.name]
        url = row_url(row) if row_url and place == 0 and name is not None else ""
        if name is None:
            yield Cell("(none)" if each.kind == "dimension" else None, url=url)
        elif each.kind == "period" and grain in NAMES:
            yield Cell(format(name, NAMES[grain]), url=url)
        else:
            yield Cell(name, url=url)


def _column(desk: Desk, info: ColumnInfo, sortable: str) -> Column:
    url = desk.definition_url(info.kpi) if info.kpi else ""
    return head(desk, Column(info.name, info.label, info.unit, bool(info.unit), url), sortable)


def head(desk: Desk, column: Column, sortable: str) -> Column:
    """A column whose head sorts: numbers from the largest down first, names from A."""
    if not sortable:
        return column
    name, order = column.name, _order(desk, sortable)
    descending, ascending = order == f"-{name}", order == name
    turned = name if descending or not (column.is_number or ascending) else f"-{name}"
    return replace(
        column,
        sort_url=desk.url(**{sortable: turned}),
        sorted="descending" if descending else "ascending" if ascending else "none",
    )


def _order(desk: Desk, sortable: str) -> str:
    """What is sorted by: the question's own order, or that of another choice of the page."""
    return desk.question.order if sortable == "order" else desk.options.get(sortable, "")


def listing(
    desk: Desk,
    id: str,
    found: Records | Result,
    *,
    title: str = "",
    columns: Mapping[str, str] | None = None,
    limit: int = 0,
    caption: str = "",
    empty: str = Table.empty,
    onward: Link | None = None,
    sortable: str = "",
    paging: Paging | None = None,
) -> Table:
    """Records as a table, each name a link to what it names; in a spreadsheet there are no links.

    `columns` says which to show, with their labels; without it all are shown. With `sortable` the
    heads sort, as those of `table` do.
    """
    infos = {each.name: each for each in found.columns}
    kept = [name for name in columns or infos if name in infos]
    rows = found.table.slice(0, limit).to_pylist() if limit else found.rows
    link = record_url if desk.form not in ("csv", "xlsx") else _nowhere
    return Table(
        id,
        title,
        columns=tuple(
            head(
                desk,
                Column(
                    name,
                    (columns or {}).get(name) or infos[name].label,
                    infos[name].unit,
                    is_number=bool(infos[name].unit) or _is_numeric(rows, name),
                ),
                sortable,
            )
            for name in kept
        ),
        rows=tuple(
            Row(tuple(Cell(row[name], infos[name].unit, link(row, name)) for name in kept))
            for row in rows
        ),
        caption=caption,
        empty=empty,
        onward=onward,
        currency=desk.currency,
        paging=paging,
    )


def _nowhere(row: Mapping[str, Any], column: str) -> str:
    """The way from a value in a file: none."""
    del row, column
    return ""


def _is_numeric(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    known = [row[name] for row in rows if row[name] is not None]
    return bool(known) and all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in known
    )
