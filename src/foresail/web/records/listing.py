"""Records as a list on a page: which columns, and which rows of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import pyarrow as pa
from django.core.paginator import Page, Paginator

from foresail.project.results import ColumnInfo, Records

PAGE_LENGTH = 50


@dataclass(frozen=True)
class ListColumn:
    """A column of the list; numbers stand to the right."""

    info: ColumnInfo
    is_number: bool


def shown_columns(records: Records) -> list[ListColumn]:
    """The columns that say something: not the empty ones, nor an id beside its name."""
    named = {column.name for column in records.columns}
    return [
        ListColumn(column, _is_number(records.table.schema.field(column.name).type))
        for column in records.columns
        if column.name.removesuffix("_id") not in named - {column.name}
        and records.table[column.name].null_count < records.table.num_rows
    ]


def _is_number(kind: pa.DataType) -> bool:
    is_number: bool = (
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )
    return is_number


def page_of(records: Records, number: str) -> Page[dict[str, Any]]:
    """A page of records; a number out of range gives the nearest page."""
    return Paginator(RecordRows(records), PAGE_LENGTH).get_page(number)


class RecordRows(Sequence[dict[str, Any]]):
    """Records as a sequence whose slices alone become Python objects."""

    def __init__(self, records: Records):
        self.table = records.table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        yield from self.table.to_pylist()

    @overload
    def __getitem__(self, part: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, part: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, part: int | slice) -> Any:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop, _ = part.indices(len(self))
        return self.table.slice(start, stop - start).to_pylist()
