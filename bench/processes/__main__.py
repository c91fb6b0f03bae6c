"""`foresail ask` from start to end, against a bare program of Python and DuckDB.

Run: .venv/bin/python -m bench.processes [--millions N] [--rounds N] [QUESTION ...]

Both print the same numbers as CSV, on a warm disk: with the plan of the question known, with no
plan known at all, and while a server runs, which then answers for the command. Each time it is
asked as of another instant, so that no answer is kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.kpis.comparing import AS_OF
from bench.kpis.numbers import differing
from bench.kpis.questions import BY_HAND, QUESTIONS, Question
from bench.measuring import Table, in_turns
from bench.organisation.kept import Organisation, options, organisation
from bench.serving.server import served

SETTINGS = 'name = "Bench"\ndemo = true\n'
ENVIRONMENT = {k: each for k, each in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""A program is compiled when it is installed or first run, and not at each start."""
COLUMNS = ("question", "foresail ask", "by hand", "ratio", "at most in memory", "by hand")


def main() -> None:
    """Print the tables; end with an error where an answer differs."""
    parser = options(__doc__)
    parser.add_argument("questions", nargs="*", default=["Q1"], help="names of questions; Q1")
    given = parser.parse_args()
    found = organisation(given.folder, given.millions)
    table = Table(f"Processes, {given.millions:g} M", COLUMNS)
    chosen = [each for each in QUESTIONS if each.name in given.questions]
    with found.fronted(SETTINGS) as front:
        for is_served in (False, True):
            with served(front) if is_served else nullcontext() as server:
                if server:
                    server.rest()
                for each in chosen:
                    _show(table, found, front, each, given.rounds, is_served=is_served)


def _show(
    table: Table,
    found: Organisation,
    front: Path,
    question: Question,
    rounds: int,
    *,
    is_served: bool,
) -> None:
    """Rows of one question: with a server; else with its plan known, and with no plan."""
    ask = Command(lambda number: _ask(front, question, number))
    hand = Command(lambda _: _by_hand(found, question))
    rows, theirs = Command(ask.words).rows(0), hand.rows(0)
    wrong = differing(question, rows, theirs, question.columns)
    if wrong:
        sys.exit("\n".join((f"{question.name}: not the same numbers", *wrong[:5])))
    known = "a server runs" if is_served else "plan known"
    timed = in_turns(lambda number: ask.run(1 + number), hand.run, rounds)
    table.timed(f"{question.name}, {known}", timed, f"{ask.most:.0f} MiB", f"{hand.most:.0f} MiB")
    if is_served:
        return
    cold = Command(ask.words, is_cold=True)
    timed = in_turns(cold.run, hand.run, max(3, rounds // 3))
    table.timed(f"{question.name}, no plan", timed, f"{cold.most:.0f} MiB", f"{hand.most:.0f} MiB")


@dataclass
class Command:
    """A program that prints an answer; `most` is the MiB that it held at most."""

    words: Callable[[int], Sequence[str]]
    is_cold: bool = False
    most: float = field(default=0.0, init=False)

    def run(self, number: int) -> bytes:
        """What it prints in a round."""
        with TemporaryDirectory() as empty, TemporaryDirectory() as out:
            path = Path(out) / "answer.csv"
            kept = {"FORESAIL_CACHE": empty} if self.is_cold else {}
            with path.open("wb") as printed:
                self._wait(self.words(number), {**ENVIRONMENT, **kept}, printed.fileno())
            return path.read_bytes()

    def rows(self, number: int) -> list[dict[str, str]]:
        """The same as rows."""
        return list(csv.DictReader(self.run(number).decode().splitlines()))

    def _wait(self, words: Sequence[str], environment: Mapping[str, str], out: int) -> None:
        with subprocess.Popen(
            words, env=environment, stdout=out, stderr=subprocess.DEVNULL
        ) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{' '.join(words)} ended with {process.returncode}"
        self.most = max(self.most, usage.ru_maxrss / 1024)


def _ask(project: Path, question: Question, number: int) -> list[str]:
    words = dict(question.words)
    by = words.pop("by", ())
    program = str(Path(sys.executable).with_name("foresail"))
    as_of = (AS_OF + dt.timedelta(seconds=number)).isoformat()
    asked = {"by": by if isinstance(by, str) else ",".join(by), **words, "as-of": as_of}
    options = [text for name, value in asked.items() if value for text in (f"--{name}", str(value))]
    given = ["--format", "csv", "--project", str(project)]
    return [program, "ask", *question.kpis, *options, *given]


def _by_hand(found: Organisation, question: Question) -> list[str]:
    program = str(Path(__file__).with_name("by_hand.py"))
    return [sys.executable, program, str(found.plain), str(BY_HAND / f"{question.name}.sql")]


if __name__ == "__main__":
    main()
