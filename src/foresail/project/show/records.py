"""How the records behind a number look in the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from foresail.project.show import dates, formats
from foresail.project.show.answers import show_notes
from foresail.project.show.beside import UNKNOWN
from foresail.project.show.layout import Cell, Column, draw, say, say_parts, shortened, width

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from foresail.project.results import Records

NUMBERS = (int, float, Decimal)
WIDEST = 32
ON_SCREEN = 100


def show_records(
    to: Console,
    records: Records,
    zone: ZoneInfo,
    limit: int | None = None,
    elsewhere: str = "--format csv",
) -> None:
    """Print records: how many there are, what all of them share, the table, the notes.

    Without a limit, a terminal is given some and a pipe all; `elsewhere` says where all can be had.
    """
    rows = records.rows
    if limit is None:
        limit = ON_SCREEN if to.is_terminal else len(rows)
    say_parts(to, heading(records, zone), "dim")
    if rows:
        shown = rows[:limit]
        shared, columns = columns_of(records, shown, zone)
        say_parts(to, shared, "dim")
        left_out = _fit(columns, to.width)
        say(to)
        for line in draw(columns):
            say(to, line)
        _say_left_out(to, len(rows) - len(shown), left_out, elsewhere)
    show_notes(to, records.notes)


def heading(records: Records, zone: ZoneInfo) -> list[str]:
    """How many records of what, the period and the as-of instant."""
    count = records.count
    of_part = "" if records.part in ("", records.kpi) else f", {records.part}"
    return [
        f"{formats.number(count)} {'record' if count == 1 else 'records'} of "
        f"{records.kpi}{of_part}",
        dates.days(*records.period),
        f"as of {dates.instant(records.as_of, zone)}",
    ]


def columns_of(
    records: Records, rows: Sequence[dict[str, Any]], zone: ZoneInfo
) -> tuple[list[str], list[Column]]:
    """What all rows share, said once, and the columns in which they differ; empty ones go."""
    shared, columns = [], []
    for info in records.columns:
        values = [row.get(info.name) for row in rows]
        if all(each is None for each in values) or _is_told_by_name(info.name, rows):
            continue
        write = formats.column(values, info.unit)
        cells = tuple(_cell(each, write, zone) for each in values)
        label = info.label or info.name
        if len(rows) > 2 and info.kind != "value" and len({each.text for each in cells}) == 1:
            shared.append(f"{label}: {cells[0].text}")
            continue
        words = formats.unit_words(info.unit, records.currency)
        is_number = all(isinstance(each, NUMBERS) for each in values if each is not None)
        columns.append(Column(f"{label} ({words})" if words else label, cells, is_number))
    return shared, columns


def _is_told_by_name(column: str, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether a column holds the ids of what another names, without two sharing a name."""
    name = column.removesuffix("_id")
    if name == column or name not in rows[0]:
        return False
    pairs = {(row[name], row[column]) for row in rows}
    return len({each for each, _ in pairs}) == len(pairs)


def _cell(found: Any, write: Callable[[object], str], zone: ZoneInfo) -> Cell:
    if found is None:
        return UNKNOWN
    if isinstance(found, dt.datetime):
        return Cell(dates.moment(found, zone))
    if isinstance(found, dt.date):
        return Cell(dates.day(found))
    return Cell(shortened(write(found), WIDEST))


def _fit(columns: list[Column], limit: int) -> list[str]:
    """Take columns away until the rest fits, from the end, the value last; give their names."""
    left_out: list[str] = []
    while len(columns) > 2 and width(columns) > limit:
        keeps_last = columns[-1].header.startswith("Value")
        left_out.insert(0, columns.pop(-2 if keeps_last else -1).header)
    return left_out


def _say_left_out(to: Console, rows: int, columns: list[str], elsewhere: str) -> None:
    """Say what the screen had no room for, and how to see it."""
    if rows:
        say(to, f"… and {formats.number(rows)} more. All of them: {elsewhere}", "dim")
    if columns:
        say_parts(to, ["Not shown: " + ", ".join(columns), f"all columns: {elsewhere}"], "dim")
