"""Records drawn by lot: the same ones whenever the same period is looked at."""

from __future__ import annotations

from hashlib import sha256
from heapq import nsmallest

import pyarrow as pa

from foresail.core.errors import QuestionError, nearest


def drawn(table: pa.Table, key: str, by: str, size: int, seed: str) -> pa.Table:
    """The rows of each slice whose lots come first; a lot depends on seed and key alone.

    Of records that the data do not hold, which have no columns, none are drawn.

    >>> leads = pa.table({"lead_id": ["7", "8", "9"], "team": ["North"] * 3})
    >>> drawn(leads, "lead_id", "team", 2, "2026-03")["lead_id"].to_pylist() == \\
    ...     drawn(leads[::-1], "lead_id", "team", 2, "2026-03")["lead_id"].to_pylist()
    True

    Errors: `QuestionError` when there is no such column.
    """
    for name in (key, by) if table.column_names else ():
        if name not in table.column_names:
            raise QuestionError(
                f"The records have no column {name} to draw by.{nearest(name, table.column_names)} "
                f"Their columns are: {', '.join(table.column_names)}."
            )
    if not table.num_rows:
        return table
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
