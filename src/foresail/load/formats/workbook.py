"""Excel and OpenDocument sheets: every column text, as a person reads it."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from foresail.core.errors import SourceError, nearest
from foresail.load.archives import refuse_bomb
from foresail.load.mapping import FileOptions
from foresail.load.names import column_names
from foresail.load.sources import SourceFile
from foresail.load.workbench import Staged, Workbench


def stage_workbook(bench: Workbench, file: SourceFile, path: Path, options: FileOptions) -> Staged:
    """Put the rows of one sheet into a table of the workbench."""
    import pyarrow as pa

    rows = _rows(file, path, options.sheet)
    rows = [row for row in rows if any(cell not in ("", None) for cell in row)]
    if not rows:
        raise SourceError(f"{file.name} is empty: the sheet holds no cells.")
    header = [_text(cell) for cell in rows.pop(0)] if options.header else [None] * len(rows[0])
    columns = column_names(header)
    nulls = {"", *options.null}
    cells = [[None if (text := _text(cell)) in nulls else text for cell in row] for row in rows]
    arrays = [
        pa.array([row[place] if place < len(row) else None for row in cells], pa.string())
        for place in range(len(columns))
    ]
    table = f"raw_{bench.number()}"
    bench.keep(table, pa.table(dict(zip(columns, arrays, strict=True))))
    return Staged(file, table, columns)


def _rows(file: SourceFile, path: Path, sheet: str) -> list[list[Any]]:
    """All cells of the named sheet, or of the first that has any."""
    import python_calamine as calamine

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            refuse_bomb(path, file.name, archive.infolist())
    try:
        with path.open("rb") as source:
            book = calamine.load_workbook(source)
        names = book.sheet_names
        if sheet and sheet not in names:
            listed = ", ".join(names)
            raise SourceError(
                f"{file.name} has no sheet {sheet}. It has: {listed}.{nearest(sheet, names)}"
            )
        for name in [sheet] if sheet else names:
            rows: list[list[Any]] = book.get_sheet_by_name(name).to_python()
            if rows:
                return rows
    except calamine.CalamineError as error:
        raise SourceError(f"{file.name} cannot be read as a workbook: {error}.") from error
    return []


def _text(cell: Any) -> str:
    """A cell as text: 17 for 17.0, a date as 2024-05-31, a time of day after it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.timedelta):
        return str(cell.total_seconds())
    return str(cell)
