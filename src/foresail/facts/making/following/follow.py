"""Facts that follow a change of a few records, in place of being made anew.

Most facts tell of one record and of those that it hangs together with. They are made by the same
plan from these records' rows alone, and put in place of what was told of them before. What tells
of everything at once is made anew where what it is made of has changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb

from foresail.facts.making import rollups
from foresail.facts.making.fitting import MADE_ON
from foresail.facts.making.following.placing import PLACES, put_in_place
from foresail.facts.making.following.sought import Sought
from foresail.facts.making.following.together import JOINING, find_together, rows_met
from foresail.facts.making.following.walk import Walk
from foresail.facts.making.makings import LINKED, NAMES, Making, Plan
from foresail.facts.making.moved import Moved
from foresail.facts.making.statement import Statement
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
    if together is None:
        return False
    moved = {
        f"canonical.{name}": Moved(changes.gone(name), changes.new(name)) for name in changes.tables
    }
    return Follower(cursor, plan, moved, together).follow()


class Follower(Walk):
    """Facts in DuckDB on their way after a change, inside its transaction."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        plan: Plan,
        moved: Mapping[str, Moved],
        together: Sought,
    ):
        super().__init__(cursor, plan, moved)
        self.together = together

    def end(self, *, is_another_day: bool) -> None:
        """Let go of steps, merge rollups, and say which day the facts are of."""
        for name in self.steps:
            self.cursor.execute(f"drop table {name}")
        if is_another_day:
            self.cursor.execute(f"update fact.made_with set {MADE_ON} = now()::date")
        rollups.compact(self.cursor)

    def make_part(self, statement: Statement) -> int:
        """Run the statement about the parts; the number of rows."""
        return self._count(self._of_part(statement.sql))

    def make_empty_part(self, statement: Statement) -> None:
        """Make the part without rows."""
        self.cursor.execute(self._of_part(statement.empty))

    def take_part(self, table: str) -> int:
        """Copy the rows of a table that tell of one of the records."""
        self.cursor.execute(f"create or replace temp table {PLACES} as {self._places(table)}")
        return self._count(
            f"create temp table {part(table)} as from {table} where rowid in (from {PLACES})"
        )

    def place(self, making: Making) -> Moved | None:
        """Move the rows of a fact that differ, and add the difference to its rollups."""
        name = making.table
        return put_in_place(self.cursor, name, self._places(name), part(name), self.parts[name])

    def make(self, making: Making) -> None:
        """Run the statements."""
        for each in making.statements:
            self.cursor.execute(each.sql)

    def fingerprint(self, table: str) -> object:
        """The number of rows, and the sum of their hashes."""
        return self.cursor.execute(
            f"select count(*), sum(hash(told)::hugeint) from {table} as told"
        ).fetchone()

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

    def _count(self, sql: str) -> int:
        """The number of rows that a statement makes a table of."""
        found = self.cursor.execute(sql).fetchone()
        return found[0] if found else 0


def _made(found: re.Match[str]) -> str:
    return f"create or replace temp table {part('fact.' + found[1])}"


def part(name: str) -> str:
    """The table that holds a part of another one."""
    return f"temp.part_{name.replace('.', '_')}"
