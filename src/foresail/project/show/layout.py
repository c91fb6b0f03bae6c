"""Tables for the terminal: aligned columns, kept together in blocks, folded to the width."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from typing import TextIO

GAP = "  "
NARROW_HEADER = 12
UNLIMITED = 100_000


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table, and in which colour."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Column:
    """A header and its cells; details are printed fainter than what they are details of."""

    header: str
    cells: tuple[Cell, ...]
    is_number: bool = True
    is_detail: bool = False

    def header_lines(self) -> list[str]:
        """The header, folded at spaces to about the width of the cells."""
        longest = max((cell_len(each.text) for each in self.cells), default=0)
        return folded(self.header, max(longest, NARROW_HEADER))

    @property
    def width(self) -> int:
        """How many places the widest cell takes."""
        texts = itertools.chain(self.header_lines(), (each.text for each in self.cells))
        return max((cell_len(text) for text in texts), default=0)


Block = Sequence[Column]
"""Columns that stay side by side: a value and its details."""


def console(
    file: TextIO | None = None,
    environment: Mapping[str, str] = os.environ,
    *,
    is_terminal: bool = False,
) -> Console:
    """Where people read: as wide as the terminal; unlimited in a pipe unless COLUMNS is set.

    For somebody elsewhere, `environment` and `is_terminal` say what he or she has.
    """
    made = Console(
        file=file or sys.stdout,
        force_terminal=is_terminal or None,
        highlight=False,
        markup=False,
        emoji=False,
        _environ=environment,
    )
    if not made.is_terminal and not environment.get("COLUMNS"):
        made.width = UNLIMITED
    return made


def folded(text: str, width: int) -> list[str]:
    """A text in lines of at most a width, broken at spaces only.

    >>> folded("Outbound activities per rep", 12)
    ['Outbound', 'activities', 'per rep']
    """
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def shortened(text: str, width: int) -> str:
    """A text of at most a width, its end replaced by an ellipsis where it is longer.

    >>> shortened("Northern region", 9)
    'Northern…'
    """
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def width(columns: Iterable[Column]) -> int:
    """How wide columns are side by side."""
    widths = [each.width for each in columns]
    return sum(widths) + len(GAP) * max(len(widths) - 1, 0)


def packed(keys: Block, blocks: Sequence[Block], limit: int) -> list[list[Column]]:
    """Tables of at most a width, each beginning with the key columns."""
    tables: list[list[Column]] = []
    for block in blocks:
        if tables and width([*tables[-1], *block]) <= limit:
            tables[-1].extend(block)
        else:
            tables.append([*keys, *block])
    return tables or [list(keys)]


def draw(columns: Sequence[Column], has_totals: bool = False) -> Iterable[Text]:
    """The lines of a table; with totals, a rule goes before its last row."""
    widths = [each.width for each in columns]
    headers = [each.header_lines() for each in columns]
    height = max((len(each) for each in headers), default=0)
    for line in range(height):
        cells = [
            Cell(each[line - height] if line >= height - len(each) else "") for each in headers
        ]
        yield _line(columns, cells, widths, is_header=True)
    rule = Text("─" * (sum(widths) + len(GAP) * (len(widths) - 1)), style="dim")
    yield rule
    rows = list(zip(*(each.cells for each in columns), strict=True))
    for position, row in enumerate(rows):
        if has_totals and position == len(rows) - 1:
            yield rule
        yield _line(columns, row, widths)


def _line(
    columns: Sequence[Column], cells: Sequence[Cell], widths: Sequence[int], is_header: bool = False
) -> Text:
    line = Text()
    for position, (column, cell, wide) in enumerate(zip(columns, cells, widths, strict=True)):
        blank = " " * (wide - cell_len(cell.text))
        style = cell.style or ("dim" if column.is_detail else "bold" if is_header else "")
        line.append(GAP if position else "")
        line.append(blank if column.is_number else "")
        line.append(cell.text, style=style)
        line.append("" if column.is_number else blank)
    line.rstrip()
    return line


def say(to: Console, line: Text | str = "", style: str = "") -> None:
    """Print one line as it is, without folding it again."""
    to.print(Text(line, style=style) if isinstance(line, str) else line, soft_wrap=True)


def say_parts(to: Console, parts: Iterable[str], style: str = "") -> None:
    """Print short statements side by side, broken between them where the line is full."""
    line = ""
    for part in parts:
        joined = f"{line} · {part}" if line else part
        if line and cell_len(joined) > to.width:
            say(to, line, style)
            joined = part
        line = joined
    if line:
        say(to, line, style)


def say_hanging(to: Console, mark: str, text: str, style: str = "") -> None:
    """Print a paragraph behind a mark, its further lines indented as far."""
    for position, line in enumerate(folded(text, max(to.width - len(mark), 20))):
        say(to, (mark if not position else " " * len(mark)) + line, style)
