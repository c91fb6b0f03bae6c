"""The rows that left a table, and those that came to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moved:
    """The tables of the rows that left a table and of those that came; empty where none did."""

    gone: str
    new: str

    def rows(self) -> str:
        """The query for all of them."""
        return " union all by name ".join(f"from {each}" for each in (self.gone, self.new) if each)
