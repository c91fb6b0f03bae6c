"""The rows that left and came to tables, and to which facts that matters."""

from __future__ import annotations

import duckdb

from foresail.facts.making.makings import Making, Plan
from foresail.facts.making.moved import Moved


class Moves:
    """What is known of the rows that moved, table by table."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, plan: Plan, moved: dict[str, Moved]
    ) -> None:
        self._cursor = cursor
        self._plan = plan
        self._moved = moved
        self._met: dict[str, set[str]] = {}
        """The conditions that at least one of the rows meets, by table."""

    def add(self, table: str, moved: Moved) -> None:
        """Say which rows of a further table moved."""
        self._moved[table] = moved

    def matter(self, table: str, making: Making) -> bool:
        """Whether the change of a table matters to a fact: whether it looks at a row that moved.

        It does where that is not known.
        """
        if table not in self._moved or table not in making.conditions:
            return True
        if table not in self._met:
            self._met[table] = self._conditions_met(table)
        return not making.conditions[table].isdisjoint(self._met[table])

    def _conditions_met(self, table: str) -> set[str]:
        """Of all conditions on rows of a table those that a row meets which left or came."""
        every = (each.conditions.get(table, ()) for each in self._plan.makings.values())
        asked = sorted({text for each in every for text in each})
        tests = ", ".join(f"coalesce(bool_or({text}), false)" for text in asked)
        rows = self._moved[table].rows()
        found = self._cursor.execute(f"select {tests} from ({rows})").fetchone()
        assert found is not None
        return {text for text, is_met in zip(asked, found, strict=True) if is_met}
