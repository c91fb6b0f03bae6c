"""How well a source's column fits a canonical one: by its name, its values and its references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from foresail.load.guess.choices import choice_of, truth_of
from foresail.load.guess.source import Source, SourceColumn
from foresail.load.guess.vocabulary import names_of
from foresail.load.guess.words import Words, likeness, without
from foresail.model import TABLES, Column, Table, Type

STRIPPED = 0.95
LATER_NAME = 0.002
NO_VALUES = 0.7
ONLY_BY_VALUES = 0.6
NO_KEYS = 0.7
SAME_THING = 0.9
LONG = 60
MOST_CHOICES = 60
# The share of a column's values that are keys of each canonical table among the sources.
Links = Mapping[str, float]


@dataclass(frozen=True)
class Fit:
    """How well one column fits, from 0 to 1, and why."""

    score: float
    reason: str


UNFIT = Fit(0.0, "")


def fit(table: Table, field: Column, source: Source, column: SourceColumn, links: Links) -> Fit:
    """How well a source's column fits a column of a canonical table."""
    named = name_likeness(table.name, field.name, column.words) if source.has_names else 0.0
    refers = _refers(table, field, links)
    if not named and (refers is None or refers < 0.9):
        return UNFIT
    values = value_fit(table, field, column)
    if refers is not None and refers >= 0.9 and values.score:
        return _reference(field, source, column, named * values.score)
    if refers is not None and refers < 0.05 and "id" not in column.words:
        return Fit(named * values.score * NO_KEYS, f"a name, but no keys of {field.refers_to}")
    if named < SAME_THING and field.type is Type.ID and "id" not in column.words:
        return UNFIT
    if named > 0.999:
        words = "same name"
    elif named >= SAME_THING:
        words = "another word for it"
    else:
        words = "a similar name"
    return Fit(named * values.score, f"{words}; {values.reason}" if values.reason else words)


def _reference(field: Column, source: Source, column: SourceColumn, named: float) -> Fit:
    """A column whose values are keys of the table that the field refers to."""
    words = f"its values are keys of {field.refers_to}"
    if named >= 0.5 or not source.has_names:
        return Fit(max(named, 0.85), words)
    if column.words == ("id",):
        return Fit(0.8, words)
    return Fit(max(named, ONLY_BY_VALUES), f"{words}, by another name")


def _refers(table: Table, field: Column, links: Links) -> float | None:
    """How far values are keys of the table that a reference points at; None where none is known."""
    if field.type is not Type.ID or not field.refers_to or field.refers_to == table.name:
        return None
    return links.get(field.refers_to)


def name_likeness(table: str, field: str, name: Words) -> float:
    """How much a name sounds like one of those that a canonical column has."""
    return _likenesses(table, name).get(field, 0.0)


@cache
def _likenesses(table: str, name: Words) -> dict[str, float]:
    """The columns of a table that a name sounds like, and how much."""
    own, known = _known(table)
    bare = without(name, own)
    found: dict[str, float] = {}
    for variant, weight in ((name, 1.0), (bare, STRIPPED if bare != name else 0.0)):
        for word in {*variant, "".join(variant)}:
            for field, place, called in known.get(word, ()):
                score = weight * likeness(variant, called) - LATER_NAME * place
                found[field] = max(found.get(field, 0.0), score)
    return found


@cache
def _known(table: str) -> tuple[frozenset[str], dict[str, list[tuple[str, int, Words]]]]:
    """The words for a table itself; and by each word in them the names of its columns."""
    own = frozenset(each[0] for each in names_of(table) if len(each) == 1)
    known: dict[str, list[tuple[str, int, Words]]] = {}
    for field in TABLES[table].by_name:
        for place, called in enumerate(names_of(table, field)):
            for word in {*called, "".join(called)}:
                known.setdefault(word, []).append((field, place, called))
    return own, known


def value_fit(table: Table, field: Column, column: SourceColumn) -> Fit:
    """How well a column's values are what a canonical column holds."""
    if not column.values:
        return Fit(NO_VALUES, "it has no values")
    if field.type in (Type.INSTANT, Type.DATE):
        return _dates(column)
    if field.type in (Type.MONEY, Type.NUMBER, Type.INTEGER):
        return _numbers(field, column)
    if field.type is Type.BOOLEAN:
        share = sum(truth_of(each) is not None for each in column.values) / len(column.values)
        return Fit(1.0, "yes or no") if share == 1 or column.kind == "boolean" else UNFIT
    if field.type is Type.CHOICE:
        return _choices(table, field, column)
    if field.type is Type.ID:
        return _ids(table, field, column)
    return _texts(column)


def _dates(column: SourceColumn) -> Fit:
    share = column.dates.share
    if len(column.dates.formats) > 1:
        return Fit(0.7, "dates, but day and month cannot be told apart")
    if share >= 0.95:
        return Fit(1.0, "dates")
    return Fit(0.5 * share, "partly dates") if share >= 0.5 else UNFIT


def _numbers(field: Column, column: SourceColumn) -> Fit:
    found = column.numbers
    if found.share < 0.95:
        return Fit(0.5 * found.share, "partly numbers") if found.share >= 0.6 else UNFIT
    if field.type is Type.INTEGER and not found.is_whole:
        return Fit(0.5, "numbers that are not whole")
    if field.minimum is not None and found.least < field.minimum:
        return Fit(0.5, "numbers, some of them too small")
    if field.maximum == 1 and found.most > 100:
        return Fit(0.6, "numbers, some of them too large")
    return Fit(1.0, "amounts" if field.type is Type.MONEY else "numbers")


def _choices(table: Table, field: Column, column: SourceColumn) -> Fit:
    if len(column.values) > MOST_CHOICES:
        return UNFIT
    known = [each for each in column.values if choice_of(table.name, field, each)]
    if not known:
        return Fit(0.45, "none of its values is known")
    share = len(known) / len(column.values)
    words = f"known are {', '.join(known[:4])}" + (", …" if len(known) > 4 else "")
    # Open deals have no outcome, so a column of states is one with fewer known values.
    is_partial = not field.is_required and len(known) >= 2
    return Fit(1.0 if share >= 0.9 else 0.85 if is_partial else 0.5 + 0.4 * share, words)


def _ids(table: Table, field: Column, column: SourceColumn) -> Fit:
    if column.dates.share > 0.5 or column.kind == "boolean":
        return UNFIT
    if column.numbers.share > 0.95 and not column.numbers.is_whole:
        return UNFIT
    if sum(len(each) for each in column.values[:50]) > LONG * len(column.values[:50]):
        return Fit(0.2, "long texts")
    if not field.is_key or len(table.key) > 1 or table.is_keyless:
        return Fit(1.0, "")
    if column.is_unique:
        return Fit(1.0, "every row has its own")
    share = column.distinct / max(column.rows, 1)
    return Fit(0.9, "nearly every row has its own") if share > 0.98 else Fit(0.35, "values repeat")


def _texts(column: SourceColumn) -> Fit:
    if column.kind == "boolean" or column.dates.share > 0.9:
        return Fit(0.2, "no texts")
    if column.numbers.share > 0.95:
        return Fit(0.6, "numbers")
    return Fit(1.0, "")
