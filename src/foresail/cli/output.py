"""What programs read: JSON, CSV, Arrow and Parquet on standard output."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foresail.cli.place import is_terminal, out

if TYPE_CHECKING:
    import pyarrow

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How rows are written; `table` is for people."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"


class TextFormat(StrEnum):
    """How what has no rows is written."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="json, csv, parquet or arrow for programs.",
        show_default="table, for people",
    ),
]
TextFormatOption = Annotated[
    TextFormat,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="json for programs.",
        show_default="table, for people",
    ),
]


def write_json(content: Any) -> None:
    """Write one JSON document; instants are in UTC."""
    text = json.dumps(content, default=_json, ensure_ascii=False, allow_nan=False, indent=2)
    out().write(text + "\n")


def _json(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat() + ("" if value.tzinfo else "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def write_csv(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write rows with a header; unknown is empty, and no text can run as a formula."""
    writer = csv.writer(out(), lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([csv_cell(each) for each in row])


def csv_cell(value: Any) -> Any:
    """A value as CSV holds it.

    >>> csv_cell("=1+1"), csv_cell(-3.5), csv_cell(None), csv_cell(True)
    ("'=1+1", -3.5, '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, list | tuple):
        return csv_cell(", ".join(str(each) for each in value))
    if isinstance(value, dict):
        return csv_cell(json.dumps(value, default=_json, ensure_ascii=False))
    if isinstance(value, int | float | Decimal):
        return value
    return _json(value)


def write_binary(table: pyarrow.Table, form: Format) -> None:
    """Write rows as an Arrow stream or a Parquet file to a pipe or file."""
    refuse_terminal(form)
    import pyarrow

    if form is Format.ARROW:
        with pyarrow.ipc.new_stream(out().buffer, table.schema) as writer:
            writer.write_table(table)
        return
    import pyarrow.parquet

    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink)
    out().buffer.write(sink.getvalue())


def refuse_terminal(form: Format) -> None:
    """Keep bytes off the screen. Errors: wrong usage when standard output is a terminal."""
    if form in (Format.ARROW, Format.PARQUET) and is_terminal():
        ending = form.value
        raise typer.BadParameter(
            f"{form.value} is no text for the screen. Send it to a file: ... --format {form.value}"
            f" > answer.{ending}",
            param_hint="--format",
        )


def write_rows(form: Format, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Write plain rows in one of the formats for programs."""
    if form is Format.JSON:
        write_json(rows)
    elif form is Format.CSV:
        write_csv(columns, ([row[name] for name in columns] for row in rows))
    else:
        import pyarrow

        write_binary(pyarrow.Table.from_pylist(list(rows)), form)
