"""Foresail's answers beside hand-written SQL: checked equal, then timed in turns.

Run: .venv/bin/python -m bench.kpis [--millions N] [--rounds N] [--check] [QUESTION ...]

Both run in this process on the same data, A B A B ...; what counts is the median of the ratios.
Each of Foresail's rounds asks as of another instant, so that no answer is kept; once with the sums
that are made beforehand, once from the facts alone. With --check nothing is timed; it fails where
an answer differs.
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
        both = (project, project.from_facts())
        wrong = [each.name for each in chosen if _differs(both, plain, each)]
        if not given.check:
            right = [each for each in chosen if each.name not in wrong]
            _time_all(both, plain, right, f"Questions, {given.millions:g} M", given.rounds)
    if wrong:
        sys.exit(f"Not the same numbers: {', '.join(wrong)}")


def _differs(
    projects: Sequence[Project], plain: duckdb.DuckDBPyConnection, question: Question
) -> bool:
    found = [text for project in projects for text in differences(project, plain, question)]
    for each in found[:5]:
        print(f"{question.name}: {each}")
    return bool(found)


def _time_all(
    projects: Sequence[Project],
    plain: duckdb.DuckDBPyConnection,
    questions: Sequence[Question],
    title: str,
    rounds: int,
) -> None:
    table = Table(title, ("question", "Foresail", "facts alone", "by hand", "ratio", "facts alone"))
    found = {}
    for each in questions:
        sides = [timed(project, plain, each, rounds) for project in projects]
        found[each.name] = sides
        table.row(
            f"{each.name} {each.what}", *_cells(sides), *(f"{one.ratio:.2f}" for one in sides)
        )
    if found.keys() >= set(SUMMED):
        sums = [_sum([found[name][place] for name in SUMMED]) for place in range(len(projects))]
        table.row("sum of Q1 to Q6", *_cells(sums), *(f"{one.ratio:.2f}" for one in sums))


def _cells(sides: Sequence[Timed]) -> list[str]:
    return [*(ms(each.ours) for each in sides), ms(sides[0].other)]


def _sum(found: Sequence[Timed]) -> Timed:
    ours, other = sum(each.ours for each in found), sum(each.other for each in found)
    return Timed(ours, other, ours / other)


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
