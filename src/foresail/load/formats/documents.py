"""Parquet and JSON: the columns keep their types; texts of JSON stay texts."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
from duckdb.sqltypes import DuckDBPyType

from foresail.core.errors import SourceError, nearest
from foresail.load.formats.repair import Broken, broken_lines
from foresail.load.mapping import FileOptions
from foresail.load.names import column_names, literal, quoted
from foresail.load.sources import SourceFile
from foresail.load.statements import first_line
from foresail.load.workbench import Staged, Workbench

MAX_OBJECT = 64 * 2**20


def stage_parquet(bench: Workbench, file: SourceFile, path: Path, options: FileOptions) -> Staged:
    """Put the rows of a Parquet file into a table of the workbench."""
    del options
    return _create(bench, file, f"read_parquet({literal(str(path))}, hive_partitioning = false)")


def stage_json(bench: Workbench, file: SourceFile, path: Path, options: FileOptions) -> Staged:
    """Put the objects of a JSON or NDJSON file into a table of the workbench."""
    if options.path:
        path = _objects_at(bench, file, path, options.path)
    is_lines = file.format == "ndjson" or bool(options.path)
    kind = "newline_delimited" if is_lines else "auto"
    try:
        return _create(bench, file, _read_json(bench, path, kind))
    except duckdb.Error as error:
        if not is_lines:
            raise SourceError(f"{file.name} cannot be read as JSON: {first_line(error)}") from error
    return _lines_that_are_objects(bench, file, path)


def _create(bench: Workbench, file: SourceFile, source: str) -> Staged:
    table = f"raw_{bench.number()}"
    found = [row[0] for row in bench.execute(f"describe select * from {source}").fetchall()]
    columns = column_names(found)
    names = ", ".join(quoted(name) for name in columns)
    bench.execute(f"create table {table} as select * from {source} t({names})")
    return Staged(file, table, columns)


def _read_json(bench: Workbench, path: Path, kind: str) -> str:
    """The call that reads a JSON file with whole-file types, dates and the like left as texts."""
    no_dates = "dateformat = '%%', timestampformat = '%%', map_inference_threshold = -1"
    how = f"format = '{kind}', maximum_object_size = {MAX_OBJECT}, {no_dates}"
    call = f"read_json({literal(str(path))}, {how}, sample_size = -1)"
    relation = bench.execute(f"select * from {call} limit 0")
    types = {str(column[0]): column[1] for column in relation.description or ()}
    listed = ", ".join(
        f"{literal(name)}: {literal(str(_as_written(kind_)))}" for name, kind_ in types.items()
    )
    return f"read_json({literal(str(path))}, {how}, columns = {{{listed}}})"


def _as_written(kind: DuckDBPyType) -> str:
    """The type with every kind of text that the engine recognises put back to plain text."""
    if str(kind).lower() in (
        "uuid",
        "date",
        "time",
        "timestamp",
        "timestamp with time zone",
        "json",
    ):
        return "VARCHAR"
    if kind.id == "list":
        return f"{_as_written(kind.children[0][1])}[]"  # type: ignore[arg-type]
    if kind.id == "struct":
        fields: Any = kind.children
        return f"STRUCT({', '.join(f'{quoted(n)} {_as_written(k)}' for n, k in fields)})"
    return str(kind)


def _objects_at(bench: Workbench, file: SourceFile, path: Path, place: str) -> Path:
    """The objects that lie at a path such as `data.items`, one a line."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{file.name} cannot be read as JSON: {error}.") from error
    for step in place.split("."):
        if not isinstance(found, dict) or step not in found:
            known = list(found) if isinstance(found, dict) else []
            raise SourceError(f"{file.name} has nothing at {place}.{nearest(step, known)}")
        found = found[step]
    if not isinstance(found, list):
        raise SourceError(f"{file.name} has no list at {place}.")
    target = bench.folder / f"{bench.number()}.ndjson"
    with target.open("w", encoding="utf-8") as copy:
        copy.writelines(json.dumps(each) + "\n" for each in found)
    return target


def _lines_that_are_objects(bench: Workbench, file: SourceFile, path: Path) -> Staged:
    """The rows of a file with one object a line, of which some lines are none."""
    import pyarrow as pa

    clean = bench.folder / f"{bench.number()}.ndjson"
    broken: list[Broken] = []
    numbers: list[int] = []
    with path.open("rb") as source, clean.open("wb") as copy:
        lines = (each for each in _without_mark(source) if each.strip())
        for number, line in enumerate(lines, 1):
            fault = _fault(line)
            if fault:
                broken.append((number, fault, line.decode("utf-8", errors="replace").rstrip()))
            else:
                copy.write(line.rstrip() + b"\n")
                numbers.append(number)
    if not numbers:
        raise SourceError(f"{file.name} holds no JSON object. Its first line: {broken[0][1]}.")
    staged = _create(bench, file, _read_json(bench, clean, "newline_delimited"))
    bench.keep(f"broken_{staged.table}", broken_lines(broken))
    kept = pa.table({"row_number": numbers, "position": range(len(numbers))})
    bench.keep(f"numbers_{staged.table}", kept)
    names = (f"numbers_{staged.table}", f"broken_{staged.table}")
    return Staged(file, staged.table, staged.columns, *names)


def _without_mark(source: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, without the mark of UTF-8 with which some programs begin a file."""
    for place, line in enumerate(source):
        yield line if place else line.removeprefix(codecs.BOM_UTF8)


def _fault(line: bytes) -> str:
    """What is wrong with a line, empty when it is an object that the engine can read.

    Python reads more than JSON allows: what cannot be written again is not JSON.
    """
    try:
        found = json.loads(line.decode("utf-8"))
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return "the line is not JSON"
    return "" if isinstance(found, dict) else "the line is no JSON object"
