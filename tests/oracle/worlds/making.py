"""The rows of a random world made so far, and how to make more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

Row = dict[str, Any]
# Ends of months, quarters and years, the changes of the clock, holidays, and days between them.
DAYS_OF_MONTH = {
    (2025, 12): (31,),
    (2026, 1): (1, 30, 31),
    (2026, 2): (1, 6, 16, 28),
    (2026, 3): (1, 7, 8, 9, 12, 16, 18, 20, 28, 29, 30, 31),
    (2026, 4): (1, 3, 4, 5, 6, 14, 30),
    (2026, 5): (1,),
}
DAYS = tuple(dt.date(*month, day) for month, days in DAYS_OF_MONTH.items() for day in days)
TIMES = ("00:00:00", "00:00:01", "02:30:00", "09:00:00", "12:00:00", "17:30:00", "23:59:59")
REPS = ("ann", "bob", "cid", "eve")
MILLISECOND = dt.timedelta(milliseconds=1)


@dataclass
class Making:
    """The rows made so far, and how to make more."""

    draw: Callable[..., Any]
    zone: ZoneInfo
    rows: dict[str, list[Row]] = field(default_factory=dict)
    taken: set[dt.datetime] = field(default_factory=set)

    def one(self, values: Sequence[Any]) -> Any:
        """One of some values; the first is the simplest."""
        return self.draw(st.sampled_from(values))

    def chance(self, one_in: int = 2) -> bool:
        """True once in so many times."""
        return bool(self.draw(st.integers(0, one_in - 1)) == one_in - 1)

    def maybe(self, values: Sequence[Any], one_in: int = 4) -> Any:
        """One of some values, or nothing once in so many times."""
        return None if self.chance(one_in) else self.one(values)

    def day(self, first: dt.date = DAYS[0]) -> dt.date:
        """A day of the pool, not before another."""
        return dt.date.fromisoformat(
            str(self.one([day for day in DAYS if day >= first] or [first]))
        )

    def at(self, day: dt.date, dated: int = 0) -> str:
        """An instant of a day; a date without time once in `dated`."""
        if dated and self.chance(dated):
            return day.isoformat()
        local = dt.datetime.combine(day, dt.time.fromisoformat(self.one(TIMES)), self.zone)
        return self._untaken(local)

    def after(self, earlier: str, seconds: int) -> str:
        """An instant so many seconds after another; of a date, after its midnight."""
        start = dt.datetime.fromisoformat(earlier)
        if start.tzinfo is None:
            start = start.replace(tzinfo=self.zone)
        return self._untaken(start.astimezone(dt.UTC) + dt.timedelta(seconds=seconds))

    def _untaken(self, at: dt.datetime) -> str:
        """No two instants are equal, nor one to a date: nothing would say which is first."""
        instant = at.astimezone(dt.UTC)
        while instant in self.taken or instant.astimezone(self.zone).time() == dt.time():
            instant += MILLISECOND
        self.taken.add(instant)
        return instant.isoformat().replace("+00:00", "Z")

    def add(self, table: str, **values: Any) -> Row:
        """One more row; what is empty is left out."""
        row = {name: value for name, value in values.items() if value is not None}
        self.rows.setdefault(table, []).append(row)
        return row

    def ids(self, table: str) -> list[str]:
        """The ids of a table's rows so far."""
        return [row[f"{table}_id"] for row in self.rows.get(table, [])]

    def parent(self, table: str, one_in: int = 3) -> Any:
        """A row of a table, or nothing."""
        rows = self.rows.get(table)
        return self.maybe(rows, one_in) if rows else None

    def deleted(self) -> str | None:
        """When a record was deleted, which happens to one in ten."""
        return self.at(self.day()) if self.chance(10) else None
