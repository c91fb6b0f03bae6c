"""Which sources are left out: older versions, copies of another one, and what no table fits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from foresail.load.guess.source import Source
from foresail.load.guess.tables import Match, is_history


def present(found: Sequence[Match | None], common: Collection[str]) -> Iterator[Match]:
    """The matches without those that hold older versions of what another source holds."""
    current = {each.table.name for each in found if each and not is_history(each.source, common)}
    for each in found:
        if each and not (is_history(each.source, common) and each.table.name in current):
            yield each


def doubles(matches: Sequence[Match], keys: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Sources that hold nothing but what another one of the same table holds."""
    found: dict[str, str] = {}
    best_first = sorted(matches, key=lambda each: (-each.score, each.source.label))
    for place, weak in enumerate(best_first):
        own = keys[weak.source.label]
        for strong in best_first[:place]:
            if (
                own
                and strong.table == weak.table
                and strong.source.label not in found
                and len(own & keys[strong.source.label]) >= 0.95 * len(own)
                and set(weak.columns) <= set(strong.columns)
            ):
                found[weak.source.label] = strong.source.label
                break
    return found


def why_not(source: Source, common: Collection[str]) -> str:
    """Why a source becomes no table."""
    if not source.has_names:
        return "its columns have no names"
    if is_history(source, common):
        return "its name says that it holds older versions"
    return "its columns are like those of no table"
