"""Rows as CSV that cannot run anything in the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from foresail.web.sheets.blocks import Table

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(tables: Sequence[Table]) -> bytes:
    """Tables one below the other, an empty line between them, each title above its table."""
    lines: list[list[Any]] = []
    for table in tables:
        if lines:
            lines.append([])
        if len(tables) > 1:
            lines.append([table.title or table.caption])
        lines.append([column.label for column in table.columns])
        lines += [[cell.value for cell in row.cells] for row in table.rows]
    return csv_lines(lines).encode("utf-8")


def csv_lines(lines: Iterable[Iterable[Any]]) -> str:
    """Lines as a text; what looks like a formula starts with a quote."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([harmless(value) for value in line] for line in lines)
    return BYTE_ORDER_MARK + file.getvalue()


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; everything else as it is.

    >>> harmless("=1+1"), harmless("-12"), harmless(-12), harmless("Ann")
    ("'=1+1", "'-12", -12, 'Ann')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
