"""Canonical columns that no single source column fills by itself, made of one or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from foresail.load.guess.choices import CHOICES, choice_of, truth_of
from foresail.load.guess.proposal import ColumnGuess
from foresail.load.guess.source import Source, SourceColumn
from foresail.load.guess.words import Words, words
from foresail.load.names import literal
from foresail.model import Table

WON_ON = (("won", "time"), ("won", "date"), ("date", "won"), ("won", "at"), ("won", "on"))
LOST_ON = (("lost", "time"), ("lost", "date"), ("date", "lost"), ("lost", "at"), ("lost", "on"))
FIRST = (("first", "name"), ("firstname",), ("vorname",), ("given", "name"))
LAST = (("last", "name"), ("lastname",), ("nachname",), ("surname",), ("family", "name"))
WON, CLOSED = (("won",), ("closed", "won")), (("closed",),)
# The column that may stand for a table's id where its values are all different.
IN_PLACE_OF_ID = {
    "rep": "name",
    "account": "name",
    "contact": "name",
    "opportunity": "name",
    "subscription": "account_id",
}
NUMBERED = "row_number"

Guesses = dict[str, ColumnGuess]


def derived(table: Table, source: Source, guesses: Guesses) -> Guesses:
    """The guesses with those added that follow from the columns together."""
    found = dict(guesses)
    for made in OF_ALL + OF_EACH.get(table.name, ()):
        for guess in made(table, source, found):
            found[guess.field] = guess
    return {name: found[name] for name in table.by_name if name in found}


def _column(source: Source, *called: Words) -> SourceColumn | None:
    """The source's column of one of these names, if it has values."""
    return next((each for each in source.columns if each.words in called and each.values), None)


def _person(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """A person's name out of the first and the last one."""
    del table
    first, last = _column(source, *FIRST), _column(source, *LAST)
    if not first or not last:
        return
    if "name" in found and found["name"].columns[0] not in (first.name, last.name):
        return
    expression = f"concat_ws(' ', {first.expression}, {last.expression})"
    names = (first.name, last.name)
    yield ColumnGuess("name", expression, names, 0.95, "first and last name", last.sample)


def _key(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """A table's only id, where no column is one: a column whose values all differ, or a number."""
    if len(table.key) != 1 or table.is_keyless:
        return
    own = table.key[0].name
    if own in found and found[own].is_sure:
        return
    stand_in = found.get(IN_PLACE_OF_ID.get(table.name, ""))
    column = source.by_name.get(stand_in.columns[0]) if stand_in and stand_in.columns else None
    if stand_in and column and column.is_unique and stand_in.is_sure:
        reason = f"no other id; each {column.name} occurs once"
        yield replace(stand_in, field=own, confidence=0.85, reason=reason)
    elif own not in found and table.name not in ("rep", "account", "contact"):
        reason = "no column tells rows apart: numbered in the file's order, so load it once only"
        number = f"{literal(source.label + ' ')} || {NUMBERED}"
        yield ColumnGuess(own, number, (), 0.8, reason)


def _name_of_key(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The name, where the ids are names themselves."""
    own = table.key[0].name
    if "name" in found or own not in found:
        return
    columns = [source.by_name[each] for each in found[own].columns if each in source.by_name]
    if columns and looks_like_names(columns[0]):
        yield replace(found[own], field="name", confidence=0.85, reason="the ids are names")


def looks_like_names(column: SourceColumn) -> bool:
    """Whether values are names of people or companies rather than codes."""
    named = sum(
        1
        for each in column.values
        if any(c.isalpha() for c in each) and not any(c.isdigit() or c in "_=/" for c in each)
    )
    return bool(column.values) and named >= 0.8 * len(column.values)


def _account_of_key(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The customer of a subscription, where each customer has one and it goes by their id."""
    del source
    key = found.get(table.key[0].name)
    if "account_id" in found or not key or not key.columns:
        return
    if {"customer", "account", "kunde"} & set(words(key.columns[0])):
        reason = "each customer has one subscription"
        yield replace(key, field="account_id", confidence=0.85, reason=reason)


def _kind(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The kind of activity, where the file's name says it."""
    field = table.by_name["kind"]
    if field.name in found and found[field.name].is_sure:
        return
    own = set(words(source.options.sheet or source.name))
    for choice, called in CHOICES[table.name, field.name].items():
        if any(set(words(each)) <= own for each in called.split(",") if words(each)):
            constant = f"'{choice}'"
            yield ColumnGuess("kind", constant, (), 0.85, "the file's name says so")
            return


def _owner_kind(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """Whose quota it is, where every row names a rep."""
    del table, source
    owner = found.get("owner_id")
    if "owner_kind" in found or not owner or not owner.columns:
        return
    is_team = bool({"team", "region"} & set(words(owner.columns[0])))
    kind = "team" if is_team else "rep"
    yield ColumnGuess("owner_kind", f"'{kind}'", (), 0.85, f"by the name of {owner.columns[0]}")


def _outcome(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """How a deal ended, out of its stage or of two columns that say yes or no."""
    if "outcome" in found and found["outcome"].is_sure:
        return
    won, closed = _column(source, *WON), _column(source, *CLOSED)
    if won and closed:
        expression = (
            f"case when {won.expression}::boolean then 'won' "
            f"when {closed.expression}::boolean then 'lost' end"
        )
        names = (won.name, closed.name)
        yield ColumnGuess("outcome", expression, names, 0.9, "closed, and won or not", won.sample)
        return
    stage = found.get("stage")
    column = source.by_name.get(stage.columns[0]) if stage else None
    if stage is None or column is None:
        return
    outcome = table.by_name["outcome"]
    known = {each: choice_of(table.name, outcome, each) for each in column.values}
    ends = sorted((value, choice) for value, choice in known.items() if choice)
    if ends:
        when = " ".join(f"when {literal(value)} then '{choice}'" for value, choice in ends)
        expression = f"case {column.expression} {when} end"
        reason = f"stages that say so: {', '.join(value for value, _ in ends[:4])}"
        yield ColumnGuess("outcome", expression, (column.name,), 0.9, reason, column.sample)


def _stage_kind(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """What standing in a stage means, out of two columns that say yes or no."""
    del table
    won, closed = _column(source, *WON), _column(source, *CLOSED)
    if won and closed and not ("kind" in found and found["kind"].is_sure):
        expression = (
            f"case when {won.expression}::boolean then 'won' "
            f"when {closed.expression}::boolean then 'lost' else 'open' end"
        )
        names = (won.name, closed.name)
        yield ColumnGuess("kind", expression, names, 0.9, "closed, and won or not", won.sample)


def _won_or_lost_on(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The day of closing out of two columns: when it was won, and when it was lost."""
    del table
    close = found.get("closed_at")
    won, lost = _column(source, *WON_ON), _column(source, *LOST_ON)
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


def _closing(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """The day of closing and the day expected, where one column holds either."""
    close, outcome = found.get("closed_at"), found.get("outcome")
    if not close or not outcome or len(close.columns) != 1 or not outcome.is_sure:
        return
    column = source.by_name[close.columns[0]]
    if column.filled < 0.98 * column.rows or not _has_open(table, source, outcome):
        return
    expression = f"case when {_ended(table, source, outcome)} then {close.expression} end"
    reason = f"{close.reason}; open deals have one too, so only of those that ended"
    yield replace(close, expression=expression, reason=reason)
    if "expected_close_on" not in found:
        reason = "open deals have this date too, and then it is the one expected"
        yield replace(close, field="expected_close_on", confidence=0.8, reason=reason)


def _ended(table: Table, source: Source, outcome: ColumnGuess) -> str:
    """The condition that a deal has ended."""
    column = source.by_name[outcome.columns[-1]]
    if len(outcome.columns) > 1:
        return f"{column.expression}::boolean"
    field = table.by_name[outcome.field]
    ends = sorted(each for each in column.values if choice_of(table.name, field, each))
    return f"{column.expression} in ({', '.join(literal(each) for each in ends)})"


def _has_open(table: Table, source: Source, outcome: ColumnGuess) -> bool:
    """Whether some deals have not ended, by the values of the columns that tell the outcome."""
    field = table.by_name[outcome.field]
    columns = [source.by_name[name] for name in outcome.columns]
    if len(columns) > 1:
        return any(truth_of(value) is False for value in columns[1].values)
    is_empty = any(each.filled < each.rows for each in columns)
    return is_empty or any(not choice_of(table.name, field, v) for c in columns for v in c.values)


Making = Callable[[Table, Source, Guesses], Iterator[ColumnGuess]]
OF_ALL: tuple[Making, ...] = (_key,)
OF_EACH: dict[str, tuple[Making, ...]] = {
    "account": (_name_of_key,),
    "activity": (_kind,),
    "contact": (_person,),
    "opportunity": (_outcome, _won_or_lost_on, _closing),
    "quota": (_owner_kind,),
    "rep": (_person, _name_of_key),
    "stage": (_stage_kind,),
    "subscription": (_account_of_key,),
}
