"""How and when deals end: told by one column, by their stage, or by two that say yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from foresail.load.guess.choices import choice_of, truth_of
from foresail.load.guess.proposal import ColumnGuess
from foresail.load.guess.source import Source, SourceColumn, column_called
from foresail.load.names import literal
from foresail.model import Table

WON, CLOSED = (("won",), ("closed", "won"), ("gewonnen",)), (("closed",), ("abgeschlossen",))
WON_ON = (("won", "time"), ("won", "date"), ("date", "won"), ("won", "at"), ("won", "on"))
LOST_ON = (("lost", "time"), ("lost", "date"), ("date", "lost"), ("lost", "at"), ("lost", "on"))
ALL_CLOSED = 0.98

Guesses = dict[str, ColumnGuess]


def outcome(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """How a deal ended."""
    if "outcome" in found and found["outcome"].is_sure:
        return
    guess = _by_yes_and_no(source) or _by_stage(table, source, found)
    if guess:
        yield guess


def _by_yes_and_no(source: Source) -> ColumnGuess | None:
    """Won or not, and closed or not; without the latter what is not said is open."""
    won, closed = _yes_or_no(source, *WON), _yes_or_no(source, *CLOSED)
    if won and closed:
        expression = f"case when {_says(won)} then 'won' when {_says(closed)} then 'lost' end"
        names = (won.name, closed.name)
        return ColumnGuess("outcome", expression, names, 0.9, "closed, and won or not", won.sample)
    if not won:
        return None
    expression = f"case when {_says(won)} then 'won' when {_says(won, False)} then 'lost' end"
    has_open = won.filled < won.rows
    sure, reason = (0.85, "won or not, empty while open") if has_open else (0.6, "won or not")
    return ColumnGuess("outcome", expression, (won.name,), sure, reason, won.sample)


def _yes_or_no(source: Source, *called: tuple[str, ...]) -> SourceColumn | None:
    column = column_called(source, *called)
    if column and all(truth_of(each) is not None for each in column.values):
        return column
    return None


def _says(column: SourceColumn, is_so: bool = True) -> str:
    """The condition that a column of yes and no says so."""
    if column.kind == "boolean" or all(v.lower() in ("true", "false") for v in column.values):
        return f"{'' if is_so else 'not '}{column.expression}::boolean"
    meant = sorted(each for each in column.values if truth_of(each) is is_so)
    return f"{column.expression}::varchar in ({', '.join(literal(each) for each in meant or [''])})"


def _by_stage(table: Table, source: Source, found: Guesses) -> ColumnGuess | None:
    """The outcome out of stages such as Closed Won."""
    stage = found.get("stage")
    column = source.by_name.get(stage.columns[0]) if stage else None
    if column is None:
        return None
    field = table.by_name["outcome"]
    known = ((each, choice_of(table.name, field, each)) for each in column.values)
    ends = sorted((value, choice) for value, choice in known if choice)
    if not ends:
        return None
    when = " ".join(f"when {literal(value)} then {literal(choice)}" for value, choice in ends)
    reason = f"stages that say so: {', '.join(value for value, _ in ends[:4])}"
    expression = f"case {column.expression} {when} end"
    return ColumnGuess("outcome", expression, (column.name,), 0.9, reason, column.sample)


def stage_kind(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """What standing in a stage means, out of two columns that say yes or no."""
    del table
    won, closed = _yes_or_no(source, *WON), _yes_or_no(source, *CLOSED)
    if won and closed and not ("kind" in found and found["kind"].is_sure):
        ends = f"when {_says(won)} then 'won' when {_says(closed)} then 'lost'"
        expression, names = f"case {ends} else 'open' end", (won.name, closed.name)
        yield ColumnGuess("kind", expression, names, 0.9, "closed, and won or not", won.sample)


def won_or_lost_on(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The day of closing out of two columns: when it was won, and when it was lost."""
    del table
    close = found.get("closed_at")
    won, lost = column_called(source, *WON_ON), column_called(source, *LOST_ON)
    if not close or not won or not lost or close.columns not in ((won.name,), (lost.name,)):
        return
    if won.dates.formats != lost.dates.formats:
        return
    own = won if close.columns == (won.name,) else lost
    parts = [close.expression.replace(own.expression, each.expression) for each in (won, lost)]
    yield replace(
        close,
        expression=f"coalesce({', '.join(parts)})",
        columns=(won.name, lost.name),
        confidence=max(close.confidence, 0.85) if len(won.dates.formats) == 1 else 0.7,
        reason="when it was won, or lost",
    )


def closing(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The day of closing and the day expected, where one column holds either."""
    close, end = found.get("closed_at"), found.get("outcome")
    if not close or not end or len(close.columns) != 1 or not end.is_sure:
        return
    column = source.by_name[close.columns[0]]
    if column.filled < ALL_CLOSED * column.rows or not _has_open(table, source, end):
        return
    expression = f"case when {_ended(table, source, end)} then {close.expression} end"
    reason = f"{close.reason}; open deals have one too, so only of those that ended"
    yield replace(close, expression=expression, reason=reason)
    if "expected_close_on" not in found:
        reason = "open deals have this date too, and then it is the one expected"
        yield replace(close, field="expected_close_on", confidence=0.8, reason=reason)


def _ended(table: Table, source: Source, end: ColumnGuess) -> str:
    """The condition that a deal has ended."""
    column = source.by_name[end.columns[-1]]
    if len(end.columns) > 1:
        return _says(column)
    field = table.by_name[end.field]
    ends = sorted(each for each in column.values if choice_of(table.name, field, each))
    if not ends:
        return f"{column.expression} is not null"
    return f"{column.expression} in ({', '.join(literal(each) for each in ends)})"


def _has_open(table: Table, source: Source, end: ColumnGuess) -> bool:
    """Whether some deals have not ended, by the values of the columns that tell the outcome."""
    field = table.by_name[end.field]
    columns = [source.by_name[name] for name in end.columns]
    if len(columns) > 1:
        return any(truth_of(value) is False for value in columns[1].values)
    (column,) = columns
    if column.filled < column.rows:
        return True
    ends = [choice_of(table.name, field, value) for value in column.values]
    return any(ends) and not all(ends)
