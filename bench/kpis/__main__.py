"""Foresail's answers beside hand-written SQL: checked equal, then timed in turns.

Run: .venv/bin/python -m bench.kpis [--millions N] [--rounds N] [--check] [QUESTION ...]

Both run in this process on the same data, A B A B ...; what counts is the median of the ratios.
Each of Foresail's rounds asks as of another instant, so that no answer is kept. With --check
nothing is timed; it fails where an answer differs.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence

import duckdb

from bench.kpis.comparing import AS_OF, ask, differences
from bench.kpis.questions import QUESTIONS, Question
from bench.measuring import Table, Timed, in_turns, ms
from bench.organisation.kept import options, organisation
from foresail.project import Project

SUMMED = tuple(each.name for each in QUESTIONS if each.name != "Q1n")
"""Q1n is a part of Q1."""


def main() -> None:
    """Print the table; end with an error where an answer differs."""
    parser = options(__doc__)
    parser.add_argument("questions", nargs="*", help="names of questions; all")
    parser.add_argument("--check", action="store_true", help="compare the answers only")
    given = parser.parse_args()
    chosen = [each for each in QUESTIONS if each.name in (given.questions or [each.name])]
    with organisation(given.folder, given.millions).opened() as (project, plain):
        wrong = [each.name for each in chosen if _differs(project, plain, each)]
        if not given.check:
            right = [each for each in chosen if each.name not in wrong]
            _time_all(project, plain, right, f"Questions, {given.millions:g} M", given.rounds)
    if wrong:
        sys.exit(f"Not the same numbers: {', '.join(wrong)}")


def _differs(project: Project, plain: duckdb.DuckDBPyConnection, question: Question) -> bool:
    found = differences(project, plain, question)
    for each in found[:5]:
        print(f"{question.name}: {each}")
    return bool(found)


def _time_all(
    project: Project,
    plain: duckdb.DuckDBPyConnection,
    questions: Sequence[Question],
    title: str,
    rounds: int,
) -> None:
    table = Table(title, ("question", "Foresail", "by hand", "ratio"))
    found = {}
    for each in questions:
        found[each.name] = timed(project, plain, each, rounds)
        table.timed(f"{each.name} {each.what}", found[each.name])
    if found.keys() >= set(SUMMED):
        ours, other = (
            sum(getattr(found[name], side) for name in SUMMED) for side in ("ours", "other")
        )
        table.row("sum of Q1 to Q6", ms(ours), ms(other), f"{ours / other:.2f}")


def timed(
    project: Project, plain: duckdb.DuckDBPyConnection, question: Question, rounds: int
) -> Timed:
    """What a question takes, here and by hand."""
    return in_turns(
        lambda number: ask(project, question, AS_OF + dt.timedelta(seconds=1 + number)).table,
        lambda _: plain.execute(question.sql).to_arrow_table(),
        rounds,
    )


if __name__ == "__main__":
    main()
