"""CSV and TSV: every column text, the empty cell null, no line lost.

DuckDB reads the file as it stands, strictly. Only where it refuses, the file is gone through line
by line (`repair.py`): what is a row goes into a clean copy, the rest is set aside.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from foresail.core.errors import SourceError
from foresail.load.formats.repair import repair
from foresail.load.mapping import FileOptions
from foresail.load.names import column_names, literal, quoted
from foresail.load.sources import SourceFile
from foresail.load.statements import first_line
from foresail.load.workbench import Staged, Workbench

if TYPE_CHECKING:
    import pyarrow

DELIMITERS = ",;\t|"
SIGHT = 2**20
MAX_COLUMNS = 2_000
MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an Excel file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a gzip file",
    b"PAR1": "a Parquet file",
}
BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def stage_delimited(bench: Workbench, file: SourceFile, path: Path, options: FileOptions) -> Staged:
    """Put the rows of a CSV or TSV file into a table of the workbench."""
    path = _as_utf8(bench, file, path, options.encoding)
    start = _start(path)
    delimiter = options.delimiter or ("\t" if file.format == "tsv" else _delimiter(start))
    first = _first_record(file, start, delimiter)
    columns = column_names(first if options.header else [None] * len(first))
    table = f"raw_{bench.number()}"
    try:
        _read(bench, table, path, columns, delimiter, options)
        return Staged(file, table, columns)
    except duckdb.Error:
        clean = bench.folder / f"{table}.csv"
        broken = repair(path, clean, delimiter, len(columns), options.header)
    try:
        _read(bench, table, clean, columns, delimiter, options, header=False)
    except duckdb.Error as error:
        raise SourceError(f"{file.name} cannot be read: {first_line(error)}") from error
    return _with_numbers(bench, Staged(file, table, columns), broken)


def _read(
    bench: Workbench,
    table: str,
    path: Path,
    columns: tuple[str, ...],
    delimiter: str,
    options: FileOptions,
    header: bool | None = None,
) -> None:
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    nulls = ", ".join(literal(text) for text in ("", *options.null))
    has_header = options.header if header is None else header
    blank = f"where {quoted(columns[0])} is not null" if len(columns) == 1 else ""
    newline = "" if header is None else ", new_line = '\\n'"
    bench.execute(
        f"create or replace table {table} as select * from read_csv({literal(str(path))}, "
        f"auto_detect = false, header = {has_header}, delim = {literal(delimiter)}, "
        f"""quote = '"', escape = '"', columns = {{{types}}}, nullstr = [{nulls}], """
        f"strict_mode = true{newline}) {blank}"
    )


def _with_numbers(bench: Workbench, staged: Staged, lines: pyarrow.Table) -> Staged:
    """Keep the lines that are no rows, and the number of each row among all lines."""
    broken, numbers = f"broken_{staged.table}", f"numbers_{staged.table}"
    bench.keep(broken, lines)
    total = bench.value(f"select count(*) from {staged.table}") + lines.num_rows
    bench.execute(
        f"create table {numbers} as select row_number, "
        "row_number() over (order by row_number) - 1 as position "
        f"from range(1, {total + 1}) t(row_number) "
        f"where row_number not in (select row_number from {broken})"
    )
    return Staged(staged.file, staged.table, staged.columns, numbers, broken)


def _as_utf8(bench: Workbench, file: SourceFile, path: Path, encoding: str) -> Path:
    """The file itself, or a copy of it in UTF-8.

    Bytes that the encoding does not know stay as they are, so that their lines are set aside.
    """
    with path.open("rb") as source:
        start = source.read(4096)
    if not encoding and start.startswith(BOMS):
        encoding = "utf-16"
    if encoding in ("", "utf-8", "ascii"):
        found = next((words for magic, words in MAGIC.items() if start.startswith(magic)), "")
        if found or start.count(b"\0") * 10 > len(start):
            words = found or "no text in UTF-8"
            raise SourceError(f"{file.name} is {words}, not the text file its name promises.")
        return path
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    target = bench.folder / f"{bench.number()}_utf8"
    try:
        with (
            path.open(encoding=encoding, errors=errors, newline="") as source_text,
            target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as copy,
        ):
            while chunk := source_text.read(SIGHT):
                copy.write(chunk.removeprefix("\ufeff"))
    except (UnicodeError, ValueError) as error:
        raise SourceError(f"{file.name} is not written in {encoding}: {error}.") from error
    return target


def _start(path: Path) -> str:
    with path.open("rb") as source:
        return source.read(SIGHT).decode("utf-8-sig", errors="replace")


def _delimiter(start: str) -> str:
    """The delimiter that the first line uses most, outside of quotes."""
    line = next((line for line in start.splitlines() if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _first_record(file: SourceFile, start: str, delimiter: str) -> list[str]:
    records = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    try:
        first = next((record for record in records if record), [])
    except csv.Error as error:
        raise SourceError(f"{file.name} has no header line that can be read: {error}.") from error
    if not first:
        raise SourceError(f"{file.name} is empty. Export it again, with its header line.")
    if len(first) > MAX_COLUMNS:
        raise SourceError(f"{file.name} has {len(first)} columns; no more than {MAX_COLUMNS} work.")
    return first
