"""How a proposed mapping looks in the terminal: file by file, what is sure and what is not."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foresail.project.show import formats
from foresail.project.show.layout import Cell, Column, draw, say, say_hanging, shortened, width

if TYPE_CHECKING:
    from rich.console import Console

    from foresail.load.guess import Proposal, TableGuess

NARROWEST_FILES = 16
SHOWN = 12


def show_proposal(to: Console, proposal: Proposal, written: Path, paths: Sequence[Path]) -> None:
    """Print which file became which table, how sure that is, and what to do next."""
    tables = proposal.tables
    columns = [
        Column("Table", tuple(_table(each) for each in tables), is_number=False),
        _counts("Rows", tables, lambda each: each.rows),
        Column("Fit", tuple(_share(each) for each in tables)),
        _counts("Sure", tables, lambda each: sum(c.is_sure for c in each.columns)),
        _counts("Unsure", tables, lambda each: sum(not c.is_sure for c in each.columns), "yellow"),
        _counts("Unused", tables, lambda each: len(each.unused)),
    ]
    room = max(to.width - width(columns) - 2, NARROWEST_FILES)
    names = tuple(Cell(shortened(formats.clean(each.label), room)) for each in tables)
    for line in draw([Column("File", names, is_number=False), *columns]):
        say(to, line)
    say_hanging(
        to, "", "Fit: how well the file is that table. Sure, Unsure, Unused: its columns.", "dim"
    )
    _show_doubts(to, tables)
    _show_others(to, "No table fits", proposal.unfit)
    _show_others(to, "Not read", proposal.unread)
    say(to)
    say(to, f"Wrote {written}. Look through it, then try it:", "bold")
    where = shlex.join(str(each) for each in paths)
    say(to, f"  foresail load {where} --mapping {shlex.quote(str(written))} --dry-run")


def _table(guess: TableGuess) -> Cell:
    return Cell(guess.table, "" if guess.is_usable else "yellow")


def _share(guess: TableGuess) -> Cell:
    return Cell(f"{guess.confidence:.0%}", "" if guess.is_usable else "yellow")


def _counts(
    header: str, tables: Iterable[TableGuess], count: Callable[[TableGuess], int], style: str = ""
) -> Column:
    """A column of counts; a zero is faint."""
    found = [count(each) for each in tables]
    return Column(header, tuple(Cell(formats.number(n), style if n else "dim") for n in found))


def _show_doubts(to: Console, tables: Iterable[TableGuess]) -> None:
    doubted = [each for each in tables if not each.is_usable]
    if not doubted:
        return
    say(to)
    say(to, "Too unsure to be loaded; all of it is a comment in the mapping", "bold")
    for each in doubted:
        why = f"it fits by {each.confidence:.0%} only"
        if each.missing:
            why = f"nothing is sure for {', '.join(each.missing)}"
        say_hanging(to, "  · ", f"{formats.clean(each.label)} as {each.table}: {why}")


def _show_others(to: Console, title: str, others: Sequence[tuple[str, str]]) -> None:
    if not others:
        return
    say(to)
    say(to, title, "bold")
    for name, why in others[:SHOWN]:
        say_hanging(to, "  · ", f"{formats.clean(name)}: {formats.clean(why)}")
    if len(others) > SHOWN:
        say(to, f"  … and {len(others) - SHOWN} more; the mapping lists them all.", "dim")
