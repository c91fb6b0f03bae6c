"""The history of a record, told to whoever may see it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from foresail.core.errors import QuestionError, nearest
from foresail.core.scope import Kind, Scope
from foresail.engine.sight import PEOPLE_TABLE
from foresail.project.asking import instant
from foresail.project.history.queries import COLUMNS, KINDS, Queries
from foresail.project.history.results import Event, History
from foresail.project.reading import Reader
from foresail.project.within import people_of
from foresail.warehouse import Settings

SOMEBODY, NOBODY = "somebody", "nobody"
OF_REP = " rep"
IN_SIGHT = """
select 1 from ({hands}) h(rep, since_on, until_on)
left join fact.role r on r.rep_id = h.rep and r.since_on < h.until_on and r.until_on > h.since_on
join asked_scope s on s.scope_rep = h.rep and s.scope_manager is not distinct from r.manager
  and s.scope_since_on < coalesce(least(h.until_on, r.until_on), h.until_on)
  and s.scope_until_on > coalesce(greatest(h.since_on, r.since_on), h.since_on)
limit 1
"""
"""Whether somebody owned the record, or acted on it, while whoever asks could see that."""


def history_of(
    reader: Reader, settings: Settings, scope: Scope, kind: str, record_id: str, as_of: str | None
) -> History:
    """The history of one record, as of an instant.

    Errors: `QuestionError` when there is no such record, or none that may be seen.
    """
    if kind not in KINDS:
        raise QuestionError(
            f"There is no kind of record {kind}.{nearest(kind, KINDS)} "
            f"There are: {', '.join(KINDS)}."
        )
    telling = _Telling(reader, settings, scope, kind, record_id, instant(as_of, settings))
    found = telling.history() if telling.may_be_opened() else None
    if found is None:
        raise QuestionError(f"There is no {kind} {record_id} that you may see.")
    return found


@dataclass(frozen=True)
class _Telling:
    """One record's history while it is read."""

    reader: Reader
    settings: Settings
    scope: Scope
    kind: str
    asked_id: str
    as_of: dt.datetime

    @property
    def queries(self) -> Queries:
        return KINDS[self.kind]

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """What queries may refer to."""
        local = self.as_of.replace(tzinfo=dt.UTC).astimezone(self.settings.tzinfo)
        record, ids = self._ids()
        return {
            "id": record,
            "ids": ids,
            "kind": self.kind,
            "as_of": self.as_of,
            "today": local.date(),
            "currency": self.settings.currency,
        }

    def _ids(self) -> tuple[str, list[str]]:
        """The record, or the one it was merged into; and all that were merged into that."""
        if not self.queries.merged:
            return self.asked_id, [self.asked_id]
        table = f"fact.{self.queries.merged}_merge"
        key = f"{self.queries.merged}_id"
        cursor = self.reader.cursor
        found = cursor.execute(
            f"select survivor from {table} where {key} = ?",
            [self.asked_id],
        ).fetchone()
        record = found[0] if found else self.asked_id
        merged = cursor.execute(
            f"select {key} from {table} where survivor = ?",
            [record],
        ).fetchall()
        return record, [record, *(row[0] for row in merged)]

    def may_be_opened(self) -> bool:
        """Whether whoever asks may see the record, if there is one."""
        if self.scope.kind is Kind.SUMS:
            return False
        if self.kind == "rep" and self.settings.privacy.works_council:
            return self.asked_id == self.scope.rep
        if self.scope.is_everything:
            return True
        people = people_of(self.reader.data, self.settings, self.scope)
        in_sight = IN_SIGHT.format(hands=self.queries.hands)
        return bool(self._rows(in_sight, {PEOPLE_TABLE: people})[1])

    def history(self) -> History | None:
        """The history; None where there is no such record."""
        (_, *labels), rows = self._rows(self.queries.head)
        if not rows:
            return None
        title, *values = rows[0]
        fields = tuple(
            (label.removesuffix(OF_REP), self._told(label, value))
            for label, value in zip(labels, values, strict=True)
            if value is not None
        )
        events = [each for query in self.queries.events for each in self._events(query)]
        return History(
            kind=self.kind,
            record_id=self.parameters["id"],
            title=str(title),
            fields=fields,
            events=tuple(sorted(events, key=lambda each: (each.at is not None, each.at))),
            as_of=self.as_of,
            zone=self.settings.zone,
        )

    def _told(self, label: str, value: Any) -> str:
        """A field as people read it."""
        return self._name(value) or SOMEBODY if label.endswith(OF_REP) else str(value)

    def _events(self, query: str) -> list[Event]:
        _, rows = self._rows(query)
        return [self._event(dict(zip(COLUMNS, row, strict=True))) for row in rows]

    def _event(self, row: dict[str, Any]) -> Event:
        at, who = row["at"], row["who"]
        is_told = self._is_told(who)
        names = {name: self._name(row[name]) or SOMEBODY for name in ("old", "new") if row[name]}
        what = row["what"]
        for name in ("old", "new"):
            what = what.replace(f"{{{name}}}", names.get(name, NOBODY))
        return Event(
            at=at,
            on=self._day(at, is_day=bool(row["is_day"])),
            is_day=bool(row["is_day"]),
            kind=row["kind"],
            what=what,
            who=self._name(who),
            who_id=who if is_told else None,
            note=row["note"],
            url=row["url"],
            of=(row["of_kind"], row["of_id"]) if row["of_id"] else None,
        )

    def _day(self, at: dt.datetime | None, *, is_day: bool) -> dt.date | None:
        """The local day of an instant; where only the day is known, that day."""
        if at is None:
            return None
        if is_day and at.time() == dt.time():
            return at.date()
        return at.replace(tzinfo=dt.UTC).astimezone(self.settings.tzinfo).date()

    def _is_told(self, rep: str | None) -> bool:
        """Whether it may be said who did something."""
        return not self.settings.privacy.works_council or rep == self.scope.rep

    def _name(self, rep: str | None) -> str | None:
        """What a rep is called, where that may be said."""
        if rep is None or not self._is_told(rep):
            return None
        return self.reader.data.names()["rep"].get(rep, rep)

    def _rows(
        self, query: str, asked: Mapping[str, pa.Table] | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of a query's columns, and its rows."""
        used = set(re.findall(r"\$(\w+)", query))
        values = {name: self.parameters[name] for name in used}
        found = self.reader.session.execute(query, asked or {}, values)
        return [each[0] for each in found.description or ()], found.fetchall()
