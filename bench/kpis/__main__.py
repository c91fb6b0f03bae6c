"""Foresail's answers beside hand-written SQL: checked equal, then timed in turns.

Run: .venv/bin/python -m bench.kpis [--millions N] [--rounds N] [--check] [QUESTION ...]

Both run in this process on the same data, A B A B ...; what counts is the median of the ratios.
Each of Foresail's rounds asks as of another instant, so that no answer is kept. With --check
nothing is timed; it fails where an answer differs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bench.kpis.comparing import AS_OF, ask, differences
from bench.kpis.making import make, make_plain, make_project
from bench.kpis.questions import QUESTIONS, Question
from foresail.project import Project


def main() -> None:
    """Print the table; end with an error where an answer differs."""
    options = _options()
    folder = options.folder / f"{options.millions:g}"
    with _opened(folder, options.millions) as (project, plain):
        print(_machine(options.millions))
        chosen = [each for each in QUESTIONS if each.name in (options.questions or [each.name])]
        wrong = [each.name for each in chosen if _differs(project, plain, each)]
        for each in chosen:
            if not options.check and each.name not in wrong:
                _time(project, plain, each, options.rounds)
    if wrong:
        sys.exit(f"Not the same numbers: {', '.join(wrong)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", nargs="*", help="names of questions; all")
    parser.add_argument("--millions", type=float, default=1, help="of activities")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--check", action="store_true", help="compare the answers only")
    parser.add_argument("--folder", type=Path, default=Path(".bench"))
    return parser.parse_args()


@contextmanager
def _opened(folder: Path, millions: float) -> Iterator[tuple[Project, duckdb.DuckDBPyConnection]]:
    """The data as a project and as plain tables, made where they are not there yet."""
    if not (folder / "made").exists():
        begun = time.perf_counter()
        files = make(folder / "files", millions)
        make_plain(folder / "plain.duckdb", files)
        told = time.perf_counter()
        make_project(folder / "project", files)
        print(f"made in {told - begun:.0f} s, loaded in {time.perf_counter() - told:.0f} s")
        (folder / "made").touch()
    plain = duckdb.connect(str(folder / "plain.duckdb"), read_only=True)
    with plain, Project.open(folder / "project") as project:
        assert isinstance(project, Project)
        project.make_current()
        yield project, plain


def _machine(millions: float) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{millions:g} M activities; {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"{dt.date.today()}"
    )


def _differs(project: Project, plain: duckdb.DuckDBPyConnection, question: Question) -> bool:
    found = differences(project, plain, question)
    for each in found[:5]:
        print(f"{question.name}: {each}")
    return bool(found)


def _time(
    project: Project, plain: duckdb.DuckDBPyConnection, question: Question, rounds: int
) -> None:
    """One line: how long each takes, and the ratio."""
    ours, theirs = [], []
    for number in range(rounds):
        as_of = AS_OF + dt.timedelta(seconds=1 + number)
        ours.append(_taken(partial(_answer, project, question, as_of)))
        theirs.append(_taken(partial(_by_hand, plain, question.sql)))
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    print(
        f"{question.name:5}{statistics.median(ours):9.1f} ms{statistics.median(theirs):9.1f} ms "
        f"by hand   x {statistics.median(ratios):6.2f}   {question.what}",
        flush=True,
    )


def _answer(project: Project, question: Question, as_of: dt.datetime) -> pa.Table:
    return ask(project, question, as_of).table


def _by_hand(plain: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    return plain.execute(sql).to_arrow_table()


def _taken(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
