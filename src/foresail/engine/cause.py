"""What must be in the data for a number to leave something out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """One way in which rows are left out: `sql` counts them.

    There are none unless some row of the fact's table has the `column` as `has` says: `known`,
    `unknown`, or `late`, after the as-of instant. Without a column there is no telling beforehand.
    """

    kind: str
    sql: str
    table: str = ""
    column: str = ""
    has: str = ""
