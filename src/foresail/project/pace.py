"""Pace: what is done of what is due at the end of the day, held against the part of it worked.

Work is due in the evening, so nobody is behind in the morning: at each hour as much is expected as
the part of the working day that has passed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from foresail.core.errors import QuestionError
from foresail.warehouse import Settings
from foresail.warehouse.business_clock import share_of_day
from foresail.warehouse.working_days import WorkingDays

LOOK_AROUND = dt.timedelta(days=60)
SLACK = 0.1
AT_LEAST = 1.0


@dataclass(frozen=True)
class WorkDay:
    """The working day that an instant belongs to: its own, else the last one before it.

    `share` is how much of it has passed; `is_now` whether the instant lies on it; `next` is the
    working day after it.
    """

    day: dt.date
    share: float
    is_now: bool
    next: dt.date

    @property
    def is_over(self) -> bool:
        """Whether all of it has passed."""
        return self.share >= 1


def work_day(local: dt.datetime, settings: Settings) -> WorkDay:
    """The working day of a wall time.

    Errors: `QuestionError` when there is no working day for two months around.
    """
    today = local.date()
    working = WorkingDays(settings, today - LOOK_AROUND, today + LOOK_AROUND)

    def found(first: dt.date, step: int) -> dt.date:
        days = (first + number * step * dt.timedelta(days=1) for number in range(LOOK_AROUND.days))
        day = next(
            (each for each in days if working.count(each, each + dt.timedelta(days=1))), None
        )
        if day is None:
            raise QuestionError(
                f"No working day lies near {today}. Say which hours are worked in foresail.toml, "
                "under [working_hours]."
            )
        return day

    day = found(today, -1)
    is_now = day == today
    share = share_of_day(local, settings) if is_now else 1.0
    return WorkDay(day, share, is_now, found(day + dt.timedelta(days=1), 1))


def days_of_month(day: dt.date, settings: Settings) -> int:
    """How many working days the month of a day has."""
    first = day.replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    return WorkingDays(settings, first, after).count(first, after)


@dataclass(frozen=True)
class Pace:
    """Where somebody stands. `due` is unknown without a target and without a past.

    `is_target` says whether somebody set what is due; else it is what is usual, and binds nobody.
    """

    done: float | None
    due: float | None
    expected: float | None
    is_target: bool
    is_over: bool

    @property
    def ahead_by(self) -> float | None:
        """How much more is done than expected by now; negative where it is less."""
        if self.done is None or self.expected is None:
            return None
        return self.done - self.expected

    @property
    def is_idle(self) -> bool:
        """Whether nothing is done and, without a target, nothing usually is."""
        return not self.is_target and not self.done and self.due == 0

    @property
    def state(self) -> str:
        """`reached`, `behind`, `ahead`, `on pace`, or empty where nothing is due.

        A tenth of the day's number, or one, is no difference; only once the day is over, and where
        there is a target, every one counts.
        """
        if not self.due or self.done is None or self.ahead_by is None:
            return ""
        if self.is_target and self.done >= self.due:
            return "reached"
        slack = 0.0 if self.is_target and self.is_over else max(AT_LEAST, SLACK * self.due)
        if self.ahead_by < -slack:
            return "behind"
        return "ahead" if self.ahead_by > slack else "on pace"


def pace(
    done: float | None, target: float | None, usual: float | None, day: WorkDay, is_away: bool
) -> Pace:
    """How done work stands against a target for the day, else against what is usual.

    Who is away has nothing due.
    """
    due = target if target is not None else usual
    if is_away:
        due = 0.0
    expected = None if due is None else due * day.share
    return Pace(done, due, expected, target is not None, day.is_over)


def usual(done: float | None, days: float | None, present: float) -> float | None:
    """What a day brings, by past days on which somebody was there; unknown without such days."""
    return None if done is None or not days else done / days * present
