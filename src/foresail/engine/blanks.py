"""Blanks in place of the values that a question filters by: one plan answers for all of them.

A plan is written once for "one team" or "three reps"; which ones is filled in when it is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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


def filled(sql: str, where: Sequence[Filter], dialect: Dialect) -> str:
    """A plan for a blanked question with the values of its filters, as texts of its dialect."""
    return BLANK.sub(lambda found: dialect.text(_value(found, where)), sql)


def numbered(sql: str, where: Sequence[Filter]) -> tuple[str, list[str]]:
    """A plan for a blanked question with $1, $2 in place of the values of its filters, and these.

    >>> from foresail.core.dimensions import REP
    >>> numbered(f"select '{MARK}0.1', '{MARK}0.0', '{MARK}0.1'", [Filter(REP, ("a", "b"))])
    ('select $1, $2, $1', ['b', 'a'])
    """
    places: dict[str, int] = {}
    values: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found[0] not in places:
            values.append(_value(found, where))
            places[found[0]] = len(values)
        return f"${places[found[0]]}"

    return BLANK.sub(place, sql), values


def _value(found: re.Match[str], where: Sequence[Filter]) -> str:
    text = where[int(found[1])].values[int(found[2])]
    assert text is not None, "there is no blank for it"
    return text
