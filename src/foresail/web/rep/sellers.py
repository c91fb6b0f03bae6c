"""Who the reps are that somebody may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404

from foresail.core.errors import QuestionError
from foresail.project.results import Answer
from foresail.web.sheets.desk import Desk

PLACE = ("team", "manager", "role", "seniority")
TRACES = ("outbound_activities", "open_deals", "revenue")
"""Of these a rep who has left shows at least one."""


@dataclass(frozen=True)
class Seller:
    """A rep, and where the rep stands today; nowhere if not in the job any more."""

    rep_id: str
    name: str
    is_active: bool = True
    team: str | None = None
    manager: str | None = None
    manager_id: str | None = None
    role: str | None = None
    seniority: str | None = None
    hired_on: dt.date | None = None

    @property
    def place(self) -> Mapping[str, str | None]:
        """Team, role and seniority."""
        return {"team": self.team, "role": self.role, "seniority": self.seniority}


def sellers(desk: Desk) -> dict[str, Seller]:
    """All reps in the job today whom whoever asks may see, by id."""
    if not desk.answerable(["active_reps"]):
        return {}
    as_of = desk.question.as_of or None
    answer = desk.noted(
        desk.project.ask("active_reps", by=("rep", *PLACE), period="today", as_of=as_of)
    )
    found = desk.project.records("active_reps", period="today", as_of=as_of)
    hired = {row["rep_id"]: row.get("hired_on") for row in found.rows}
    return {
        row["rep_id"]: Seller(
            row["rep_id"],
            row["rep"],
            **{name: row[name] for name in PLACE},
            manager_id=row["manager_id"],
            hired_on=hired.get(row["rep_id"]),
        )
        for row in answer.rows
        if row["rep_id"] is not None and row["active_reps"]
    }


def seller(desk: Desk, rep_id: str) -> Seller:
    """The rep with an id, in the job or not.

    Errors: `Http404` where there is none, or none who may be seen.
    """
    active = sellers(desk)
    if rep_id in active:
        return active[rep_id]
    return _left(desk, rep_id)


def _left(desk: Desk, rep_id: str) -> Seller:
    """Who is not in the job any more: the first trace tells the name."""
    for trace in _traces(desk):
        try:
            found = _with_traces(desk, (trace,), rep_id)
        except QuestionError:
            raise Http404 from None
        for row in found.rows:
            if row["rep_id"] == rep_id:
                return Seller(rep_id, row["rep"], is_active=False)
    raise Http404


def everybody(desk: Desk) -> Answer:
    """All who ever left a trace, whoever they are today."""
    return _with_traces(desk, _traces(desk))


def _traces(desk: Desk) -> tuple[str, ...]:
    return desk.answerable(TRACES) or TRACES[:1]


def _with_traces(desk: Desk, traces: Sequence[str], rep_id: str = "") -> Answer:
    return desk.project.ask(
        *traces,
        by=("rep",),
        period="all",
        where={"rep": [rep_id]} if rep_id else None,
        as_of=desk.question.as_of or None,
    )
