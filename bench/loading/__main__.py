"""Loading a CSV of activities against DuckDB's plain `create table as from read_csv`.

Run: .venv/bin/python -m bench.loading [--millions N] [--rounds N] [--no-facts]

The step alone is what a load does before the facts: rows typed, checked, compared with what is
there and written. It runs into an empty warehouse, and into one that holds the same activities, of
which one in ten changed. The whole load brings the activities to an organisation whose leads and
deals are there already, and makes the facts. Memory is the most that this process held meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.loading.files import read_plainly, written
from bench.measuring import Table, Timed, in_turns
from bench.memory import forget_peak, held
from bench.organisation.kept import Organisation, options, organisation
from foresail.load.loading import load_files
from foresail.load.report import LoadReport
from foresail.project import Project
from foresail.warehouse.changes import Changes


def main() -> None:
    """Print the table."""
    parser = options(__doc__, rounds=3)
    parser.add_argument("--no-facts", action="store_true", help="leave the whole load out")
    given = parser.parse_args()
    found = organisation(given.folder, given.millions)
    title = f"Loading a CSV of {given.millions:g} M activities"
    columns = ("load", "Foresail", "read_csv", "ratio", "at most in memory")
    with written(found) as (first, again), TemporaryDirectory(dir=found.folder) as name:
        table = Table(title, columns)
        loads = Loads(found, Path(name), first, again)
        loads.show(table, "step alone, into an empty warehouse", loads.into_empty, given.rounds)
        loads.show(table, "step alone, into a full one", loads.into_full, given.rounds)
        if not given.no_facts:
            loads.show(table, "whole, with the facts", loads.with_facts, given.rounds)


class Loads:
    """The ways of loading the activities of an organisation, each in a project of its own."""

    def __init__(self, found: Organisation, folder: Path, first: Path, again: Path):
        self.found = found
        self.folder = folder
        self.first = first
        self.again = again
        self.rows = read_plainly(folder, first)

    def show(
        self, table: Table, what: str, load: Callable[[Project], Callable[[], None]], rounds: int
    ) -> None:
        """A row of the table: the load in turns with DuckDB's own, what surrounds it not timed."""
        times: list[Timed] = []
        most = 0.0
        for number in range(rounds):
            with TemporaryDirectory(dir=self.folder) as name:
                Project.init(name, "Bench")
                with Project.open(name) as project:
                    assert isinstance(project, Project)
                    step = load(project)
                    forget_peak()
                    times.append(
                        in_turns(lambda _: step(), lambda _: self._plainly(), 1)  # noqa: B023
                    )
                    most = max(most, held()[1])
            del number
        table.timed(what, _middle(times), f"{most / 1024:.2f} GiB")

    def into_empty(self, project: Project) -> Callable[[], None]:
        """The step alone, where nothing is there yet."""
        return lambda: self._step(project, self.first, accepted=self.rows)

    def into_full(self, project: Project) -> Callable[[], None]:
        """The step alone, where the same activities are there."""
        self._step(project, self.first, accepted=self.rows)
        return lambda: self._step(project, self.again, accepted=0)

    def with_facts(self, project: Project) -> Callable[[], None]:
        """The whole load of the activities of leads and deals that are there already."""
        project.load(*(each for each in self.found.files if each.stem != "activity"))

        def load() -> None:
            _check(project.load(self.first), self.rows, accepted=self.rows)

        return load

    def _step(self, project: Project, file: Path, *, accepted: int) -> None:
        with project.warehouse.writing() as cursor, Changes(cursor) as changes:
            report = load_files(cursor, project.settings, [file], changes)
        _check(report, self.rows, accepted=accepted)

    def _plainly(self) -> None:
        assert read_plainly(self.folder, self.first) == self.rows


def _check(report: LoadReport, rows: int, *, accepted: int) -> None:
    """Hold what was loaded against what the file holds."""
    (loaded,) = report.tables
    counted = loaded.accepted + loaded.updated + loaded.unchanged
    assert (counted, loaded.accepted) == (rows, accepted), report


def _middle(times: list[Timed]) -> Timed:
    """The pair with the median of the ratios."""
    return sorted(times, key=lambda each: each.ratio)[len(times) // 2]


if __name__ == "__main__":
    main()
