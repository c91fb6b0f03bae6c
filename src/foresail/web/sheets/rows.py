"""What one row of an answer is about, as a question of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from foresail.core.periods import DAY, add_months
from foresail.core.slices import NONE
from foresail.project.results import Answer
from foresail.web.question import CUSTOM, Question


def inside(about: Question, row: Mapping[str, Any], answer: Answer) -> Question:
    """The question of one row of an answer: limited to its values and its stretch of time.

    The first value is what is looked into: it stands beside the filters of the page, so that the
    way back finds these as they were.
    """
    for each in answer.columns:
        if each.kind == "dimension":
            key = row.get(f"{each.name}_id", row[each.name])
            value = NONE if key is None else str(key)
            about = about.only(each.name, value) if about.of else about.but(of=(each.name, value))
        elif each.kind == "period":
            start, end = stretch(row[each.name], answer)
            about = about.but(period=CUSTOM, start=start, end=end)
    return about


def stretch(start: dt.date, answer: Answer) -> tuple[dt.date, dt.date]:
    """The first and last day of a row with a grain, as far as they are in the answer's period."""
    next_start = {
        "day": start + DAY,
        "week": start + 7 * DAY,
        "month": add_months(start, 1),
        "quarter": add_months(start, 3),
        "year": add_months(start, 12),
    }[answer.grain or "day"]
    first, end = answer.period
    return max(start, first), min(next_start, end) - DAY
