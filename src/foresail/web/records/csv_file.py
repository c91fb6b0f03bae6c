"""Records as CSV that cannot run anything in the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
from typing import Any

from foresail.project.results import Table

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(table: Table) -> str:
    """The rows with a line of names above; texts that look like formulas start with a quote."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(harmless(column.name) for column in table.columns)
    for row in table.rows:
        writer.writerow(harmless(row[column.name]) for column in table.columns)
    return BYTE_ORDER_MARK + file.getvalue()


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula; everything else as it is.

    >>> harmless("=1+1"), harmless("-12"), harmless(-12), harmless("Ann")
    ("'=1+1", "'-12", -12, 'Ann')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
