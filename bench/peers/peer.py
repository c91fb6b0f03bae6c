"""What the questions are put to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Peer:
    """A peer that is ready to be asked.

    `asks` gives an answer in the peer's own form, `rows` makes rows of it, with the names of the
    SQL by hand; where it has a `period`, months may stand below each other. `cannot` says why the
    other questions are not answered. `plain` runs the SQL by hand in the same process.
    """

    plain: duckdb.DuckDBPyConnection
    asks: Mapping[str, Callable[[], Any]]
    rows: Callable[[Any], Iterable[Row]]
    cannot: Mapping[str, str] = field(default_factory=dict)


PER_LEAD = "needs the first answer to each lead, which a model written in SQL must find"
NEXT_ROW = "needs the row that follows, which a model written in SQL must find"
LAYERS_CANNOT = {"Q3": PER_LEAD, "Q5": NEXT_ROW, "Q6": NEXT_ROW}
"""Why layers of declared measures are not asked the rest."""
