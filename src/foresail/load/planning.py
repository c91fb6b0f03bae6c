"""Which tables a load brings: those of a mapping, or of files named after them."""

from __future__ import annotations

from collections.abc import Sequence

from foresail.core.errors import SourceError
from foresail.load.mapping import TableMapping
from foresail.load.sources import SourceFile
from foresail.load.statements import relations_of
from foresail.load.workbench import Workbench
from foresail.model import TABLES

SHOWN = 10


def by_name(files: Sequence[SourceFile]) -> list[TableMapping]:
    """The plan for files that are named after the canonical tables.

    Errors: `SourceError` when there is none.
    """
    plan = [
        TableMapping(TABLES[file.stem], file.name, file=file.name)
        for file in files
        if file.format and file.stem in TABLES
    ]
    if not plan:
        raise SourceError(
            f"None of these files is named after a canonical table: {listed(files)}. Expected are "
            "names such as activity.csv or rep.parquet, of the tables "
            f"{', '.join(TABLES)}. For files "
            "of any other kind write a mapping (foresail map) and load with --mapping."
        )
    return plan


def present(
    bench: Workbench, plan: Sequence[TableMapping], files: Sequence[SourceFile]
) -> tuple[list[TableMapping], tuple[str, ...]]:
    """The tables to load, and those left out as they are optional and lack a file.

    Errors: `SourceError` when nothing is left.
    """
    tables: list[TableMapping] = []
    left_out: list[str] = []
    for each in plan:
        missing = _missing(bench, each, files) if each.is_optional else []
        if missing:
            left_out.append(f"{each.table.name} from {', '.join(missing)}")
        else:
            tables.append(each)
    if not tables:
        raise SourceError(
            "All tables of the mapping are optional, and none of their files is among these: "
            f"{listed(files)}. Give the mapping the names of your files, or load their folder."
        )
    return tables, tuple(left_out)


def _missing(bench: Workbench, mapping: TableMapping, files: Sequence[SourceFile]) -> list[str]:
    """The files that a table asks for and that are not part of the load."""
    asked = {mapping.file}
    if mapping.sql:
        asked = relations_of(bench.connection, mapping.sql, mapping.place)
    return sorted(name for name in asked if not any(file.is_called(name) for file in files))


def listed(files: Sequence[SourceFile]) -> str:
    """The names of some files, as messages give them."""
    names = ", ".join(file.name for file in files[:SHOWN])
    return names + (", ..." if len(files) > SHOWN else "")
