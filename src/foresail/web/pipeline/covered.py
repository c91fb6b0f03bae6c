"""Whether what is due is enough for the quota: the sentence first, then the numbers."""

from __future__ import annotations

import datetime as dt

from foresail.project.results import Answer
from foresail.project.standing import Cover, cover
from foresail.web.question import CUSTOM
from foresail.web.sheets import tables
from foresail.web.sheets.blocks import Section, Words
from foresail.web.sheets.desk import Desk
from foresail.web.templatetags.formats import days, quantity

KPIS = (
    "pipeline_coverage",
    "quota_attainment",
    "pipeline_value",
    "weighted_pipeline",
    "open_deals",
    "overdue_deals",
    "stalled_deals",
    "untouched_deals",
    "push_rate",
)
YEAR, DAY = dt.timedelta(days=365), dt.timedelta(days=1)
LEAD = (
    "Coverage is the open value due by the end of the period for each unit of quota still to win. "
    "What it takes follows from the share of deals won in the year before."
)


def cover_section(desk: Desk) -> Section:
    """Whether the period is covered, and what stands open."""
    now = desk.ask(*desk.answerable(KPIS))
    words = Words("covered-words", sentences=_sentences(desk, now))
    return Section("covered", "Is it enough?", (words, tables.tiles(desk, "now", now)), LEAD)


def _sentences(desk: Desk, now: Answer) -> tuple[str, ...]:
    (row,) = now.rows
    coverage, left = row.get("pipeline_coverage"), row.get("pipeline_coverage.denominator")
    when = days(now.period)
    if "pipeline_coverage" not in now.kpis:
        missing = desk.kpis["pipeline_coverage"].missing if "pipeline_coverage" in desk.kpis else ()
        return (f"Whether {when} is covered is unknown. Load: {', '.join(missing)}.",)
    if coverage is None:
        if left == 0:
            return (f"The quota of {when} is reached: nothing is left to win.",)
        return (f"Whether {when} is covered is unknown: there is no quota for it.",)
    due = quantity(row["pipeline_coverage.numerator"], "money")
    stood = f"When {when} began, {due} {now.currency} were due in it"
    stands = f"{due} {now.currency} are due in {when}"
    what = (
        f"{stood if now.is_over else stands} for "
        f"{quantity(left, 'money')} {now.currency} still to win: "
        f"{quantity(coverage, 'ratio')} times the quota left."
    )
    return (_verdict(desk, now, coverage), what)


def _verdict(desk: Desk, now: Answer, coverage: float) -> str:
    found = _need(desk, now, coverage)
    if found.need is None or found.need_low is None or found.need_high is None:
        return "How much pipeline it takes is unknown: no deal was decided in the year before."
    takes = (
        f"it usually takes {quantity(found.need, 'ratio')} times the quota left "
        f"({quantity(found.need_low, 'ratio')} to {quantity(found.need_high, 'ratio')})"
    )
    if found.is_enough is None:
        return f"Too close to tell: {takes}."
    return f"Covered: {takes}." if found.is_enough else f"Not covered: {takes}."


def _need(desk: Desk, now: Answer, coverage: float) -> Cover:
    """The coverage against the share of deals won in the year before the period."""
    start = now.period[0]
    if start.year < dt.MINYEAR + 2 or not desk.answerable(["win_rate"]):
        return cover(coverage, None, None, None)
    question = desk.question.but(period=CUSTOM, start=start - YEAR, end=start - DAY)
    (row,) = desk.ask("win_rate", question=question).rows
    return cover(coverage, row["win_rate"], row["win_rate.low"], row["win_rate.high"])
