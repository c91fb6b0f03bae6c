"""The way from changed records to the facts that follow them, the same for every engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

import duckdb

from foresail.facts.making import rollups
from foresail.facts.making.emptiness import Emptiness
from foresail.facts.making.fitting import is_of_today
from foresail.facts.making.following.moves import Moves
from foresail.facts.making.makings import LINKED, MOVING, OF_TODAY, Making, Plan
from foresail.facts.making.moved import Moved
from foresail.facts.making.statement import Statement


class Walk(ABC):
    """Facts on their way after a change of records, which hang together with others.

    The cursor, of DuckDB for whatever engine, knows `fact.made_with`, the tallies, and the rows
    that moved. An engine says how the part of a table is made that tells of the records together,
    and how it takes its place.
    """

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, plan: Plan, moved: Mapping[str, Moved]
    ) -> None:
        self.cursor = cursor
        self.plan = plan
        self.moved = {**moved}
        """The rows that moved, of tables of which they are known."""
        self.changed = set(moved)
        """The tables that are different by now."""
        self.parts: dict[str, int] = {}
        """The tables of which there is a part: how many rows it has."""
        self.steps: set[str] = set()
        """Steps on the way to facts of everything that are there."""
        self.moves = Moves(cursor, plan, self.moved)

    def follow(self) -> bool:
        """Bring fact after fact; false where what local facts are made of is different."""
        is_another_day = not is_of_today(self.cursor)
        for each in self.plan.makings.values():
            if each.table in rollups.TABLES:
                continue
            is_due = any(self.moves.matter(name, each) for name in each.reads & self.changed)
            if each.table == OF_TODAY and is_another_day:
                is_due = True
            if is_due and self._bring(each):
                self.changed.add(each.table)
                if each.table in self.plan.beside:
                    return False
        self.end(is_another_day=is_another_day)
        return True

    @abstractmethod
    def end(self, *, is_another_day: bool) -> None:
        """Let go of steps, and see to the rollups and the day that the facts are of."""

    @abstractmethod
    def make_part(self, statement: Statement) -> int:
        """Make the part of a fact from the parts of what it reads; the number of its rows."""

    @abstractmethod
    def make_empty_part(self, statement: Statement) -> None:
        """Make the part of a fact, which has no rows."""

    @abstractmethod
    def take_part(self, table: str) -> int:
        """Take the part of a table from the rows that it has; the number of its rows."""

    @abstractmethod
    def place(self, making: Making) -> Moved | None:
        """Put the part of a fact in place of what was told before; the rows that moved, if any."""

    @abstractmethod
    def make(self, making: Making) -> None:
        """Make a fact, or a step, from all there is."""

    @abstractmethod
    def fingerprint(self, table: str) -> object:
        """The same for the same rows of a table, in whatever order."""

    def move(self, table: str) -> bool:
        """Bring a fact after the records that moved; whether others have to be made anew for it."""
        return MOVING[table].move(self.cursor, self.moved)

    def _bring(self, making: Making) -> bool:
        """Bring one fact after what it is made of; whether it is different."""
        if making.table in MOVING:
            return self.move(making.table)
        is_local = making.table in self.plan.local
        if not is_local or self.plan.beside_of(making.table) & self.changed:
            return self._make_anew(making)
        self.make_parts(making)
        if making.is_step:
            return True
        moved = self.place(making)
        if moved:
            self.moved[making.table] = moved
        return moved is not None

    def make_parts(self, making: Making) -> None:
        """Make the part of a local fact that tells of the records together, and what it needs."""
        for each in making.statements:
            if self._has_no_rows(each.emptiness):
                self.make_empty_part(each)
                self.parts[making.table] = 0
                continue
            for name in sorted(making.reads):
                self.need(name)
            self.parts[making.table] = self.make_part(each)

    def _has_no_rows(self, found: Emptiness) -> bool:
        """Whether a query has no rows for what its parts lack; looks at no more than it has to."""
        if found is None:
            return False
        if isinstance(found, str):
            self.need(found)
            return self.parts.get(found) == 0
        kind, *several = found
        return (any if kind == "any" else all)(map(self._has_no_rows, several))

    def need(self, name: str) -> None:
        """See to it that there is the part of a table, if it has any."""
        if name in self.parts or name not in self.plan.local | LINKED:
            return
        making = self.plan.makings.get(name)
        if making and making.is_step:
            self.make_parts(making)
            return
        self.parts[name] = self.take_part(name)

    def _make_anew(self, making: Making) -> bool:
        """Make a fact of everything; whether it is different."""
        is_read = any(making.table in each.reads for each in self.plan.makings.values())
        before = None if making.is_step or not is_read else self.fingerprint(making.table)
        for name in sorted(making.reads):
            step = self.plan.makings.get(name)
            if step and step.is_step and name not in self.steps:
                self._make_anew(step)
        self.make(making)
        if making.is_step:
            self.steps.add(making.table)
        return before is None or before != self.fingerprint(making.table)
