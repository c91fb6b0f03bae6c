"""How much longer the scoreboard takes where there are more activities.

Run: .venv/bin/python -m bench.kpis.growth [--sizes N N] [--rounds N] [QUESTION ...]

Both organisations are open in this process and are asked in turns.
"""

from __future__ import annotations

import datetime as dt

from bench.kpis.comparing import AS_OF, ask
from bench.kpis.questions import QUESTIONS, Question
from bench.measuring import Table, in_turns
from bench.organisation.kept import Organisation, options, organisation


def main() -> None:
    """Print the table."""
    parser = options(__doc__)
    parser.add_argument("questions", nargs="*", default=["Q1n", "Q1"], help="Q1n and Q1")
    parser.add_argument("--sizes", nargs=2, type=float, default=[1, 10], metavar="MILLIONS")
    given = parser.parse_args()
    small, large = (organisation(given.folder, each) for each in given.sizes)
    names = [f"{each:g} M" for each in reversed(given.sizes)]
    table = Table("Growth of the scoreboard", ("question", *names, "ratio"))
    for each in QUESTIONS:
        if each.name in given.questions:
            _show(table, large, small, each, given.rounds)


def _show(
    table: Table, large: Organisation, small: Organisation, question: Question, rounds: int
) -> None:
    with large.opened() as (much, plain), small.opened() as (little, plain_too):
        for project in (much, little):
            ask(project, question)
        instants = [AS_OF + dt.timedelta(seconds=1 + number) for number in range(rounds)]
        ours = in_turns(
            lambda number: ask(much, question, instants[number]),
            lambda number: ask(little, question, instants[number]),
            rounds,
        )
        by_hand = in_turns(
            lambda _: plain.execute(question.sql).to_arrow_table(),
            lambda _: plain_too.execute(question.sql).to_arrow_table(),
            rounds,
        )
    table.timed(f"{question.name}, Foresail", ours)
    table.timed(f"{question.name}, by hand", by_hand)


if __name__ == "__main__":
    main()
