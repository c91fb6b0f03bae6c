"""Facts that follow a change of a few records, in place of being made anew.

Most facts tell of one record and of those that it hangs together with. They are made by the same
plan from these records' rows alone, and put in place of what was told of them before. What tells
of everything at once is made anew where what it is made of has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import duckdb

from foresail.facts.making import rollups
from foresail.facts.making.statement import Statement
from foresail.facts.making.together import TOGETHER, find_together, is_one_of, kinds_of
from foresail.model import TABLES
from foresail.model.links import LINKING, links
from foresail.warehouse.changes import Changes

OF_EVERYTHING = frozenset(
    f"fact.{name}"
    for name in (
        "role",
        "subscription_row",
        "spell",
        "customer_spell",
        "customer_state",
        "customer_price",
        "customer_mrr",
        "own_sale",
        "span",
        "key_earned",
        "key_month",
        "key_account",
        "social_span",
        "service",
        "ramp_sale",
        "filled",
        "lacking",
    )
)
"""Facts of which a row may depend on records that hang together in no way."""

NEVER_UNKNOWN = ("activity_id", "opportunity_id", "lead_id")
"""Where a fact has one of these, the first of them says alone whom a row is about."""

WITHOUT_DEAL = frozenset({"fact.recognised"})
"""Facts of which a row may name no deal although others do."""

OF_TODAY = "fact.day"
"""It depends on the day on which it is made."""

BEFORE = "temp.told_before"
NAMED = re.compile(r'"(canonical|fact)"\."(\w+)"')
MADE = re.compile(r'^create or replace table fact\."(\w+)"')
DROPPED = re.compile(r'^drop table fact\."(\w+)"')
LINKED = frozenset(f"canonical.{name}" for name, table in TABLES.items() if links(table))


@dataclass(frozen=True)
class Making:
    """The statements that make one fact, and what they read; `is_step` where it goes in the end."""

    table: str
    statements: tuple[Statement, ...]
    reads: frozenset[str]
    is_step: bool


class Plan:
    """The statements of all facts, fact by fact."""

    def __init__(self, statements: Iterable[Statement]):
        found: dict[str, list[Statement]] = {}
        steps = set()
        for each in statements:
            if dropped := DROPPED.match(each.sql):
                steps.add(f"fact.{dropped[1]}")
            else:
                found.setdefault(each.table, []).append(each)
        self.makings = {
            table: Making(table, tuple(each), _reads(each) - {table}, table in steps)
            for table, each in found.items()
        }

    @cached_property
    def local(self) -> frozenset[str]:
        """The facts whose rows depend on records that hang together, and on nobody's."""
        found: set[str] = set()
        for each in self.makings.values():
            if each.table not in OF_EVERYTHING | rollups.TABLES and each.reads & (LINKED | found):
                found.add(each.table)
        return frozenset(found)

    @cached_property
    def read_by_local(self) -> frozenset[str]:
        """What local facts are made of besides records: stages, roles, rates, ..."""
        read = {name for table in self.local for name in self.makings[table].reads}
        return frozenset(read - self.local - LINKED)


def _reads(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset(
        f"{schema}.{name}" for each in statements for schema, name in NAMED.findall(each.sql)
    )


def follow(
    cursor: duckdb.DuckDBPyConnection, statements: Iterable[Statement], changes: Changes
) -> bool:
    """Bring all facts after the changes of a transaction, within it.

    False where they have to be made anew: what is done until then does no harm to that.
    """
    plan = Plan(statements)
    changed = {f"canonical.{name}" for name in changes.tables}
    if changes.is_whole or changed & plan.read_by_local or not find_together(cursor, changes.many):
        return False
    follower = Follower(cursor, plan, changed)
    is_done = follower.follow()
    follower.clear()
    return is_done


class Follower:
    """Facts on their way after a change: `changed` names the tables that are different by now."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, plan: Plan, changed: set[str]):
        self.cursor = cursor
        self.plan = plan
        self.changed = changed
        self.kinds = kinds_of(cursor, TOGETHER)
        self.parts: dict[str, bool] = {}
        """The tables of which there is a part: whether it has rows."""
        self.steps: list[str] = []

    def follow(self) -> bool:
        """Bring fact after fact; false where what local facts are made of is different."""
        for each in self.plan.makings.values():
            if not (each.reads & self.changed or each.table == OF_TODAY):
                continue
            if each.table in rollups.TABLES:
                continue
            if each.table in self.plan.local:
                self._make_part(each)
                if each.is_step or self._put_in_place(each.table):
                    self.changed.add(each.table)
            elif self._make_anew(each):
                self.changed.add(each.table)
                if each.table in self.plan.read_by_local:
                    return False
        rollups.compact(self.cursor)
        return True

    def clear(self) -> None:
        """Drop what was made on the way."""
        for name in self.parts:
            self.cursor.execute(f"drop table {part(name)}")
        for name in self.steps:
            self.cursor.execute(f"drop table {name}")
        self.cursor.execute(f"drop table {TOGETHER}")

    def _make_part(self, making: Making) -> None:
        """Make the part of a local fact that tells of the changed records."""
        self._need(making.reads)
        for each in making.statements:
            empty = {name for name, has_rows in self.parts.items() if not has_rows}
            text = each.sql if each.has_rows(empty) else each.empty
            made = self.cursor.execute(self._of_part(text)).fetchone()
            self.parts[making.table] = each.has_rows(empty) and made != (0,)

    def _need(self, names: Iterable[str]) -> None:
        """See to it that there are the parts of some tables."""
        for name in sorted(names):
            if name in self.parts or name not in self.plan.local | LINKED:
                continue
            making = self.plan.makings.get(name)
            if making and making.is_step:
                self._make_part(making)
                continue
            made = self.cursor.execute(
                f"create temp table {part(name)} as from {name} where {self._is_together(name)}"
            ).fetchone()
            self.parts[name] = made != (0,)

    def _of_part(self, sql: str) -> str:
        """A statement about the part of each table that has one."""
        return NAMED.sub(self._named, MADE.sub(_made, sql))

    def _named(self, found: re.Match[str]) -> str:
        name = f"{found[1]}.{found[2]}"
        return part(name) if name in self.plan.local | LINKED else found[0]

    def _put_in_place(self, table: str) -> bool:
        """Put the part of a fact in the place of what was told of the same records before.

        False where that is the same.
        """
        self.cursor.execute(
            f"create or replace temp table {BEFORE} as from {table} "
            f"where {self._is_together(table)}"
        )
        is_other = self._fingerprint(BEFORE) != self._fingerprint(part(table))
        if is_other:
            self.cursor.execute(f"delete from {table} where {self._is_together(table)}")
            self.cursor.execute(f"insert into {table} from {part(table)}")
            rollups.changed(self.cursor, table.removeprefix("fact."), BEFORE, part(table))
        self.cursor.execute(f"drop table {BEFORE}")
        return is_other

    def _is_together(self, table: str) -> str:
        """The condition that a row of a table tells of one of the records."""
        schema, _, name = table.partition(".")
        if schema == "canonical":
            # Of records that others belong to, all that are to be found are known by their own id.
            own = {f"{name}_id": name} if name in LINKING else links(TABLES[name])
            return is_one_of(own, TOGETHER, self.kinds)
        found = {column for column, *_ in self.cursor.execute(f"describe {table}").fetchall()}
        columns = {f"{kind}_id": kind for kind in LINKING if f"{kind}_id" in found}
        if table not in WITHOUT_DEAL:
            always = (each for each in NEVER_UNKNOWN if each in columns)
            columns = {name: columns[name] for name in [*always][:1]} or columns
        return is_one_of(columns, TOGETHER, self.kinds)

    def _make_anew(self, making: Making) -> bool:
        """Make a fact of everything; whether it is different."""
        is_read = any(making.table in each.reads for each in self.plan.makings.values())
        before = None if making.is_step or not is_read else self._fingerprint(making.table)
        for name in making.reads:
            if name in self.plan.makings and self.plan.makings[name].is_step:
                self._need_step(name)
        for each in making.statements:
            self.cursor.execute(each.sql)
        if making.is_step:
            self.steps.append(making.table)
        return before is None or before != self._fingerprint(making.table)

    def _need_step(self, name: str) -> None:
        """See to it that there is a step on the way to a fact of everything."""
        if name not in self.steps:
            self._make_anew(self.plan.makings[name])

    def _fingerprint(self, rows: str) -> object:
        """The same for the same rows of a table or query, in whatever order."""
        return self.cursor.execute(
            f"select count(*), sum(hash(told)::hugeint) from {rows} as told"
        ).fetchone()


def _made(found: re.Match[str]) -> str:
    return f"create or replace temp table {part('fact.' + found[1])}"


def part(name: str) -> str:
    """The table that holds a part of another one."""
    return f"temp.part_{name.replace('.', '_')}"
