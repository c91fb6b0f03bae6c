"""Q1 to Q6 over HTTP against the SQL by hand in this process; then the same again, unchanged.

A question goes to the JSON API of a server in a process of its own, as of another instant each
time, so that no answer is kept. Asked again as of the same instant it is answered from what was
kept; the page Explore with the same numbers is answered "304, unchanged" to a browser that has it.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

import duckdb

from bench.kpis.comparing import AS_OF
from bench.kpis.numbers import by_hand, differing
from bench.kpis.questions import QUESTIONS, Question
from bench.measuring import Table, Timed, in_turns, ms
from bench.serving.server import Server
from bench.serving.visitor import Answered, Visitor

MOST_ROWS = 10_000
SIDES = ("asked anew", "asked again", "page unchanged")
CHOSEN = tuple(each for each in QUESTIONS if each.name != "Q1n")
"""Q1n is a part of Q1."""


def over_http(
    server: Server, plain: duckdb.DuckDBPyConnection, title: str, rounds: int
) -> list[str]:
    """Print the table of what each question takes; the names of those whose answers differ."""
    visitor = Visitor(server)
    wrong = [each.name for each in CHOSEN if _differs(visitor, plain, each)]
    _time_all(visitor, plain, [each for each in CHOSEN if each.name not in wrong], title, rounds)
    visitor.close()
    return wrong


def _differs(visitor: Visitor, plain: duckdb.DuckDBPyConnection, question: Question) -> bool:
    rows = json.loads(_asked(visitor, question, 0).body)["rows"]
    found = differing(question, rows, by_hand(plain, question), question.columns)
    for each in found[:5]:
        print(f"{question.name}: {each}")
    return bool(found)


def _time_all(
    visitor: Visitor,
    plain: duckdb.DuckDBPyConnection,
    questions: list[Question],
    title: str,
    rounds: int,
) -> None:
    ratios = [f"{each} / by hand" for each in SIDES]
    table = Table(title, ("question", *SIDES, "by hand", *ratios))
    whole: list[list[Timed]] = []
    for each in questions:
        sides = _timed(visitor, plain, each, rounds)
        whole.append(sides)
        found = [ms(side.ours) for side in sides]
        divided = [f"{side.ratio:.2f}" for side in sides]
        table.row(each.name, *found, ms(sides[0].other), *divided)
    sums = [sum(sides[place].ours for sides in whole) for place in range(len(SIDES))]
    other = sum(sides[0].other for sides in whole)
    divided = [f"{each / other:.2f}" for each in sums]
    table.row("sum", *(ms(each) for each in sums), ms(other), *divided)


def _timed(
    visitor: Visitor, plain: duckdb.DuckDBPyConnection, question: Question, rounds: int
) -> list[Timed]:
    """What a question takes: anew, again, and as a page that did not change."""

    def hand(_: int) -> None:
        plain.execute(question.sql).to_arrow_table()

    known = _asked(visitor, question, 0)
    page = _page(question)
    tag = visitor.get(page).tag
    return [
        in_turns(lambda number: _asked(visitor, question, 1 + number), hand, rounds),
        in_turns(lambda _: _asked(visitor, question, 0, known.tag), hand, rounds),
        in_turns(lambda _: _expect(visitor.get(page, tag), 304), hand, rounds),
    ]


def _asked(visitor: Visitor, question: Question, number: int, tag: str = "") -> Answered:
    words = dict(question.words)
    by = words.get("by", ())
    asked: dict[str, Any] = {
        **words,
        "kpis": list(question.kpis),
        "by": [by] if isinstance(by, str) else list(by),
        "as_of": (AS_OF + dt.timedelta(seconds=number)).isoformat(),
        "limit": MOST_ROWS,
    }
    return _expect(visitor.ask(asked, tag), 304 if tag else 200)


def _expect(answered: Answered, status: int) -> Answered:
    told = answered.body[:300].decode(errors="replace")
    assert answered.status == status, f"answered with {answered.status}: {told}"
    return answered


def _page(question: Question) -> str:
    """The address of Explore with the same numbers."""
    words = question.words
    by = words.get("by", ())
    split = (by,) if isinstance(by, str) else tuple(by)
    start, _, end = str(words["period"]).partition("..")
    period = {"period": "custom", "start": start, "end": end} if end else {"period": start}
    asked = {
        "kpi": list(question.kpis),
        "as_of": AS_OF.isoformat(),
        "grain": words.get("grain", "none"),
        "compare": words.get("compare", "none"),
        **period,
        **dict(zip(("split", "beside"), split, strict=False)),
    }
    return f"/explore/?{urlencode(asked, doseq=True)}"
