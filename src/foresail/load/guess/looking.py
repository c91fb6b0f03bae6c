"""Files looked at: how each is to be opened, and what its columns hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb

from foresail.core.errors import SourceError
from foresail.load.formats import stage
from foresail.load.formats.delimited import MAGIC
from foresail.load.guess.source import Source, SourceColumn, written
from foresail.load.mapping import FileOptions
from foresail.load.names import quoted
from foresail.load.sources import SourceFile
from foresail.load.values import kind_of
from foresail.load.workbench import Staged, Workbench

COUNTED = 200_000
SAMPLED = 1_000
SIGHT = 2**20
DEEPEST = 3
# Words that stand for an empty cell. Not "NA", which is also a country, and not "-".
NULLS = {"null", "(null)", "n/a", "#n/a", "none", "nan", "(blank)", "(leer)", "k.a."}
DATA = re.compile(r"[+-]?\d+([.,]\d+)*|\d{4}-\d{2}-\d{2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}.*|\S+@\S+")


def sources_of(bench: Workbench, file: SourceFile) -> list[Source]:
    """What a file holds: its rows, or those of each sheet or list in it.

    Errors: `SourceError` when it cannot be read.
    """
    path = file.open_in(bench.folder, bench.number())
    found = [_looked_at(bench, file, options, notes) for options, notes in _ways(file, path)]
    return [each for each in found if each.columns and each.rows]


def _ways(file: SourceFile, path: Path) -> Iterator[tuple[FileOptions, tuple[str, ...]]]:
    """How a file may be opened, with what there is to say of it."""
    if file.format == "excel":
        sheets = _sheets(path)
        yield from ((FileOptions(sheet=name), ()) for name in sheets if len(sheets) > 1)
        if len(sheets) <= 1:
            yield FileOptions(), ()
    elif file.format == "json":
        places = _lists(path)
        yield from ((FileOptions(path=place), ()) for place in places)
        if not places:
            yield FileOptions(), ()
    elif file.format in ("csv", "tsv") and not _is_utf8(path):
        yield FileOptions(encoding="cp1252"), ("It is not in UTF-8; cp1252 is what Excel writes.",)
    else:
        yield FileOptions(), ()


def _sheets(path: Path) -> list[str]:
    """The sheets of a workbook that have rows; a broken one is told by the loader."""
    import python_calamine as calamine

    try:
        with path.open("rb") as source:
            book = calamine.load_workbook(source)
        return [name for name in book.sheet_names if book.get_sheet_by_name(name).to_python()]
    except calamine.CalamineError:
        return []


def _lists(path: Path) -> list[str]:
    """Where in a JSON document lists of records lie; none where the document is one itself."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    return list(_lists_in(content, "", DEEPEST)) if isinstance(content, dict) else []


def _lists_in(content: dict[str, Any], place: str, deep: int) -> Iterator[str]:
    for name, value in content.items():
        here = f"{place}.{name}" if place else name
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            yield here
        elif isinstance(value, dict) and deep:
            yield from _lists_in(value, here, deep - 1)


def _is_utf8(path: Path) -> bool:
    """Whether a file's beginning is UTF-8; what is UTF-16 or no text at all the loader tells."""
    with path.open("rb") as source:
        start = source.read(SIGHT)
    if start.startswith((b"\xff\xfe", b"\xfe\xff", *MAGIC)) or b"\0" in start:
        return True
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(start) - 4
    return True


def _looked_at(
    bench: Workbench, file: SourceFile, options: FileOptions, notes: tuple[str, ...]
) -> Source:
    staged = stage(bench, file, options)
    has_names = True
    if file.format in ("csv", "tsv", "excel") and not _is_header(staged.columns):
        options, has_names = replace(options, header=False), False
        staged = stage(bench, file, options)
        notes = (*notes, "Its first line holds values, no names.")
    columns = tuple(_columns(bench, staged))
    words = {value for each in columns for value in each.values if value.lower() in NULLS}
    if words and file.format in ("csv", "tsv", "excel"):
        options = replace(options, null=tuple(sorted(words)))
        staged = stage(bench, file, options)
        columns = tuple(_columns(bench, staged))
    rows = bench.value(f"select count(*) from {staged.table}")
    settled = tuple(_settled(columns))
    name = PurePosixPath(file.plain_name).stem
    return Source(file.name, name, rows, settled, options, has_names, notes)


def _settled(columns: tuple[SourceColumn, ...]) -> Iterator[SourceColumn]:
    """The columns, where days and months cannot be told apart read as in the file's other dates."""
    known = {_day(each.dates.formats[0]) for each in columns if len(each.dates.formats) == 1}
    for column in columns:
        formats = column.dates.formats
        left = tuple(form for form in formats if _day(form) in known)
        is_told = len(formats) > 1 and len(left) == 1
        yield replace(column, date_formats=left) if is_told else column


def _day(date_format: str) -> str:
    """A format without the time of day."""
    return re.split(r"[ T,]+(?=%[HI])", date_format)[0]


def _is_header(columns: tuple[str, ...]) -> bool:
    """Whether a first line holds names: none of them looks like a value."""
    blank = sum(1 for place, name in enumerate(columns) if name == f"column{place}")
    return not any(DATA.fullmatch(name) for name in columns) and blank <= len(columns) / 2


def _columns(bench: Workbench, staged: Staged) -> Iterator[SourceColumn]:
    fields = list(_fields(bench, staged))
    if not fields:
        return
    looked = f"(from {staged.table} limit {COUNTED})"
    texts = [_as_text(kind, expression) for _, expression, kind in fields]
    rows = bench.value(f"select count(*) from {looked}")
    sampled = bench.execute(
        f"select {', '.join(texts)} from {staged.table} "
        f"where rowid % {max(rows // SAMPLED, 1)} = 0 order by rowid limit {SAMPLED}"
    ).fetchall()
    for place, (name, expression, kind) in enumerate(fields):
        found = [each[place] for each in sampled]
        values = _commonest(found)
        filled, distinct = len(found) - found.count(None), len(values)
        if rows > len(sampled):
            counts = f"select count({texts[place]}), count(distinct {texts[place]}) from {looked}"
            filled, distinct = bench.execute(counts).fetchall()[0]
        yield SourceColumn(name, expression, kind, rows, filled, distinct, values)


def _as_text(kind: str, expression: str) -> str:
    """A column as text; blank ones are empty, and floating numbers look as people write them."""
    text = f"({expression})::varchar"
    if kind == "float":
        text = rf"regexp_replace({text}, '\.0$', '')"
    return f"nullif(trim({text}), '')"


def _commonest(values: list[str | None]) -> tuple[str, ...]:
    """Distinct values, the commonest first, then in the order of the file."""
    counts: dict[str, int] = {}
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts, key=lambda each: -counts[each]))


def _fields(bench: Workbench, staged: Staged) -> Iterator[tuple[str, str, str]]:
    """The columns of a table, those inside of a record as well: name, expression, kind."""
    for name, sql_type, *_ in bench.execute(f"describe {staged.table}").fetchall():
        if str(sql_type).startswith("STRUCT") and not str(sql_type).endswith("]"):
            yield from _inside(bench, staged, name)
        else:
            yield name, written(name), kind_of(str(sql_type))


def _inside(bench: Workbench, staged: Staged, name: str) -> Iterator[tuple[str, str, str]]:
    """The fields of a record one level down; deeper ones are left as they are."""
    try:
        found = bench.execute(
            f"describe select unnest({quoted(name)}) from {staged.table}"
        ).fetchall()
    except duckdb.Error as error:
        raise SourceError(f"{staged.file.name}: {name} cannot be looked into: {error}") from error
    for field, sql_type, *_ in found:
        kind = kind_of(str(sql_type))
        yield f"{name}.{field}", f"{written(name)}.{written(field)}", kind
