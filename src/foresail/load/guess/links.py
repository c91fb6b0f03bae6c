"""References between sources, seen by their values: a column that holds another source's keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foresail.load.guess.fitting import Links
from foresail.load.guess.source import Source, SourceColumn
from foresail.load.guess.tables import Match

FEWEST = 2


def links_between(
    sources: Sequence[Source], matches: Sequence[Match], keys: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, Links]]:
    """For each source's columns, which share of their values are keys of which canonical table.

    A table that no source is taken for is not among them.

    `keys` holds the key values of each source that is taken for a table, by its label.
    """
    found: dict[str, dict[str, Links]] = {}
    for source in sources:
        found[source.label] = {
            column.name: _shares(column, source, matches, keys)
            for column in source.columns
            if _may_refer(column)
        }
    return found


def _may_refer(column: SourceColumn) -> bool:
    is_id = column.kind in ("text", "whole") and column.dates.share < 0.5
    is_number = column.numbers.share > 0.95
    return is_id and column.distinct >= FEWEST and not (is_number and not column.numbers.is_whole)


def _shares(
    column: SourceColumn,
    source: Source,
    matches: Sequence[Match],
    keys: Mapping[str, frozenset[str]],
) -> Links:
    shares: dict[str, float] = {}
    for match in matches:
        known = keys.get(match.source.label)
        if not known or match.source.label == source.label:
            continue
        share = sum(1 for each in column.values if each in known) / len(column.values)
        # Small whole numbers are keys of everything.
        if column.numbers.share > 0.95 and column.numbers.most < 10 * len(known):
            share *= 0.5
        if share >= shares.get(match.table.name, 0.0):
            shares[match.table.name] = share
    return shares
