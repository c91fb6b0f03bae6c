"""The form of a mapping: one line for each canonical column, read back as choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foresail.load.guess.proposal import ColumnGuess
from foresail.load.guess.steering import COLUMN, GUESS, NOTHING, SQL, TEXT, Choice, Filling, Seen
from foresail.model import TABLES, Column


@dataclass(frozen=True)
class Line:
    """One canonical column of one source: how it may be filled, and how it is."""

    name: str
    value_name: str
    column: Column
    options: tuple[tuple[str, str], ...]
    chosen: str
    value: str
    confidence: int | None
    reason: str
    sample: str
    is_missing: bool

    @property
    def is_filled(self) -> bool:
        """Whether something fills it."""
        return self.chosen != NOTHING


@dataclass(frozen=True)
class Card:
    """One source on the form."""

    number: int
    seen: Seen
    tables: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]

    @property
    def first(self) -> tuple[Line, ...]:
        """The lines that are filled, needed, or guessed."""
        return tuple(each for each in self.lines if _stands_out(each))

    @property
    def rest(self) -> tuple[Line, ...]:
        """The other lines."""
        return tuple(each for each in self.lines if not _stands_out(each))


def _stands_out(line: Line) -> bool:
    return line.is_filled or line.column.is_required or line.confidence is not None


def cards(sources: tuple[Seen, ...], choices: Mapping[str, Choice], *, sql: bool) -> list[Card]:
    """The form's sources; `sql` where whoever asks may write expressions."""
    tables = (
        ("", "Leave this file out"),
        *((name, f"{name}: {table.grain.rstrip('.').lower()}") for name, table in TABLES.items()),
    )
    return [
        Card(number, each, tables, tuple(_lines(number, each, choices.get(each.label), sql)))
        for number, each in enumerate(sources)
    ]


def _lines(number: int, seen: Seen, choice: Choice | None, sql: bool) -> Iterator[Line]:
    if not seen.table or not seen.proposed:
        return
    guesses = {each.field: each for each in seen.proposed.columns}
    used = {each.field: each for each in seen.guess.columns} if seen.guess else {}
    missing = seen.guess.missing if seen.guess else ()
    fillings = choice.fillings if choice and choice.fillings is not None else None
    for column in TABLES[seen.table].columns:
        guess = guesses.get(column.name)
        if fillings is None:
            filling = Filling(GUESS if column.name in used else NOTHING)
        else:
            filling = fillings.get(column.name, Filling(NOTHING))
        yield _line(number, seen, column, guess, filling, column.name in missing, sql)


def _line(
    number: int,
    seen: Seen,
    column: Column,
    guess: ColumnGuess | None,
    filling: Filling,
    is_missing: bool,
    sql: bool,
) -> Line:
    options = [(NOTHING, "Leave empty")]
    if guess:
        options.append((GUESS, f"Guess: {_words(guess)}"))
    options += [(f"{COLUMN}:{n}", each.name) for n, each in enumerate(seen.columns)]
    options.append((TEXT, "The same text in all rows:"))
    if sql:
        options.append((SQL, "SQL over the file’s columns:"))
    chosen, value = filling.by, ""
    names = [each.name for each in seen.columns]
    if filling.by == COLUMN:
        chosen = f"{COLUMN}:{names.index(filling.value)}" if filling.value in names else NOTHING
    elif filling.by in (TEXT, SQL):
        value = filling.value
    return Line(
        f"field-{number}-{column.name}",
        f"value-{number}-{column.name}",
        column,
        tuple(options),
        chosen,
        value,
        round(guess.confidence * 100) if guess else None,
        guess.reason if guess else "",
        guess.sample if guess else "",
        is_missing,
    )


def _words(guess: ColumnGuess) -> str:
    """The guess in few words: the columns it is made of, and that they are translated."""
    made_of = " and ".join(guess.columns) or guess.expression
    is_plain = guess.expression.strip('"') == made_of
    return made_of if is_plain else f"{made_of}, translated"


def choices_in(
    post: Mapping[str, Any], sources: tuple[Seen, ...], *, sql: bool
) -> dict[str, Choice]:
    """The choices that a form was sent with; for a source that became another table, none yet."""
    return {
        each.label: _choice(post, number, each, sql)
        for number, each in enumerate(sources)
        if f"table-{number}" in post
    }


def _choice(post: Mapping[str, Any], number: int, seen: Seen, sql: bool) -> Choice:
    table = str(post[f"table-{number}"])
    if table not in TABLES:
        return Choice("")
    if table != seen.table:
        return Choice(table)
    fillings = {}
    for column in TABLES[table].columns:
        by = str(post.get(f"field-{number}-{column.name}", ""))
        value = str(post.get(f"value-{number}-{column.name}", ""))[:2000]
        if by.startswith(f"{COLUMN}:"):
            place = by.removeprefix(f"{COLUMN}:")
            if place.isdigit() and int(place) < len(seen.columns):
                fillings[column.name] = Filling(COLUMN, seen.columns[int(place)].name)
        elif by == GUESS or (by == TEXT and value.strip()) or (by == SQL and sql):
            fillings[column.name] = Filling(by, "" if by == GUESS else value)
    return Choice(table, fillings)
