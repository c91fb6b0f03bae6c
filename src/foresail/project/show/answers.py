"""How an answer looks: a value, and beside it what is needed to trust it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foresail.project.show import dates, formats
from foresail.project.show.beside import NOTHING, UNKNOWN, Row, details_of, part_name
from foresail.project.show.layout import (
    Block,
    Cell,
    Column,
    draw,
    packed,
    say,
    say_hanging,
    say_parts,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from foresail.project.results import Answer, ColumnInfo

COMPARED = ("before", "change")
NO_RECORD = "No record falls into this question."
ONLY_WHEN_ANY = ("pending", "unanswered", "not_reached", "maturing", "open")


def show_answer(to: Console, answer: Answer, zone: ZoneInfo) -> None:
    """Print an answer: what was asked, the table, the notes."""
    say_parts(to, heading(answer, zone), "dim")
    say(to)
    if answer.table.num_rows:
        _show(to, layout(answer))
    else:
        say(to, NO_RECORD)
    show_notes(to, answer.notes)


def _show(to: Console, table: Layout) -> None:
    """Print the columns, in as many tables as the width needs."""
    for position, columns in enumerate(packed(table.keys, table.blocks, to.width)):
        if position:
            say(to)
        for line in draw(columns, table.has_totals):
            say(to, line)


def show_notes(to: Console, notes: tuple[str, ...]) -> None:
    """Print what else one must know, a paragraph each."""
    if notes:
        say(to)
    for note in notes:
        say_hanging(to, "· ", formats.clean(note))


def heading(answer: Answer, zone: ZoneInfo) -> Iterator[str]:
    """The period, the as-of instant, and what the answer is compared with."""
    yield period_words(answer) + _working_days(answer, answer.working_days)
    yield f"as of {dates.instant(answer.as_of, zone)}"
    if answer.compared_with:
        days = dates.days(*answer.compared_with)
        yield f"compared with {days}" + _working_days(answer, answer.compared_working_days)


def _working_days(answer: Answer, count: int | None) -> str:
    if answer.compared_with is None or count is None:
        return ""
    return f" ({count} working {'day' if count == 1 else 'days'})"


def period_words(answer: Answer) -> str:
    """The asked period in dates, after its name where that is not a date itself."""
    days = dates.days(*answer.period)
    if answer.period_name == "all":
        return f"All records, {days}"
    if re.fullmatch(r"[a-z].*", answer.period_name):
        return f"{answer.period_name.replace('-', ' ').capitalize()}, {days}"
    return days[0].upper() + days[1:]


@dataclass(frozen=True)
class Layout:
    """An answer as columns: what names a row, and for each KPI its value and what stands beside."""

    keys: list[Column]
    blocks: list[Block]
    has_totals: bool = False


def layout(answer: Answer) -> Layout:
    """A row per slice, with the totals below; a row per KPI where nothing was split."""
    rows = answer.rows
    if not (answer.by or answer.grain):
        return _down(answer, rows[0])
    if answer.totals is not None:
        rows = [*rows, answer.totals]
    has_totals = answer.totals is not None
    blocks = [_block(answer, info, rows) for info in _values(answer)]
    return Layout(_keys(answer, rows, has_totals), blocks, has_totals)


def _values(answer: Answer) -> list[ColumnInfo]:
    return [each for each in answer.columns if each.kind == "value"]


def _keys(answer: Answer, rows: list[dict[str, Any]], has_totals: bool) -> list[Column]:
    """The columns that name a row. Ids only where two of them share a name."""
    columns: list[Column] = []
    for info in answer.columns:
        if info.kind not in ("period", "dimension", "id"):
            continue
        if info.kind == "id" and not _is_needed(info, rows):
            continue
        cells = [_key_cell(row.get(info.name), info, answer.grain) for row in rows]
        if has_totals:
            cells[-1] = NOTHING if columns else Cell("All")
        columns.append(Column(info.label, tuple(cells), is_number=False))
    return columns


def _is_needed(info: ColumnInfo, rows: list[dict[str, Any]]) -> bool:
    ids = {(row.get(info.dimension), row.get(info.name)) for row in rows if row.get(info.name)}
    return len({name for name, _ in ids}) < len(ids)


def _key_cell(found: Any, info: ColumnInfo, grain: str | None) -> Cell:
    if found is None:
        return UNKNOWN
    if info.kind == "period":
        return Cell(dates.unit_of_time(found, grain or ""))
    return Cell(formats.clean(str(found)))


def _block(answer: Answer, info: ColumnInfo, rows: list[dict[str, Any]]) -> Block:
    """A value's column and those of its details."""
    words = formats.unit_words(info.unit, answer.currency)
    header = f"{info.label} ({words})" if words else info.label
    values = [row.get(info.name) for row in rows]
    write = formats.column(values, info.unit)
    cells = (UNKNOWN if each is None else Cell(write(each)) for each in values)
    value = Column(header, tuple(cells))
    details = (
        Column(name, tuple(cell(row) for row in rows), is_detail=True)
        for name, cell in details_of(answer, info).items()
    )
    return [value, *(each for each in details if _says_something(each))]


def _says_something(column: Column) -> bool:
    """Whether a detail is worth its place; a comparison that was asked for always is."""
    quiet = {"", formats.UNKNOWN}
    if column.header in map(part_name, ONLY_WHEN_ANY):
        quiet |= {"0", "no"}
    return column.header in COMPARED or any(each.text not in quiet for each in column.cells)


def _down(answer: Answer, row: Row) -> Layout:
    """An answer of one row, its KPIs one below the other."""
    infos = _values(answer)
    names = Column("KPI", tuple(Cell(info.label) for info in infos), is_number=False)
    values = Column("Value", tuple(_alone(row.get(each.name), each, answer) for each in infos))
    details = _details_down(answer, row, infos)
    blocks = [[each] for each in details if each.header not in COMPARED]
    compared = [each for each in details if each.header in COMPARED]
    return Layout([names], [[values], *blocks, *([compared] if compared else [])])


def _details_down(answer: Answer, row: Row, infos: list[ColumnInfo]) -> list[Column]:
    details = {info.name: details_of(answer, info) for info in infos}
    columns = (
        Column(
            name,
            tuple(
                details[info.name][name](row) if name in details[info.name] else NOTHING
                for info in infos
            ),
            is_detail=True,
        )
        for name in dict.fromkeys(name for each in details.values() for name in each)
    )
    return [each for each in columns if _says_something(each)]


def _alone(found: Any, info: ColumnInfo, answer: Answer) -> Cell:
    if found is None:
        return UNKNOWN
    return Cell(formats.with_unit(found, info.unit, answer.currency))
