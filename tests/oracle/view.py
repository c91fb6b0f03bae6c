"""What a question looks at: the world as of T, one window of it, and the lines that count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.calendar import MICROSECOND, WEEKDAYS, Window, day_of, first_instant, local_day
from tests.oracle.records import Moment, Rep, World


@dataclass(frozen=True)
class View:
    """A world as of T, looked at through one window; `dimensions` are those the question names."""

    world: World
    as_of: dt.datetime
    window: Window
    dimensions: frozenset[str] = frozenset()

    @property
    def starts_at(self) -> dt.datetime:
        """The window's first instant."""
        return first_instant(self.window.start, self.world.settings)

    @property
    def ends_at(self) -> dt.datetime:
        """The first instant after the window."""
        return first_instant(self.window.end, self.world.settings)

    @property
    def is_known(self) -> bool:
        """A window that begins after T answers '–'."""
        return self.starts_at <= self.as_of

    @property
    def is_running(self) -> bool:
        """Whether the window still runs at T; at its last instant it is finished."""
        return self.as_of < self.ends_at - MICROSECOND

    @property
    def stands_at(self) -> dt.datetime:
        """E: the earlier of T and the window's last instant."""
        return min(self.as_of, self.ends_at - MICROSECOND)

    @property
    def stands_on(self) -> dt.date:
        """The organisation's date at E."""
        return local_day(self.stands_at, self.world.settings)

    def covers(self, moment: Moment | None) -> bool:
        """Whether something that happened then is in the window and visible at T."""
        if moment is None:
            return self.window.is_all
        if moment.at > self.as_of:
            return False
        day = day_of(moment, self.world.settings)
        return self.window.is_all or self.window.start <= day < self.window.end

    def plans(self, moment: Moment | None) -> bool:
        """Whether something is dated in the window, be it to come."""
        if moment is None or self.window.is_all:
            return self.window.is_all
        return self.window.start <= day_of(moment, self.world.settings) < self.window.end

    def days_so_far(self) -> Iterator[dt.date]:
        """The window's days up to E."""
        return (day for day in self.window.days() if day <= self.stands_on)


@dataclass
class Line:
    """One record that counts: its worth (None: unknown) and what it is described by."""

    value: Any
    slice: dict[str, Any] = field(default_factory=dict)


Part = Callable[[View], list[Line]]
Fold = Callable[..., Any]


@dataclass(frozen=True)
class Kpi:
    """What a KPI counts, and how its parts make one number; `whole` folds see the view too."""

    fold: Fold
    parts: tuple[Part, ...]
    needs_view: bool = False


def exact(value: Any) -> Any:
    """A number without rounding."""
    return Fraction(value) if value is not None else None


def count(lines: list[Line]) -> int:
    """How many."""
    return len(lines)


def distinct(lines: list[Line]) -> int:
    """How many different things."""
    return len({line.value for line in lines})


def total(lines: list[Line]) -> Any:
    """The sum of what is known; unknown where every value is."""
    known = [exact(line.value) for line in lines if line.value is not None]
    return None if lines and not known else sum(known, Fraction(0))


def divided(numerator: Any, denominator: Any) -> Any:
    """A ratio; nothing divided by nothing is empty."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator) / Fraction(denominator)


def mean(lines: list[Line]) -> Any:
    """The mean of what is known."""
    known = [exact(line.value) for line in lines if line.value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def median(lines: list[Line]) -> Any:
    """The middle of what is known, half-way between the two middle ones."""
    known = sorted(exact(line.value) for line in lines if line.value is not None)
    if not known:
        return None
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def counted(part: Part) -> Kpi:
    """A count."""
    return Kpi(count, (part,))


def summed(part: Part) -> Kpi:
    """A sum."""
    return Kpi(total, (part,))


def ratio(numerator: Part, denominator: Part, fold: Fold = count, factor: int = 1) -> Kpi:
    """A ratio of two counts or sums."""

    def both(top: list[Line], bottom: list[Line]) -> Any:
        part = divided(fold(top), fold(bottom))
        return None if part is None else factor * part

    return Kpi(both, (numerator, denominator))


def clock(moment: Moment | None, world: World) -> dict[str, Any]:
    """The weekday and the hour of a moment; a date has no hour."""
    if moment is None:
        return {"weekday": None, "hour_of_day": None}
    local = moment.at.astimezone(world.settings.tz)
    hour = None if moment.is_date else local.hour
    return {"weekday": WEEKDAYS[local.weekday()], "hour_of_day": hour}


def everybody(world: World) -> list[Rep]:
    """Every rep: those described, and those whom records of work refer to.

    To own an account, or to be asked about in a survey, is no work.
    """
    known = {rep.rep_id: rep for rep in world.rep}
    named = [row.rep_id for row in world.activity]
    named += [row.rep_id for row in world.opportunity_split]
    named += [row.rep_id for row in world.absence]
    named += [row.rep_id for row in world.lead_assignment]
    named += [row.rep_id for row in world.rep_assignment]
    named += [row.owner_id for row in world.lead]
    named += [row.owner_id for row in world.opportunity]
    named += [row.sourced_by_id for row in world.opportunity]
    named += [row.owner_id for row in world.quota if row.owner_kind == "rep"]
    for change in world.opportunity_change:
        if change.field == "owner_id":
            named += [change.old_value or None, change.new_value or None]
    return [*world.rep, *(Rep(each) for each in dict.fromkeys(named) if each and each not in known)]
