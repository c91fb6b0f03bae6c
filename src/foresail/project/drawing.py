"""Records drawn by lot: the same ones whenever the same period is looked at."""

from __future__ import annotations

from hashlib import sha256
from heapq import nsmallest

import pyarrow as pa


def drawn(table: pa.Table, key: str, by: str, size: int, seed: str) -> pa.Table:
    """The rows of each slice whose lots come first; a lot depends on seed and key alone.

    >>> leads = pa.table({"lead_id": ["7", "8", "9"], "team": ["North"] * 3})
    >>> drawn(leads, "lead_id", "team", 2, "2026-03")["lead_id"].to_pylist() == \\
    ...     drawn(leads[::-1], "lead_id", "team", 2, "2026-03")["lead_id"].to_pylist()
    True
    """
    slices = table[by].to_pylist()
    lots: dict[str | None, list[tuple[bytes, int]]] = {}
    for place, id_ in enumerate(table[key].to_pylist()):
        lot = sha256(f"{seed} {id_}".encode()).digest()
        lots.setdefault(slices[place], []).append((lot, place))
    places = [
        place
        for name in sorted(lots, key=lambda name: (name is None, name or ""))
        for _, place in nsmallest(size, lots[name])
    ]
    return table.take(pa.array(places, pa.int64()))
