"""Which record survived a merge. A merge is identity, not state: it applies at every instant."""

from __future__ import annotations

from typing import Any

import ibis

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source

DOUBLINGS = 4


def make_survivors(source: Source, table: str) -> Any:
    """Make `fact.<table>_merge`: per merged record the `survivor` at the end of its chain.

    Chains of up to 2 ** DOUBLINGS merges are followed.
    """
    key, name = f"{table}_id", f"{table}_merge"
    records = source.canonical(table)
    merged = records.filter(
        records.merged_into_id.notnull() & (records.merged_into_id != records[key])
    )
    found = source.keep(name, merged.select(key, survivor=merged.merged_into_id))
    for _ in range(DOUBLINGS):
        step = attach(found, found, {"survivor": key}, {"further": "survivor"})
        step = step.mutate(survivor=ibis.coalesce(step.further, step.survivor)).drop("further")
        found = source.keep(name, step)
    return found


def resolved(table: Any, column: str, merges: Any, key: str) -> Any:
    """The table with the ids in one column replaced by those of the survivors."""
    found = attach(table, merges, {column: key}, {"survivor": "survivor"})
    return found.mutate(**{column: ibis.coalesce(found.survivor, found[column])}).drop("survivor")
