"""What all sections of a rep's page ask from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from foresail.project.results import Answer, Records
from foresail.web.question import Question
from foresail.web.rep.sellers import Seller
from foresail.web.sheets.desk import Desk


@dataclass(frozen=True)
class View:
    """A desk that asks about one rep."""

    desk: Desk
    who: Seller

    @property
    def question(self) -> Question:
        """The question of the page, about the rep alone; all time has nothing before it."""
        asked = self.desk.question.but(where=(), of=("rep", self.who.rep_id))
        return asked.but(compare="none") if asked.period == "all" else asked

    @property
    def today(self) -> dt.date:
        """The day on which the data end, by the organisation's clock."""
        return self.desk.answers[0].today

    def ask(self, *kpis: str, question: Question | None = None, **how: Any) -> Answer | None:
        """The answer about the rep, for the KPIs that the data can answer; None where none can."""
        known = self.desk.answerable(kpis)
        if not known:
            return None
        answer = self.desk.ask(*known, question=question or self.question, **how)
        if self.desk.basis is None and question is None and not how.get("grain"):
            self.desk.basis = answer
        return answer

    def records(self, kpi: str, question: Question | None = None, **how: Any) -> Records | None:
        """The records of the rep behind a KPI; None where the data cannot answer it."""
        if not self.desk.answerable([kpi]):
            return None
        return self.desk.records(kpi, question=question or self.question, **how)
