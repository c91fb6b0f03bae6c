"""Facts that follow a change of a few records, in place of being made anew.

Most facts tell of one record and of those that it hangs together with. They are made by the same
plan from these records' rows alone, and put in place of what was told of them before. What tells
of everything at once is made anew where what it is made of has changed.
"""

from __future__ import annotations

import re

import duckdb

from foresail.facts.making import rollups
from foresail.facts.making.emptiness import Emptiness
from foresail.facts.making.fitting import MADE_ON
from foresail.facts.making.following.moves import Moves
from foresail.facts.making.following.placing import PLACES, Moved, put_in_place
from foresail.facts.making.following.sought import Sought
from foresail.facts.making.following.together import JOINING, find_together, rows_met
from foresail.facts.making.makings import LINKED, NAMES, OF_TODAY, TALLIES, Making, Plan
from foresail.model import TABLES
from foresail.model.links import LINKING, links
from foresail.warehouse.changes import Changes

MADE = re.compile(r'^create or replace table fact\."(\w+)"')


def follow(cursor: duckdb.DuckDBPyConnection, plan: Plan, changes: Changes) -> bool:
    """Bring all facts after the changes of a transaction, within it.

    False where they have to be made anew: what is done until then does no harm to that. What is
    held in temporary tables on the way goes with the cursor.
    """
    if changes.is_whole or plan.beside & {f"canonical.{name}" for name in changes.tables}:
        return False
    together = find_together(cursor, changes.many)
    return together is not None and Follower(cursor, plan, changes, together).follow()


class Follower:
    """Facts on their way after a change of records, which hang together with others."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, plan: Plan, changes: Changes, together: Sought
    ):
        self.cursor = cursor
        self.plan = plan
        self.changes = changes
        self.together = together
        self.changed = {f"canonical.{name}" for name in changes.tables}
        """The tables that are different by now."""
        self.parts: dict[str, int] = {}
        """The tables of which there is a part: how many rows it has."""
        self.steps: set[str] = set()
        """Steps on the way to facts of everything that are there."""
        self.moves = Moves(
            cursor,
            plan,
            {
                f"canonical.{name}": Moved(changes.gone(name), changes.new(name))
                for name in changes.tables
            },
        )

    def follow(self) -> bool:
        """Bring fact after fact; false where what local facts are made of is different."""
        is_another_day = self._is_another_day()
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
        for name in self.steps:
            self.cursor.execute(f"drop table {name}")
        if is_another_day:
            self.cursor.execute(f"update fact.made_with set {MADE_ON} = now()::date")
        rollups.compact(self.cursor)
        return True

    def _bring(self, making: Making) -> bool:
        """Bring one fact after what it is made of; whether it is different."""
        if tally := TALLIES.get(making.table):
            return tally.move(self.cursor, self.changes)
        is_local = making.table in self.plan.local
        if not is_local or self.plan.beside_of(making.table) & self.changed:
            return self._make_anew(making)
        self._make_part(making)
        if making.is_step:
            return True
        places, made = self._places(making.table), self.parts[making.table]
        moved = put_in_place(self.cursor, making.table, places, part(making.table), made)
        if moved:
            self.moves.add(making.table, moved)
        return moved is not None

    def _make_part(self, making: Making) -> None:
        """Make the part of a local fact that tells of the changed records."""
        for each in making.statements:
            if self._has_no_rows(each.emptiness):
                self.cursor.execute(self._of_part(each.empty))
                self.parts[making.table] = 0
                continue
            for name in sorted(making.reads):
                self._need(name)
            self.parts[making.table] = self._count(self._of_part(each.sql))

    def _has_no_rows(self, found: Emptiness) -> bool:
        """Whether a query has no rows for what its parts lack; looks at no more than it has to."""
        if found is None:
            return False
        if isinstance(found, str):
            self._need(found)
            return self.parts.get(found) == 0
        kind, *several = found
        return (any if kind == "any" else all)(map(self._has_no_rows, several))

    def _need(self, name: str) -> None:
        """See to it that there is the part of a table, if it has any."""
        if name in self.parts or name not in self.plan.local | LINKED:
            return
        making = self.plan.makings.get(name)
        if making and making.is_step:
            self._make_part(making)
            return
        self.cursor.execute(f"create or replace temp table {PLACES} as {self._places(name)}")
        self.parts[name] = self._count(
            f"create temp table {part(name)} as from {name} where rowid in (from {PLACES})"
        )

    def _of_part(self, sql: str) -> str:
        """A statement about the part of each table that has one."""
        return NAMES.sub(self._named, MADE.sub(_made, sql))

    def _named(self, found: re.Match[str]) -> str:
        name = f"{found[1]}.{found[2]}"
        return part(name) if name in self.plan.local | LINKED else found[0]

    def _places(self, table: str) -> str:
        """The query for the row ids of a table's rows that tell of one of the records."""
        schema, _, name = table.partition(".")
        if schema == "fact":
            return self.together.rows(table, self.plan.makings[table].records)
        if name in JOINING:
            return rows_met(name)
        own = {f"{name}_id": name} if name in LINKING else links(TABLES[name])
        return self.together.rows(table, own)

    def _make_anew(self, making: Making) -> bool:
        """Make a fact of everything; whether it is different."""
        is_read = any(making.table in each.reads for each in self.plan.makings.values())
        before = None if making.is_step or not is_read else self._fingerprint(making.table)
        for name in making.reads:
            step = self.plan.makings.get(name)
            if step and step.is_step and name not in self.steps:
                self._make_anew(step)
        for each in making.statements:
            self.cursor.execute(each.sql)
        if making.is_step:
            self.steps.add(making.table)
        return before is None or before != self._fingerprint(making.table)

    def _fingerprint(self, table: str) -> object:
        """The same for the same rows of a table, in whatever order."""
        return self.cursor.execute(
            f"select count(*), sum(hash(told)::hugeint) from {table} as told"
        ).fetchone()

    def _is_another_day(self) -> bool:
        """Whether a day has begun since the facts were brought up to one."""
        found = self.cursor.execute(
            f"select {MADE_ON} is distinct from now()::date from fact.made_with"
        ).fetchone()
        return found != (False,)

    def _count(self, sql: str) -> int:
        """The number of rows that a statement makes a table of."""
        found = self.cursor.execute(sql).fetchone()
        return found[0] if found else 0


def _made(found: re.Match[str]) -> str:
    return f"create or replace temp table {part('fact.' + found[1])}"


def part(name: str) -> str:
    """The table that holds a part of another one."""
    return f"temp.part_{name.replace('.', '_')}"
