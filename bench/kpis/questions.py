"""The standard questions: words for Foresail; the best SQL by hand lies in `by_hand`.

The SQL reads plain tables of the same content, sorted by time, and knows what it need not look at:
that nothing is deleted, merged or moved in these data, and that everybody stays in one team.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BY_HAND = Path(__file__).parent / "by_hand"
REP = "rep_id"


@dataclass(frozen=True)
class Question:
    """One question; `columns` pairs what Foresail calls a number with what the SQL calls it."""

    name: str
    what: str
    kpis: tuple[str, ...]
    words: Mapping[str, Any]
    keys: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def sql(self) -> str:
        """The same by hand."""
        return (BY_HAND / f"{self.name}.sql").read_text(encoding="utf-8")


COUNTED = {
    "outbound_calls": "calls",
    "connects": "connects",
    "emails_sent": "mails",
    "social_touches": "social",
    "talk_time": "talk",
}
PEOPLE = {"prospects_approached": "people"}
TWO_MONTHS = {"by": "rep", "period": "2026-11", "compare": "previous"}
YEAR = "2025-10-01..2026-09-30"


def _and_before(columns: Mapping[str, str]) -> dict[str, str]:
    before = {f"{kpi}.before": f"{name}_before" for kpi, name in columns.items()}
    return {**columns, **before}


QUESTIONS = (
    Question(
        "Q1n",
        "scoreboard: five additive KPIs by rep, this month and the one before",
        tuple(COUNTED),
        TWO_MONTHS,
        (REP,),
        _and_before(COUNTED),
    ),
    Question(
        "Q1",
        "scoreboard: the same with the number of people approached",
        (*COUNTED, *PEOPLE),
        TWO_MONTHS,
        (REP,),
        _and_before({**COUNTED, **PEOPLE}),
    ),
    Question(
        "Q2",
        "trend: calls, connects and leads worked, by team and week of a year",
        ("outbound_calls", "connects", "leads_worked"),
        {"by": "team", "grain": "week", "period": "2025-10-06..2026-10-04"},
        ("period", "team"),
        {"outbound_calls": "calls", "connects": "connects", "leads_worked": "leads"},
    ),
    Question(
        "Q3",
        "response: the median time to the first answer, by rep, over a year of leads",
        ("lead_response_time",),
        {"by": "rep", "period": YEAR},
        (REP,),
        {"lead_response_time": "response", "lead_response_time.n": "n"},
    ),
    Question(
        "Q4",
        "funnel: leads and customers within 90 days, by rep and monthly cohort of a year",
        ("lead_flow", "lead_to_customer_cohort"),
        {"by": "rep", "grain": "month", "period": "2025-07-01..2026-06-30"},
        ("period", REP),
        {"lead_flow": "leads", "lead_to_customer_cohort.numerator": "customers"},
    ),
    Question(
        "Q5",
        "follow-up: touches by their number, and after how many the lead converted, in a year",
        ("touch_conversion",),
        {"by": "touch_number", "period": YEAR},
        ("touch_number",),
        {"touch_conversion.denominator": "touches", "touch_conversion.numerator": "converted"},
    ),
    Question(
        "Q6",
        "leakage: deals that entered each stage, were lost there or advanced, by rep, in a year",
        ("stage_conversion",),
        {"by": ("stage", "rep"), "period": YEAR},
        ("stage", REP),
        {
            "stage_conversion.entered": "entered",
            "stage_conversion.lost": "lost",
            "stage_conversion.numerator": "advanced",
        },
    ),
)
