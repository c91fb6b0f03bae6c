"""One module per kind of file: each puts a file's rows into a table of the workbench."""

from __future__ import annotations

import duckdb

from foresail.core.errors import SourceError
from foresail.load.formats.delimited import stage_delimited
from foresail.load.formats.documents import stage_json, stage_parquet
from foresail.load.formats.workbook import stage_workbook
from foresail.load.mapping import FileOptions
from foresail.load.sources import SourceFile
from foresail.load.statements import first_line
from foresail.load.workbench import Staged, Workbench

STAGES = {
    "csv": stage_delimited,
    "tsv": stage_delimited,
    "excel": stage_workbook,
    "parquet": stage_parquet,
    "json": stage_json,
    "ndjson": stage_json,
}


def stage(bench: Workbench, file: SourceFile, options: FileOptions) -> Staged:
    """The rows of a file, read once for all tables that come from it.

    Errors: `SourceError` when the file cannot be used.
    """
    known = bench.staged.get((file, options))
    if known:
        return known
    path = file.open_in(bench.folder, bench.number())
    if path.stat().st_size == 0:
        raise SourceError(f"{file.name} is empty. Export it again, with its header line.")
    try:
        staged = STAGES[file.format](bench, file, path, options)
    except duckdb.Error as error:
        raise SourceError(
            f"{file.name} cannot be read as {file.format}: {first_line(error)}"
        ) from error
    bench.staged[file, options] = staged
    return staged
