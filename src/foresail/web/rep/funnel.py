"""The funnel from dial to deal: this period, the own past, and fair peers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foresail.core.scope import Kind
from foresail.project.peers import FEWEST_PEERS, Peers, peers, standing
from foresail.project.results import Answer
from foresail.web.codes import said
from foresail.web.number import Number, number
from foresail.web.rep.sellers import sellers
from foresail.web.rep.view import View
from foresail.web.sheets.blocks import Cell, Column, Row, Section, Table
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import first_and_last, quantity

STEPS = (
    "outbound_calls",
    "connects",
    "conversations",
    "meetings_booked",
    "meetings_held",
    "new_opportunities",
    "deals_won",
    "revenue",
)
RATES = (
    "connect_rate",
    "reach_rate",
    "dial_to_meeting_rate",
    "no_show_rate",
    "win_rate",
    "avg_deal_size",
    "sales_cycle",
)
NUMBERS = (*STEPS, *RATES)
PAST = "last-4-quarters"
"""Whole ones: the one that runs cannot be compared yet."""


def sections(
    view: View, now: Answer | None, past: Answer | None, beside: Peers | None
) -> tuple[Section, ...]:
    """The steps and the rates between them."""
    if now is None or past is None:
        return ()
    blocks = tuple(
        _table(view, id, title, kpis, now, past, beside)
        for id, title, kpis in (
            ("steps", "From dial to deal", STEPS),
            ("rates", "From step to step", RATES),
        )
        if view.desk.answerable(kpis)
    )
    return (Section("funnel", "Funnel", blocks, lead=about(beside)),)


def past(view: View) -> Answer | None:
    """The last whole quarters."""
    span = view.question.but(period=PAST, start=None, end=None, compare="none")
    return view.ask(*NUMBERS, grain="quarter", question=span)


def beside(view: View) -> Peers | None:
    """The peers in the job for all of the period; none for who is not in it any more."""
    kpis = view.desk.answerable(NUMBERS)
    if not view.who.is_active or not kpis:
        return None

    def steady(start: dt.date) -> list[str]:
        found = sellers(view.desk).values()
        return [each.rep_id for each in found if not each.hired_on or each.hired_on <= start]

    return peers(
        Noting(view.desk),
        view.who.rep_id,
        view.who.place,
        kpis,
        steady=steady,
        period=view.question.range,
        as_of=view.question.as_of or None,
        is_alone=view.desk.project.scope.kind is Kind.REP,
    )


@dataclass(frozen=True)
class Noting:
    """A desk that is asked as a project is; the page tells the notes of what it answers."""

    desk: Desk

    def ask(self, *kpis: str, **how: Any) -> Answer:
        """The project's answer."""
        return self.desk.noted(self.desk.project.ask(*kpis, **how))


def about(beside: Peers | None) -> str:
    """Whom the rep is held against, in a sentence."""
    if beside is None:
        return "Nobody to be held against: not in the job today."
    place = " ".join(filter(None, (beside.seniority, said(beside.role or ""))))
    alike = f"the same role and seniority ({place})" if place else "unknown role and seniority"
    if beside.ranges:
        return (
            f"Peers: the middle half of {beside.others} others with {alike} who were there for "
            "all of the period. A share whose range reaches into it counts as within."
        )
    few = f"{beside.others} other{'' if beside.others == 1 else 's'} with {alike} to be shown"
    words = f"Only {few}: a range takes {FEWEST_PEERS}."
    if not beside.team_name:
        return words
    return (
        f"{words} Instead: the team {beside.team_name}, sums for each of its "
        f"{beside.team_size} reps."
    )


def _table(
    view: View,
    id: str,
    title: str,
    kpis: Sequence[str],
    now: Answer,
    past: Answer,
    beside: Peers | None,
) -> Table:
    has_ranges = bool(beside and beside.ranges)
    columns = (
        Column("kpi", "KPI"),
        Column("now", "This period", is_number=True),
        *((Column("before", "Before", is_number=True),) if now.compared_with else ()),
        Column("peers", "Peers" if has_ranges else "Team", is_number=True),
        *(Column(f"{row['period']}", _quarter(row["period"]), is_number=True) for row in past.rows),
    )
    rows = tuple(
        Row(
            (
                Cell(view.desk.kpis[kpi].label, url=view.desk.definition_url(kpi)),
                *_own(view, now, kpi),
                _beside(number(now.rows[0], now.columns, kpi), kpi, beside, now),
                *(_then(view, row, kpi, past) for row in past.rows),
            )
        )
        for kpi in kpis
        if kpi in now.kpis
    )
    return Table(id, title, columns=columns, rows=rows, caption=title, currency=now.currency)


def _own(view: View, now: Answer, kpi: str) -> tuple[Cell, ...]:
    found = number(now.rows[0], now.columns, kpi)
    cell = Cell(found.value, found.unit, view.desk.records_url(kpi, view.question), found)
    if not now.compared_with:
        return (cell,)
    first, last = first_and_last(now.compared_with)
    then = view.question.but(period="custom", start=first, end=last, compare="none")
    before = found.parts["before"].value
    return (cell, Cell(before, found.unit, view.desk.records_url(kpi, then)))


def _beside(found: Number, kpi: str, beside: Peers | None, now: Answer) -> Cell:
    """The middle half of the peers and where the rep stands to it; else the team's number."""
    if beside is None or not beside.ranges:
        return Cell(beside.team.get(kpi) if beside else None, found.unit)
    middle = beside.ranges.get(kpi)
    if middle is None:
        return Cell("too few cases")
    ends = (quantity(_rounded(end, found.unit), found.unit) for end in (middle.low, middle.high))
    low, high = (found.parts[end].value if end in found.parts else None for end in ("low", "high"))
    place = standing(found.value, low, high, middle)
    better = next(each.better for each in now.columns if each.name == kpi)
    return Cell(" – ".join(dict.fromkeys(ends)), tone=_tone(place, better), mark=_words(place))


def _rounded(value: float, unit: str) -> float:
    return round(value, 1) if unit == "count" else value


def _tone(place: str, better: str) -> str:
    good = {"higher": "above", "lower": "below"}.get(better)
    if good is None or place not in ("above", "below"):
        return ""
    return "good" if place == good else "bad"


def _words(place: str) -> str:
    return {"above": "above them", "below": "below them", "within": "within"}.get(place, "")


def _then(view: View, row: Mapping[str, Any], kpi: str, past: Answer) -> Cell:
    unit = next(each.unit for each in past.columns if each.name == kpi)
    start = row["period"]
    question = view.question.but(
        period="custom", start=start, end=_end(start, past), compare="none"
    )
    return Cell(row[kpi], unit, view.desk.records_url(kpi, question))


def _end(start: dt.date, past: Answer) -> dt.date:
    """The last day of a quarter: the day before the next one begins."""
    following = [row["period"] for row in past.rows if row["period"] > start]
    last: dt.date = min(following, default=past.period[1]) - dt.timedelta(days=1)
    return last


def _quarter(start: dt.date) -> str:
    """A quarter by its months.

    >>> _quarter(dt.date(2026, 7, 1)), _quarter(dt.date(2026, 11, 1))
    ('Jul–Sep 26', 'Nov 26 – Jan 27')
    """
    month = start.month + 1
    last = dt.date(start.year + month // 12, month % 12 + 1, 1)
    if last.year == start.year:
        return f"{start:%b}–{last:%b %y}"
    return f"{start:%b %y} – {last:%b %y}"
