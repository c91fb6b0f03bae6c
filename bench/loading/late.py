"""Late activities: a load of 10,000 against the bare insert of the same rows, and a rebuild.

Run: .venv/bin/python -m bench.loading.late [--millions N] [--rounds N] [--rows N]

The activities of the last two months come in by a file, each with an id of its own. The bare
insert brings the same rows from Arrow into a plain table of the same size. A rebuild makes all
facts anew, once; every question must be answered by it as before. What is new is visible when the
scoreboard is asked after the load.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow.parquet as pq

from bench.kpis.comparing import ask
from bench.kpis.questions import QUESTIONS
from bench.measuring import Table, ms, taken
from bench.organisation.kept import options, organisation
from bench.organisation.more import more_activities
from foresail.facts.making.refresh import refresh
from foresail.project import Project

SCOREBOARD = QUESTIONS[0]
STEPS = {
    "loaded, with the facts": "load",
    "loaded, and the scoreboard asked": "visible",
    "the bare insert": "bare",
}


def main() -> None:
    """Print the table; end with an error where a rebuild answers otherwise."""
    parser = options(__doc__, rounds=3)
    parser.add_argument("--rows", type=int, default=10_000)
    given = parser.parse_args()
    found = organisation(given.folder, given.millions)
    with found.copied() as folder, TemporaryDirectory(dir=found.folder) as name:
        files = more_activities(found.files[2], Path(name), given.rounds, given.rows)
        plain = Path(shutil.copy(found.plain, name))
        with Project.open(folder) as project, duckdb.connect(str(plain)) as bare:
            assert isinstance(project, Project)
            project.make_current()
            ask(project, SCOREBOARD)
            times = [_round(project, bare, file) for file in files]
            before = _answers(project)
            rebuilt = taken(_rebuild, project)
            wrong = [each for each, answer in _answers(project).items() if answer != before[each]]
    title = f"{given.rows:,} late activities, {given.millions:g} M"
    _show(Table(title, ("", "takes", "/ bare insert", "/ rebuild")), times, rebuilt)
    if wrong:
        sys.exit(f"A rebuild answers otherwise: {', '.join(wrong)}")


@dataclass(frozen=True)
class Round:
    """What one file took, in ms: its load, the first answer after it, and the bare insert."""

    load: float
    answer: float
    bare: float

    @property
    def visible(self) -> float:
        """Until the scoreboard shows it."""
        return self.load + self.answer


def _round(project: Project, bare: duckdb.DuckDBPyConnection, file: Path) -> Round:
    arrow = pq.read_table(file)

    def insert() -> None:
        bare.register("arriving", arrow)
        bare.execute("insert into activity by name from arriving")
        bare.unregister("arriving")

    return Round(taken(project.load, file), taken(ask, project, SCOREBOARD), taken(insert))


def _rebuild(project: Project) -> None:
    with project.warehouse.writing() as cursor:
        refresh(cursor, project.settings)


def _answers(project: Project) -> dict[str, list[dict[str, Any]]]:
    return {each.name: ask(project, each).rows for each in QUESTIONS}


def _show(table: Table, times: list[Round], rebuilt: float) -> None:
    bare = median(each.bare for each in times)
    for what, name in STEPS.items():
        middle = median(getattr(each, name) for each in times)
        ratio = median(getattr(each, name) / each.bare for each in times)
        table.row(what, ms(middle), f"{ratio:.2f}", f"{middle / rebuilt:.3f}")
    table.row("all facts rebuilt", ms(rebuilt), f"{rebuilt / bare:.2f}", "1")


if __name__ == "__main__":
    main()
