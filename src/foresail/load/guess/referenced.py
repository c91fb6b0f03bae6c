"""Reps and accounts that no file describes: made of the ids by which others mention them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from foresail.load.guess.deriving import looks_like_names
from foresail.load.guess.proposal import SURE, SURE_TABLE, ColumnGuess, TableGuess
from foresail.load.guess.source import Source, SourceColumn, column_called
from foresail.load.guess.tables import Match
from foresail.model import TABLES, Table


def referenced(matches: Sequence[Match]) -> Iterator[TableGuess]:
    """Reps and accounts that only other tables name: from the column that names the most."""
    for name in ("rep", "account"):
        table = TABLES[name]
        if any(each.table.name == name and each.score >= SURE_TABLE for each in matches):
            continue
        naming = [
            (column, found)
            for found in matches
            for field, (column, fit) in found.columns.items()
            if found.table.by_name[field].refers_to == name and fit.score >= SURE
            if field in ("owner_id", "rep_id", "account_id") and column.values
        ]
        if naming:
            column, found = max(naming, key=lambda pair: pair[0].distinct)
            yield _named_by(table, column, found)


def _name_beside(column: SourceColumn, source: Source) -> SourceColumn | None:
    """The column that names what another one holds the ids of: user_name beside user_id."""
    own = tuple(each for each in column.words if each != "id")
    found = column_called(source, (*own, "name"), own)
    return found if found and found != column and found.distinct <= column.distinct else None


def _named_by(table: Table, column: SourceColumn, found: Match) -> TableGuess:
    """A table of nothing but the names or ids that another one mentions."""
    own = table.key[0].name
    reason = f"{found.table.name} refers to them, and no file describes them"
    key = ColumnGuess(own, column.expression, (column.name,), 0.85, reason, column.sample)
    columns = [key]
    called = _name_beside(column, found.source)
    if looks_like_names(column):
        columns.append(replace(key, field="name", reason="the ids are names"))
    elif called:
        reason = f"it stands beside {column.name}"
        name = ColumnGuess("name", called.expression, (called.name,), 0.85, reason, called.sample)
        columns.append(name)
    return TableGuess(
        table.name,
        found.source.file,
        found.source.label,
        found.source.rows,
        0.85,
        reason,
        tuple(columns),
        options=found.source.options,
        where=f"{column.expression} is not null" if column.filled < column.rows else "",
        is_derived=True,
    )
