"""How loads, their reports and the rows set aside look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from foresail.project.show import dates, formats
from foresail.project.show.layout import (
    Cell,
    Column,
    draw,
    packed,
    say,
    say_hanging,
    shortened,
    width,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from foresail.load.report import LoadReport, TableReport
    from foresail.project.results import LoadSummary, QuarantinedRow

ALWAYS = ("read", "accepted")
NARROWEST_FILES = 12
COUNTS = ("read", "accepted", "updated", "unchanged", "quarantined")


def show_report(to: Console, report: LoadReport) -> None:
    """Print what one load did, table by table, and where the rows set aside lie."""
    if report.dry_run:
        say(to, "Dry run: this is what loading would do. Nothing was kept.", "bold yellow")
    else:
        took = formats.duration(round(report.seconds, 1))
        say(to, f"Load {report.load_id}, done in {took}", "bold")
    if report.tables:
        say(to)
        columns = [
            Column("Table", tuple(Cell(each.table) for each in report.tables), is_number=False),
            *(_counts(report.tables, name) for name in COUNTS),
        ]
        _draw(to, columns)
    _show_replaced(to, report.tables)
    _show_reasons(to, report)
    _show_unused(to, report)


def show_retry(to: Console, report: LoadReport) -> None:
    """Print what became of rows that were tried again."""
    if report.load_id is None and not report.dry_run:
        say(to, "No row passes yet; all of them stay in quarantine.", "bold")
        _show_reasons(to, report)
        return
    show_report(to, report)


def _counts(rows: Sequence[Any], name: str) -> Column:
    """A column of counts; a zero is faint, and rows set aside stand out."""
    cells = []
    for row in rows:
        count = getattr(row, name)
        style = "dim" if not count else "yellow" if name == "quarantined" else ""
        cells.append(Cell(formats.number(count), style))
    return Column(name, tuple(cells))


def _draw(to: Console, columns: Sequence[Column]) -> None:
    for line in draw(columns):
        say(to, line)


def _show_replaced(to: Console, tables: Sequence[TableReport]) -> None:
    for table in tables:
        if table.replaced:
            rows = "row has" if table.replaced == 1 else "rows have"
            say_hanging(
                to,
                "· ",
                f"{table.table}: {formats.number(table.replaced)} {rows} the key of a later row "
                "with other values; the later one counts (among unchanged).",
            )


def _show_reasons(to: Console, report: LoadReport) -> None:
    tables = [each for each in report.tables if each.quarantined]
    if not tables:
        return
    say(to)
    say(to, "Set aside in quarantine", "bold")
    for table in tables:
        for reason, count in table.reasons:
            say_hanging(
                to, f"  {formats.number(count):>7} × ", f"{table.table}: {formats.clean(reason)}"
            )
    if report.load_id is not None:
        say(to, f"  See them: foresail quarantine --load {report.load_id}")


def _show_unused(to: Console, report: LoadReport) -> None:
    for table in report.tables:
        if table.ignored_columns:
            names = formats.clean(", ".join(table.ignored_columns))
            say_hanging(to, "· ", f"{table.table} has no columns of these names: {names}")
    if report.not_loaded:
        names = formats.clean(", ".join(report.not_loaded))
        say_hanging(to, "· ", f"Not loaded, as no table names them: {names}")
    if report.left_out:
        names = formats.clean("; ".join(report.left_out))
        say_hanging(to, "· ", f"Left out, as the mapping says that they may be missing: {names}")


def show_loads(to: Console, found: Sequence[LoadSummary], zone: ZoneInfo) -> None:
    """Print the loads, one a line."""
    if not found:
        say(to, "Nothing has been loaded yet. Load files with: foresail load FILE...")
        return
    number = Column("Load", tuple(Cell(str(each.load_id)) for each in found))
    began = tuple(Cell(dates.instant(each.started_at, zone)) for each in found)
    counts = [_counts(found, name) for name in COUNTS]
    told = [each for each in counts if each.header in ALWAYS or _has_any(each)]
    beside = [Column("Began", began, is_number=False), *told]
    room = to.width - width([number, *beside]) - 2
    if room < NARROWEST_FILES:
        room = to.width - width([number]) - 2
    names = tuple(Cell(shortened(_file_names(each.files), room)) for each in found)
    files = Column("Files", names, is_number=False, is_detail=True)
    for position, columns in enumerate(packed([number], [beside, [files]], to.width)):
        if position:
            say(to)
        _draw(to, columns)


def _has_any(column: Column) -> bool:
    return any(each.text != "0" for each in column.cells)


def _file_names(files: Sequence[str]) -> str:
    return formats.clean(", ".join(Path(each).name for each in files))


def show_quarantine(to: Console, found: Sequence[QuarantinedRow], has_more: bool) -> None:
    """Print rows set aside under their load, table and file; the row itself below its reason."""
    if not found:
        say(to, "No row is set aside.")
    group = None
    for row in found:
        if group != (row.load_id, row.table, row.file):
            say(to, "") if group else None
            group = (row.load_id, row.table, row.file)
            file = formats.clean(Path(row.file).name)
            say(to, Text.assemble((f"Load {row.load_id}  {row.table}", "bold"), f"  from {file}"))
        where = "row –" if row.row_number is None else f"row {formats.number(row.row_number)}"
        say_hanging(to, f"  {where}  ", formats.clean(row.reason))
        say(to, shortened(f"    {formats.clean(row.row_text)}", to.width), "dim")
    if has_more:
        say(to, "… and more: --limit N, or all of them with --format csv", "dim")
