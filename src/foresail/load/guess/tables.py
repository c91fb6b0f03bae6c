"""Which canonical table a source is, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foresail.load.guess.assigning import assigned
from foresail.load.guess.deriving import IN_PLACE_OF_ID
from foresail.load.guess.fitting import Fit, Links, fit
from foresail.load.guess.proposal import POSSIBLE, SURE
from foresail.load.guess.source import Source, SourceColumn
from foresail.load.guess.vocabulary import names_of, words_of
from foresail.model import TABLES, Table

FILE_WORDS = {
    "data",
    "export",
    "list",
    "all",
    "report",
    "table",
    "sheet",
    "csv",
    "full",
    "dim",
    "fact",
    "header",
}
OLD = {"history", "log", "audit", "archive", "backup", "old"}
# Words of names of things that no canonical table holds: what stands beside them is not it.
OTHERS = set(
    """
    role item line product list member form submission campaign property ticket case plan merge
    option pricebook dictionary setting permission attachment file comment tag template queue
    """.split()  # noqa: SIM905
)
ACCEPTED = 0.45
ENOUGH_COLUMNS = 5.0
ONLY_REFERS = 0.25
# What a file's rows may all have in common, so that no column has to say it.
MADE_UP = {"activity": "kind", "quota": "owner_kind"}


@dataclass(frozen=True)
class Match:
    """A source taken as one canonical table: which column fills which, and how well it all fits."""

    source: Source
    table: Table
    columns: Mapping[str, tuple[SourceColumn, Fit]]
    score: float
    reason: str


def match(source: Source, links: Mapping[str, Links], common: Collection[str]) -> Match | None:
    """The canonical table that a source fits best, if it fits any."""
    found = [taken_as(source, table, links, common) for table in TABLES.values()]
    best = max(found, key=lambda each: each.score)
    return best if best.score >= ACCEPTED else None


def taken_as(
    source: Source, table: Table, links: Mapping[str, Links], common: Collection[str]
) -> Match:
    """A source read as one canonical table, by the assignment that fits best on the whole."""
    fits: dict[tuple[int, int], Fit] = {}
    for row, field in enumerate(table.columns):
        for place, column in enumerate(source.columns):
            found = fit(table, field, source, column, links.get(column.name, {}))
            if found.score >= POSSIBLE:
                fits[row, place] = found
    places = sorted({place for _, place in fits})
    # Cubed, so that two doubtful matches do not outweigh a sure one.
    gains = {(row, places.index(place)): each.score**3 for (row, place), each in fits.items()}
    taken = assigned(gains, len(table.columns), len(places))
    columns = {
        table.columns[row].name: (source.columns[places[place]], fits[row, places[place]])
        for row, place in taken.items()
    }
    named, called = _file_likeness(source, table, common)
    score = _score(source, table, columns, named)
    if _only_refers(table, columns, links):
        score -= ONLY_REFERS
    share = sum(1 for _, found in columns.values() if found.score >= SURE)
    reason = f"{called}{share} of its {len(source.columns)} columns fit"
    return Match(source, table, columns, score, reason)


def _only_refers(
    table: Table,
    columns: Mapping[str, tuple[SourceColumn, Fit]],
    links: Mapping[str, Links],
) -> bool:
    """Whether a column that is named as the table's id holds ids of another source's rows."""
    if len(table.key) != 1:
        return False
    taken = columns.get(table.key[0].name)
    return any(
        shares.get(table.name, 0.0) >= 0.9
        and words_of(name) == words_of(table.key[0].name)
        and (taken is None or taken[0].name != name)
        for name, shares in links.items()
    )


def _score(
    source: Source,
    table: Table,
    columns: Mapping[str, tuple[SourceColumn, Fit]],
    named: float,
) -> float:
    """How well a source fits a table: by its name, and by how many columns fit on both sides."""
    if not _has_what_it_needs(table, columns):
        return 0.0
    total = sum(found.score for _, found in columns.values())
    filled = sum(1 for each in source.columns if each.values) or 1
    of_columns = min(total / min(ENOUGH_COLUMNS, len(table.columns)), 1.0)
    has_key = all(_is_told(table, each.name, columns) for each in table.columns if each.is_required)
    of_source = min(total / filled, 1.0)
    return 0.45 * named + 0.15 * has_key + 0.25 * of_columns + 0.15 * of_source


def _is_told(table: Table, name: str, columns: Mapping[str, tuple[SourceColumn, Fit]]) -> bool:
    """Whether a required column is sure, or another one whose values all differ stands for it."""
    if name in columns and columns[name][1].score >= SURE:
        return True
    stand_in = columns.get(IN_PLACE_OF_ID.get(table.name, ""))
    is_id = len(table.key) == 1 and name == table.key[0].name
    return bool(is_id and stand_in and stand_in[0].is_unique and stand_in[1].score >= SURE)


def _has_what_it_needs(table: Table, columns: Mapping[str, object]) -> bool:
    """Whether every required column is filled; a table's only id, and a kind, can be made up."""
    made_up = {MADE_UP.get(table.name, "")}
    made_up |= {table.key[0].name} if len(table.key) == 1 else set()
    needed = {each.name for each in table.columns if each.is_required}
    return not (needed - set(columns) - made_up) and bool(columns)


def _file_likeness(source: Source, table: Table, common: Collection[str]) -> tuple[float, str]:
    """How much the file's name says that it is this table, and how to say so."""
    name = source.options.sheet or source.name
    own = [each for each in words_of(name) if each not in FILE_WORDS and not each.isdigit()]
    own = [each for each in own if each not in common] or own
    if not own:
        return 0.0, ""
    best = 0.0
    for known in names_of(table.name):
        if set(known) <= set(own):
            best = max(best, 0.6 + 0.4 * len(set(known)) / len(set(own)))
        elif "".join(known) == "".join(own):
            best = 1.0
    ours = {word for each in names_of(table.name) for word in each}
    if (OLD | OTHERS) & set(own) - ours:
        best *= 0.5
    return best, ("its name; " if best else "")


def is_history(source: Source, common: Collection[str]) -> bool:
    """Whether a file's name says that it holds older versions of rows."""
    return bool(OLD & set(words_of(source.name)) - set(common))


def common_words(sources: Collection[Source]) -> frozenset[str]:
    """Words that all files' names share, such as the name of the system: they tell nothing."""
    names = [set(words_of(each.name)) for each in sources]
    if len(names) < 3:
        return frozenset()
    ours = {word for table in TABLES for name in names_of(table) for word in name}
    return frozenset(set.intersection(*names) - ours)
