"""Blanks in place of the values that a question filters by: one plan answers for all of them.

A plan is written once for "one team" or "three reps"; which ones is filled in when it is run.
"""

from __future__ import annotations

import re
from dataclasses import replace

from foresail.engine.dialects import Dialect
from foresail.engine.question import Filter, Question

MARK = "\ue000"
"""Stands in no name: it is a character for private use."""
BLANK = re.compile(f"'{MARK}(\\d+)\\.(\\d+)'")


def blanked(question: Question) -> Question:
    """The question with blanks for the values of its filters; "without" is no value."""
    where = tuple(
        Filter(
            each.dimension,
            tuple(
                None if value is None else f"{MARK}{number}.{place}"
                for place, value in enumerate(each.values)
            ),
        )
        for number, each in enumerate(question.where)
    )
    return replace(question, where=where)


def filled(sql: str, question: Question, dialect: Dialect) -> str:
    """A plan for a blanked question with the values of the question, as texts of its dialect."""

    def value(found: re.Match[str]) -> str:
        text = question.where[int(found[1])].values[int(found[2])]
        assert text is not None, "there is no blank for it"
        return dialect.text(text)

    return BLANK.sub(value, sql)
