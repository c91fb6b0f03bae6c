"""What conditions look up, found beforehand and lent to the queries that look at it.

Some of it holds as of an instant, whatever the period: it is found once for all periods.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from foresail.engine.asked import NUMBER, SCHEMAS, WINDOW
from foresail.engine.windows import NOW

if TYPE_CHECKING:
    import pyarrow as pa

NAME = re.compile(r"\basked_lookup_\w+")
"""The names of such tables."""

OF_AS_OF = "asked_lookup_as_of_"
AS_OF_COLUMNS = ("as_of", "as_of_on", "settled_on", "as_of_business", "as_of_working")


def name_of(sql: str, *, is_as_of: bool) -> str:
    """The name of what a query finds, the same wherever it is looked up."""
    start = OF_AS_OF if is_as_of else "asked_lookup_"
    return start + hashlib.sha256(sql.encode()).hexdigest()[:16]


def windows_of(name: str, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The windows and labels that a lookup of a question looks at.

    One that holds as of the instant looks at a window of that alone, which is the same for all
    questions as of it.
    """
    import pyarrow as pa

    windows = {each: tables[each] for each in SCHEMAS}
    if not name.startswith(OF_AS_OF):
        return windows
    first = windows["asked_window"].slice(0, 1).select(AS_OF_COLUMNS).to_pylist()
    alone = [{NUMBER: 0, "label": each["as_of_on"], "series": NOW, **each} for each in first]
    return {
        "asked_window": pa.Table.from_pylist(alone, WINDOW),
        "asked_label": windows["asked_label"].slice(0, 0),
    }
