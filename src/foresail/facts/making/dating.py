"""By which column the rows of a fact lie in files of a month each.

Facts that lie by another one are made anew: it belongs to the declarations.
"""

from __future__ import annotations

import re

FIRST = ("occurred_on", "day", "touched_at", "requested_at", "occurred_at", "created_at", "since")
"""The column that dates a row, where a fact has one of these."""
LATER = frozenset({"deleted_at", "loaded_at", "booked_at", "expected_close_on"})
"""What happens to a row at another time than the rest of it."""
DATED = re.compile(r'"(\w+)" (?:DATE|TIMESTAMP)\b')


def dated_by(made: str) -> str:
    """The column that dates the rows of a table which a statement makes; empty where none does.

    >>> dated_by('create table fact."a" ("a_id" VARCHAR, "loaded_at" TIMESTAMP, "day" DATE)')
    'day'
    """
    columns = DATED.findall(made)
    others = [name for name in columns if name not in LATER]
    return next((name for name in FIRST if name in columns), next(iter(others), ""))
