"""Canonical columns that no single source column fills by itself, made of one or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from foresail.load.guess.choices import CHOICES
from foresail.load.guess.ending import closing, outcome, stage_kind, won_or_lost_on
from foresail.load.guess.proposal import ColumnGuess
from foresail.load.guess.source import Source, SourceColumn, column_called
from foresail.load.guess.words import words
from foresail.load.names import literal
from foresail.model import Table

FIRST = (("first", "name"), ("firstname",), ("vorname",), ("given", "name"))
LAST = (("last", "name"), ("lastname",), ("nachname",), ("surname",), ("family", "name"))
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


def _person(table: Table, source: Source, found: Guesses) -> Iterator[ColumnGuess]:
    """A person's name out of the first and the last one."""
    del table
    first, last = column_called(source, *FIRST), column_called(source, *LAST)
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


Making = Callable[[Table, Source, Guesses], Iterator[ColumnGuess]]
OF_ALL: tuple[Making, ...] = (_key,)
OF_EACH: dict[str, tuple[Making, ...]] = {
    "account": (_name_of_key,),
    "activity": (_kind,),
    "contact": (_person,),
    "opportunity": (outcome, won_or_lost_on, closing),
    "quota": (_owner_kind,),
    "rep": (_person, _name_of_key),
    "stage": (stage_kind,),
    "subscription": (_account_of_key,),
}
