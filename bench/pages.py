"""How long the pages of a project take: a table of every page as admin, manager and rep.

Run: .venv/bin/python bench/pages.py PROJECT [--cold] [--again N] [PAGE ...]

`first` is the first request of this process, with the plans that lie in the cache; with --cold the
cache is empty. `again` is the median of further requests, each as of another instant, so that no
answer is kept. CPU time is that of all threads, and says more than the clock on a busy machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROLES = ("admin", "manager", "rep")
LEADS = ("calling", "persistence", "content", "meetings", "worked")
RESULTS = ("selling", "costs", "customers", "people")
PAGES = (
    *("today", "scoreboard", "rep", "rep/{rep}", "funnel", "pipeline"),
    *("leads", *(f"leads/{part}" for part in LEADS)),
    *("results", *(f"results/{part}" for part in RESULTS)),
    *("leaderboard", "explore", "catalogue", "kpi/win_rate"),
    *("records/win_rate", "records/outbound_calls", "data", "settings"),
)


@dataclass
class Spent:
    """What some requests took, in ms; `queries` ran in the engine."""

    clock: float = 0.0
    cpu: float = 0.0
    engine: float = 0.0
    queries: int = 0


@dataclass
class Timed:
    """An engine that keeps count of what runs in it."""

    inner: Any
    spent: Spent = field(default_factory=Spent)
    dialect: Any = field(init=False)

    def __post_init__(self) -> None:
        self.dialect = self.inner.dialect

    def run(self, *question: Any) -> Any:
        """The engine's result."""
        begun = time.process_time()
        try:
            return self.inner.run(*question)
        finally:
            self.spent.engine += 1000 * (time.process_time() - begun)
            self.spent.queries += 1


def main() -> None:
    """Print the table."""
    options = _options()
    if options.cold:
        os.environ["FORESAIL_CACHE"] = tempfile.mkdtemp(prefix="foresail-cold-")
    with _served(options.project) as (project, engine):
        print(f"{'page':22}{'role':9}{'first':>7}{'CPU':>7}{'queries':>8}", end="")
        print(f"{'again':>8}{'CPU':>7}{'engine':>8}{'queries':>8}{'kB':>7}")
        for role in options.role or ROLES:
            _measure(project, engine, role, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("pages", nargs="*", help="parts of the addresses to look at; all")
    parser.add_argument("--cold", action="store_true", help="begin without any plan")
    parser.add_argument("--again", type=int, default=3, metavar="N", help="further requests")
    parser.add_argument("--role", action="append", choices=ROLES)
    return parser.parse_args()


@contextmanager
def _served(directory: Path) -> Iterator[tuple[Any, Timed]]:
    from foresail.web.current import hold, owned
    from foresail.web.serve import prepare_site

    os.environ["FORESAIL_PROJECT"] = str(directory.resolve())
    project = owned(directory)
    try:
        prepare_site(directory, project)
        project.make_current()
        engine = Timed(project.runner)
        project.runner = engine
        hold(project)
        yield project, engine
    finally:
        hold(None)
        project.close()


def _measure(project: Any, engine: Timed, role: str, options: argparse.Namespace) -> None:
    from django.test import Client

    from foresail.web.people.demo import demo_person

    person = demo_person(role, project)
    client = Client(HTTP_HOST="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for name in _addresses(project, person):
        if options.pages and not any(each in name for each in options.pages):
            continue
        status, size, first = _request(client, engine, name, 0)
        if status != 200:
            if status not in (403, 404):
                print(f"{name:22}{role:9}  answers {status}")
            continue
        found = [_request(client, engine, name, 1 + n)[2] for n in range(options.again)]
        print(f"{name:22}{role:9}{first.clock:7.0f}{first.cpu:7.0f}{first.queries:8}", end="")
        if found:
            of = {key: statistics.median(vars(each)[key] for each in found) for key in vars(first)}
            print(f"{of['clock']:8.0f}{of['cpu']:7.0f}{of['engine']:8.0f}", end="")
            print(f"{of['queries']:8.0f}", end="")
        print(f"{size / 1000:7.0f}", flush=True)


def _addresses(project: Any, person: Any) -> Iterator[str]:
    """Every page, and that of one rep who may be seen."""
    reps = project.ask("revenue", by="rep", period="this-year").rows
    rep = next((row["rep_id"] for row in reps if row["rep_id"]), "")
    for page in PAGES:
        yield page.format(rep=person.rep_id if person.role == "rep" else rep)


def _request(client: Any, engine: Timed, name: str, number: int) -> tuple[int, int, Spent]:
    """One request as of an instant of its own: status, size and what it took."""
    instant = dt.datetime.now().astimezone() - dt.timedelta(seconds=number)
    engine.spent = spent = Spent()
    begun, cpu = time.perf_counter(), time.process_time()
    response = client.get(f"/{name}/", {"as_of": instant.isoformat()} if number else {})
    spent.clock = 1000 * (time.perf_counter() - begun)
    spent.cpu = 1000 * (time.process_time() - cpu)
    return response.status_code, len(response.content), spent


if __name__ == "__main__":
    main()
