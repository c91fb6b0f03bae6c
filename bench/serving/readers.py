"""Readers beside a writer, in one process: what a commit costs those who ask meanwhile.

Run: .venv/bin/python -m bench.serving.readers [--millions N] [--readers N] [--seconds N]
         [--commit ROWS] [QUESTION ...]

Each reader asks one question after the other, each as of another instant, so that no answer is
kept; first alone, then beside a writer that loads files of so many activities, a commit each. At
the end the outbound calls must be exactly as many more as were written.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.kpis.comparing import AS_OF, ask
from bench.kpis.questions import QUESTIONS, Question
from bench.measuring import Table, ms, percentile, taken
from bench.organisation.kept import options, organisation
from bench.organisation.more import more_activities
from foresail.project import Project

MOST_COMMITS = 60
"""A second: more than that nobody expects."""
_instants = itertools.count(1)


@dataclass
class Seen:
    """What those at work saw meanwhile."""

    answers: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    is_written: threading.Event = field(default_factory=threading.Event)


def main() -> None:
    """Print the table; end with an error where anything failed or the numbers are not whole."""
    parser = options(__doc__)
    parser.add_argument("questions", nargs="*", default=["Q1n"], help="names of questions; Q1n")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--commit", type=int, default=1000, metavar="ROWS")
    given = parser.parse_args()
    chosen = [each for each in QUESTIONS if each.name in given.questions]
    found = organisation(given.folder, given.millions)
    wrong = []
    with found.copied() as folder, tempfile.TemporaryDirectory(dir=found.folder) as more:
        files = more_activities(
            found.files[2], Path(more), int(MOST_COMMITS * given.seconds), given.commit
        )
        with Project.open(folder, for_many=True) as project:
            assert isinstance(project, Project)
            before = _calls(project)
            alone = _at_work(project, chosen, given.readers, given.seconds)
            beside = _at_work(project, chosen, given.readers, given.seconds, files)
            written = _calls(project) - before
            _show(f"{given.readers} readers, {given.millions:g} M", alone, beside, given.commit)
        wrong = alone.errors + beside.errors
        if written != given.commit * len(beside.commits):
            wrong.append(f"{len(beside.commits)} commits brought {written} calls")
    if wrong:
        sys.exit("\n".join(wrong[:5]))


def _calls(project: Project) -> int:
    answer = project.ask("outbound_calls", period="all", as_of=AS_OF.isoformat())
    return int(answer.rows[0]["outbound_calls"])


def _at_work(
    project: Project,
    questions: Sequence[Question],
    readers: int,
    seconds: float,
    files: Sequence[Path] = (),
) -> Seen:
    """Let so many ask for so many seconds, beside a writer where there are files to load.

    The readers go on until the last commit is done.
    """
    seen = Seen()
    until = 0.0

    def read() -> None:
        for question in itertools.cycle(questions):
            if seen.is_written.is_set() and (files or time.perf_counter() >= until):
                return
            as_of = AS_OF + dt.timedelta(seconds=next(_instants))
            _noted(seen.answers, seen.errors, lambda: ask(project, question, as_of))  # noqa: B023

    def write() -> None:
        for path in files:
            if time.perf_counter() >= until:
                break
            _noted(seen.commits, seen.errors, lambda: project.load(path))  # noqa: B023
        seen.is_written.set()

    for each in questions:
        ask(project, each)
    begun = time.perf_counter()
    until = begun + seconds
    threads = [threading.Thread(target=each) for each in ((read,) * readers + (write,))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.seconds = time.perf_counter() - begun
    return seen


def _noted(times: list[float], errors: list[str], work: Callable[[], object]) -> None:
    """Note what work takes, or why it failed."""
    try:
        times.append(taken(work))
    except Exception as error:  # noqa: BLE001  # whatever it is, it counts
        errors.append(repr(error))


def _show(title: str, alone: Seen, beside: Seen, rows: int) -> None:
    columns = ("", "answers a second", "median", "95 of 100 within", "rows a second", "a commit")
    table = Table(title, (*columns, "errors"))
    for name, seen in (("alone", alone), ("beside a writer", beside)):
        table.row(
            name,
            f"{len(seen.answers) / seen.seconds:.1f}",
            ms(percentile(seen.answers, 0.5)),
            ms(percentile(seen.answers, 0.95)),
            f"{1000 * rows * len(seen.commits) / sum(seen.commits):,.0f}" if seen.commits else "–",
            ms(percentile(seen.commits, 0.5)) if seen.commits else "–",
            str(len(seen.errors)),
        )
    ratio = percentile(beside.answers, 0.95) / percentile(alone.answers, 0.95)
    table.say(f"\n95 of 100 beside a writer / alone: {ratio:.2f}")


if __name__ == "__main__":
    main()
