"""Tables as a workbook: one sheet per table, numbers as numbers, days as days."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from foresail.web.sheets.blocks import Cell, Table

SECONDS_A_DAY = 86400
FORMATS = {
    "share": "0.0%",
    "count": "#,##0",
    "money": "#,##0.00",
    "money/day": "#,##0.00",
    "duration": "[h]:mm:ss",
}
WIDEST = 48
NAME_LENGTH = 31


def xlsx_bytes(title: str, tables: Sequence[Table], lines: Sequence[str] = ()) -> bytes:
    """A workbook of tables; `lines` (period, as-of instant, notes) stand on its last sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title})
        names: set[str] = set()
        for table in tables:
            page = book.add_worksheet(_free(table.title or table.caption or title, names))
            _fill(book, page, table)
        about = book.add_worksheet(_free("About", names))
        for number, line in enumerate((title, *lines)):
            about.write_string(number, 0, line)
        about.set_column(0, 0, 100)
    return file.getvalue()


def _fill(book: Any, page: Any, table: Table) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    styles: dict[str, Any] = {}
    for number, column in enumerate(table.columns):
        page.write_string(0, number, column.label, bold)
    for line, row in enumerate(table.rows, start=1):
        for number, cell in enumerate(row.cells):
            _write(book, page, styles, line, number, cell)
    page.freeze_panes(1, 1)
    page.autofit(max_width=WIDEST * 7)


def _write(
    book: Any, page: Any, styles: dict[str, Any], line: int, number: int, cell: Cell
) -> None:
    value = cell.value

    def style(code: str) -> Any:
        if code not in styles:
            styles[code] = book.add_format({"num_format": code})
        return styles[code]

    match value:
        case None:
            return
        case bool():
            page.write_boolean(line, number, value)
        case dt.datetime():
            local = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
            local = local.astimezone(timezone.get_current_timezone()).replace(tzinfo=None)
            page.write_datetime(line, number, local, style("yyyy-mm-dd hh:mm"))
        case dt.date():
            page.write_datetime(line, number, value, style("yyyy-mm-dd"))
        case int() | float() | Decimal():
            amount = float(value) / (SECONDS_A_DAY if cell.unit == "duration" else 1)
            code = FORMATS.get(cell.unit, "#,##0.00" if isinstance(value, float) else "0")
            page.write_number(line, number, amount, style(code))
        case _:
            page.write_string(line, number, str(value))


def _free(title: str, taken: set[str]) -> str:
    """A name for a sheet: no character that is forbidden there, no name twice."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title).strip().strip("'")[:NAME_LENGTH] or "Table"
    number = 2
    found = name
    while found.casefold() in taken:
        ending = f" {number}"
        found = name[: NAME_LENGTH - len(ending)] + ending
        number += 1
    taken.add(found.casefold())
    return found
