"""Records as a list on a page: which columns, in which order, and which rows of how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import pyarrow as pa

from foresail.core.errors import QuestionError
from foresail.project.results import ColumnInfo, Records
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Cell, Column, Paging, Table
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.forms.printed import MOST_ROWS

PAGE_LENGTH = 50
ROWS_OF_A_WORKBOOK = 1_048_575
SORT = "sort"
"""The choice of this page that holds the order; the order of the board is kept beside it."""


class Paged:
    """The records that a page shows, or all of them for a file."""

    def __init__(self, desk: Desk, kpi: str, part: str):
        self.desk, self.kpi, self.part = desk, kpi, part

    @property
    def is_whole(self) -> bool:
        """Whether all are asked for."""
        return self.desk.form in ("csv", "xlsx")

    @cached_property
    def records(self) -> Records:
        """The records; of a page beyond the last one, the last."""
        found = self._fetched(self.number)
        if found.count and not found.table.num_rows:
            self.number = self.last
            found = self._fetched(self.number)
        if self.desk.form == "xlsx" and found.count > ROWS_OF_A_WORKBOOK:
            raise QuestionError(
                f"{found.count:,} records are more than a workbook can hold. Take them as CSV."
            )
        return found

    @cached_property
    def number(self) -> int:
        """The number of the page; the first, where the address has no such number."""
        given = self.desk.request.GET.get("page", "")
        return max(int(given), 1) if given.isdecimal() and len(given) < 10 else 1

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(-(-self._count // PAGE_LENGTH), 1)

    def _fetched(self, number: int) -> Records:
        length = MOST_ROWS if self.desk.form else PAGE_LENGTH
        found = self.desk.records(
            self.kpi,
            part=self.part or None,
            order=self.desk.options.get(SORT) or None,
            limit=None if self.is_whole else length,
            offset=0 if self.desk.form else (number - 1) * PAGE_LENGTH,
        )
        self._count = found.count
        return found

    @property
    def paging(self) -> Paging:
        """Where this page stands among all."""
        count, here = self.records.count, self.number
        first = (here - 1) * PAGE_LENGTH
        return Paging(
            count,
            first + 1 if count else 0,
            first + self.records.table.num_rows,
            here,
            self.last,
            self._url(here - 1) if here > 1 else "",
            self._url(here + 1) if here < self.last else "",
        )

    def _url(self, number: int) -> str:
        question, options = self.desk.question, self.desk.options
        return question.query(**options, page=str(number) if number > 1 else "")


def listed(paged: Paged, empty: str) -> Table:
    """The table of records: on a page those columns that say something, in a file all."""
    found = paged.records
    infos = found.columns if paged.is_whole else tuple(telling(found))
    table = tables.listing(
        paged.desk,
        "list",
        found,
        columns={each.name: each.label for each in infos},
        caption="Records",
        empty=empty,
        sortable=SORT,
        paging=paged.paging,
    )
    return table if paged.is_whole else sourced(paged.desk, table, found)


def sourced(desk: Desk, table: Table, found: Records) -> Table:
    """The table with the way to each record in the system that it comes from, where one is set."""
    links = desk.settings.links
    kinds = (each.name.removesuffix("_id") for each in found.columns if each.kind == "id")
    kind = next((each for each in kinds if links.url(each, "-")), "")
    if not kind:
        return table
    ways = (
        Cell(f"Open {kind}", url=links.url(kind, row[f"{kind}_id"]), is_outside=True)
        for row in found.rows
    )
    return replace(
        table,
        columns=(*table.columns, Column("source", "Source")),
        rows=tuple(
            replace(row, cells=(*row.cells, way if way.url else Cell()))
            for row, way in zip(table.rows, ways, strict=True)
        ),
    )


def telling(records: Records) -> Iterator[ColumnInfo]:
    """The columns that say something: not the empty ones, nor an id beside its name."""
    named = {column.name for column in records.columns}
    for column in records.columns:
        values: pa.ChunkedArray = records.table[column.name]
        is_told_by_name = column.name.removesuffix("_id") in named - {column.name}
        if not is_told_by_name and values.null_count < records.table.num_rows:
            yield column
