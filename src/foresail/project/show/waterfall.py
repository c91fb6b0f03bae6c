"""How a waterfall looks: its steps one below the other, a column for each slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foresail.project.show import dates, formats
from foresail.project.show.answers import show_notes
from foresail.project.show.beside import value_cell
from foresail.project.show.layout import Cell, Column, draw, packed, say, say_parts

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from foresail.project.results import Waterfall

LEAVES = ("lowered", "pushed_out", "won", "lost", "deleted", "moved_out")


def show_waterfall(to: Console, found: Waterfall, zone: ZoneInfo) -> None:
    """Print a waterfall: what was asked, the steps, the notes."""
    say_parts(to, heading(found, zone), "dim")
    steps, *slices = columns_of(found)
    for columns in packed([steps], [[each] for each in slices], to.width):
        say(to)
        for line in draw(columns, has_totals=True):
            say(to, line)
    show_notes(to, found.notes)


def heading(found: Waterfall, zone: ZoneInfo) -> Iterator[str]:
    """What moved, in which days, as of when."""
    due = " expected to close in the period" if found.is_due else ""
    yield f"Open pipeline{due}, {found.currency}"
    yield dates.days(*found.period)
    yield f"as of {dates.instant(found.as_of, zone)}"


def columns_of(found: Waterfall) -> list[Column]:
    """The steps, and their amounts for each slice; what takes away has a minus."""
    infos = [each for each in found.columns if each.kind == "value"]
    names = Column("Step", tuple(Cell(each.label) for each in infos), is_number=False)
    columns = [names]
    for row in found.rows:
        slices = [formats.clean(str(row[name] or "(none)")) for name in found.by]
        cells = []
        for info in infos:
            amount = row[info.name]
            leaves = info.name in LEAVES and amount
            cells.append(value_cell(-amount if leaves else amount, info.unit))
        columns.append(Column(", ".join(slices) or "Amount", tuple(cells)))
    return columns
