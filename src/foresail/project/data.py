"""What one state of the data holds, found out once for all questions that are put to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

import duckdb

from foresail.catalogue.catalogue import Catalogue
from foresail.core.dimensions import DIMENSIONS
from foresail.core.measures import Need, measures
from foresail.engine.cause import Gap
from foresail.engine.sessions import Session
from foresail.health.answering import Lacks, lacks
from foresail.project.order import Places, places
from foresail.project.remembering import Remembered

Found = TypeVar("Found")
HAS = {"known": "is not null", "unknown": "is null", "any": "<> 0"}
Names = Mapping[str, Mapping[str, str]]


class Data:
    """One state of the data: `version` names it, unless it was changing when it was looked at.

    Where it `has_rollups`, they may answer in place of the facts.
    """

    def __init__(self, session: Session, remembered: Remembered, *, has_rollups: bool = False):
        self.session = session
        self.has_rollups = has_rollups
        self.cursor = session.cursor
        self.version = session.version
        self._remembered = remembered

    def now(self) -> dt.datetime:
        """The present instant in UTC, which questions of the same minute share.

        So what is found out as of now for one of them holds for the others.
        """
        present = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        return self.once(("now", present.isoformat(timespec="minutes")), lambda: present)

    def first_day(self) -> dt.date | None:
        """The first day of which anything is recorded."""
        return self.once("first day", self._first_day)

    def missing(self, catalogue: Catalogue) -> frozenset[str]:
        """What measures need and these data lack: a table, a column never filled, a value."""
        return self.once("missing", lambda: self._missing(catalogue))

    def with_targets(self) -> frozenset[str]:
        """The KPIs for which somebody set a target."""
        found = "select distinct kpi from fact.quota_day"
        return self.once("with targets", lambda: frozenset(self._column(found)))

    def names(self) -> Names:
        """What people see in place of ids: per canonical table the names by id."""
        return self.once("names", self._names)

    def places(self) -> Places:
        """Where each stage stands among the others."""
        return self.once("places", self._places)

    def lacks(self) -> Lacks:
        """What the rows of each table lack, by table and column."""
        return self.once("lacks", lambda: lacks(self.cursor))

    def has_losses(self) -> bool:
        """Whether any opportunity was ever lost."""
        lost = "select 1 from fact.opportunity_state where state = 'lost' limit 1"
        return self.once("losses", lambda: bool(self._column(lost)))

    def has_history(self) -> bool:
        """Whether changes of opportunities are recorded."""
        changes = "select 1 from fact.filled where table_name = 'opportunity_change' limit 1"
        return self.once("history", lambda: bool(self._column(changes)))

    def has_cause(
        self, gap: Gap, as_of: dt.datetime, reps: Collection[str | None] | None = None
    ) -> bool:
        """Whether any row of the data, or of some reps, may be left out in some way."""
        if not gap.has:
            return True
        if reps is not None and gap.owner and gap.has in HAS:
            whose = ("cause", gap.table, gap.column, gap.has, gap.owner)
            return not self.once(whose, lambda: self._owners(gap)).isdisjoint(reps)
        key = ("cause", gap.table, gap.column, gap.has)
        if gap.has == "late":
            latest = self.once(key, lambda: self._latest(gap.table, gap.column))
            return latest is not None and latest > as_of
        return self.once(key, lambda: self._has(gap))

    def knows(self, what: Hashable) -> bool:
        """Whether something was found out about this state already."""
        return self._remembered.find(self.version, what) is not None

    def once(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """What was found out about this state under a name, looked for now if nobody did."""
        return self._remembered.get(self.version, what, lambda: (find(),))[0]

    def _first_day(self) -> dt.date | None:
        found = self.cursor.execute("select first_on from fact.span").fetchone()
        return found[0] if found else None

    def _missing(self, catalogue: Catalogue) -> frozenset[str]:
        filled = {
            Need(table, "" if column == "*" else column, value or "")
            for table, column, value in self.cursor.execute(
                "select table_name, column_name, value from fact.filled"
            ).fetchall()
        }
        known = catalogue.known.values()
        found = {measure for each in known for measure in measures(each)}
        needed = {need for each in found for need in each.needed_by(each.split_needs)}
        return frozenset(str(need) for need in needed if not need.is_met(filled))

    def _latest(self, table: str, column: str) -> dt.datetime | None:
        found = self.cursor.sql(f"from fact.{table}").aggregate(f"max({column})").fetchone()
        return found[0] if found else None

    def _has(self, gap: Gap) -> bool:
        return self._with_cause(gap).limit(1).fetchone() is not None

    def _owners(self, gap: Gap) -> frozenset[str | None]:
        """The reps whom rows that may be left out are credited to."""
        return frozenset(row[0] for row in self._with_cause(gap).unique(gap.owner).fetchall())

    def _with_cause(self, gap: Gap) -> duckdb.DuckDBPyRelation:
        rows = self.cursor.sql(f"from fact.{gap.table}")
        return rows.filter(f"{gap.column} {HAS[gap.has]}")

    def _names(self) -> Names:
        tables = {each.names for each in DIMENSIONS.values() if each.names}
        return {table: dict(self._names_in(table)) for table in tables}

    def _names_in(self, table: str) -> list[tuple[str, str]]:
        rows = self.cursor.table(f"canonical.{table}").project(f"{table}_id, name")
        return rows.filter("name is not null").fetchall()

    def _places(self) -> Places:
        stages = "select pipeline, stage, position, kind from canonical.stage"
        return places(self.cursor.execute(stages).fetchall())

    def _column(self, query: str) -> list[Any]:
        return [row[0] for row in self.cursor.execute(query).fetchall()]
