"""The pace of people and teams: four daily actions, each against what is due in the evening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.project.asking import instant
from foresail.project.pace import Pace, WorkDay, days_of_month, pace, usual, work_day
from foresail.project.results import Answer
from foresail.web.question import CUSTOM, Question
from foresail.web.sheets.blocks import Cell
from foresail.web.sheets.desk import Desk

ACTIONS = (
    "outbound_calls",
    "conversations",
    "emails_sent",
    "meetings_booked",
    "new_opportunities",
)
BY_DAY = "calls_per_rep_day"
RATES = {"outbound_calls": BY_DAY}
"""The KPIs whose target is a number for each day already."""
LOADS = ("leads_waiting", "overdue_deals")
PAST_DAYS = 28
SIGNS = {"behind": "▼", "ahead": "▲", "on pace": "●", "reached": "✓"}
TONES = {"behind": "bad", "ahead": "good", "reached": "good"}
SOFT = {"behind": "below usual", "ahead": "above usual", "on pace": "as usual"}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """Where a person or team stands on the day; `paces` by KPI, `row` as it was answered."""

    row: Row
    paces: Mapping[str, Pace]
    is_away: bool

    @property
    def rank(self) -> tuple[Any, ...]:
        """Who is behind comes first, the furthest behind above; who is away comes last."""
        targets = [each for each in self.paces.values() if each.is_target]
        shares = [each.ahead_by / each.due for each in targets if each.due and each.ahead_by]
        is_behind = any(each.state == "behind" for each in targets)
        name = str(self.row.get("rep") or self.row.get("team") or "").casefold()
        return self.is_away, not is_behind, not targets, min(shares, default=0.0), name


class Pacing:
    """The questions of a day, put once for each split."""

    def __init__(self, desk: Desk, question: Question):
        self.desk = desk
        settings = desk.settings
        self.now = now_of(desk, question)
        self.day: WorkDay = work_day(self.now.astimezone(settings.tzinfo), settings)
        self.actions = desk.answerable(ACTIONS)
        self.loads = desk.answerable(LOADS)
        self.question = question if self.day.is_now else question.but(period=str(self.day.day))
        self.month_days = days_of_month(self.day.day, settings)
        self.stood: Answer | None = None

    def standings(self, by: Sequence[str] = ()) -> list[Standing]:
        """Where each of a split stands, who is behind first."""
        if not self.actions:
            return []
        key = by[-1] if by else ""
        asked = (*self.actions, *self.desk.answerable([BY_DAY]))
        today = self.desk.ask(*asked, *self.loads, by=by, question=self.question)
        self.stood = today
        # What is behind us is asked as of the evening before: it stays the same all day.
        past = self.question.but(as_of=str(self.day.day - dt.timedelta(days=1)))
        month = past.but(period=f"{self.day.day:%Y-%m}")
        weeks = past.but(
            period=CUSTOM,
            start=self.day.day - dt.timedelta(days=PAST_DAYS),
            end=self.day.day - dt.timedelta(days=1),
        )
        targets = _rows(self.desk.ask(*asked, by=by[-1:], question=month), key)
        before = _rows(self.desk.ask(*asked, by=by[-1:], question=weeks), key)
        found = [
            self._standing(row, targets.get(_key(row, key), {}), before.get(_key(row, key), {}), by)
            for row in today.rows
            if not by or row[by[0]] is not None
        ]
        return sorted(found, key=lambda each: each.rank)

    def _standing(self, row: Row, target: Row, before: Row, by: Sequence[str]) -> Standing:
        present = row.get(f"{BY_DAY}.denominator")
        is_person = "rep" in by or "rep" in self.question.filters
        is_away = is_person and present == 0
        paces = {
            kpi: pace(
                row[kpi],
                self._due(kpi, target, is_person=is_person),
                usual(before.get(kpi), before.get(f"{BY_DAY}.denominator"), present or 0),
                self.day,
                is_away,
            )
            for kpi in self.actions
        }
        return Standing(row, paces, is_away)

    def _due(self, kpi: str, target: Row, *, is_person: bool) -> float | None:
        """The target for the day: a daily one, else the month's part of a working day."""
        daily: float | None = target.get(f"{RATES.get(kpi, '')}.target")
        if is_person and daily is not None:
            return daily
        monthly: float | None = target.get(f"{kpi}.target")
        return None if monthly is None or not self.month_days else monthly / self.month_days


def now_of(desk: Desk, question: Question) -> dt.datetime:
    """The instant as of which a question stands."""
    return instant(question.as_of or None, desk.settings).replace(tzinfo=dt.UTC)


def _key(row: Row, key: str) -> Any:
    return row.get(f"{key}_id", row.get(key)) if key else None


def _rows(answer: Answer, key: str) -> dict[Any, Row]:
    return {_key(row, key): row for row in answer.rows}


def mark(stood: Pace) -> str:
    """The words for where somebody stands, with a sign."""
    if not stood.state:
        return ""
    if not stood.is_target:
        return f"{SIGNS[stood.state]} {SOFT[stood.state]}"
    by = abs(stood.ahead_by or 0)
    words = f"{short(by)} {stood.state}" if stood.state in ("behind", "ahead") else stood.state
    if stood.is_over and stood.state == "behind":
        words = f"{short(by)} short"
    return f"{SIGNS[stood.state]} {words}"


def tone(stood: Pace) -> str:
    """The colour that goes with the words; what is merely usual has none."""
    return TONES.get(stood.state, "") if stood.is_target else ""


def note(stood: Pace) -> str:
    """What is due in the evening, and how much of it by now."""
    if stood.due is None:
        return ""
    if not stood.due:
        return "nothing due" if stood.is_target else "usually none"
    whole = f"of {short(stood.due)} due" if stood.is_target else f"usually {short(stood.due)}"
    by_now = "" if stood.is_over else f", {short(stood.expected or 0)} by now"
    return whole + by_now


def short(number: float) -> str:
    """A number of actions: whole from ten on, else with one decimal where it has any.

    >>> short(28.571), short(3.75), short(4.0)
    ('29', '3.8', '4')
    """
    return (
        f"{number:,.0f}" if number >= 10 or round(number, 1) == round(number) else f"{number:.1f}"
    )


def pace_cell(stood: Pace, url: str, is_away: bool) -> Cell:
    """A pace in a table."""
    if is_away:
        return Cell(stood.done, "count", url)
    return Cell(stood.done, "count", url, tone=tone(stood), mark=mark(stood), note=note(stood))
