"""Long tables begin with their first rows: nobody reads hundreds, and all of them make a page slow.

The whole table is shown on demand, and stands in every file that is taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from foresail.web.sheets.blocks import Rest
from foresail.web.sheets.desk import Desk

SHOWN = 50
WHOLE = "whole"
"""The choice of a page that holds which of its tables are shown whole."""
BETWEEN = "|"

Some = TypeVar("Some")


def rest_of(desk: Desk, id: str, count: int) -> Rest | None:
    """What is to be said below a table of so many rows; nothing where all of them stand there.

    Whoever has no way to ask for the others sees all of them.
    """
    if count <= SHOWN or desk.form:
        return None
    whole = {each for each in desk.options.get(WHOLE, "").split(BETWEEN) if each}
    url = desk.url(**{WHOLE: BETWEEN.join(sorted(whole ^ {id}))})
    return Rest(count, SHOWN, url, is_shown=id in whole) if url else None


def first(rows: Sequence[Some], rest: Rest | None) -> Sequence[Some]:
    """Those of a table's rows that are shown."""
    return rows if rest is None or rest.is_shown else rows[: rest.first]
