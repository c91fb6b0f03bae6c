"""`foresail demo`: a simulated sales organisation, made, loaded and opened."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from foresail.cli.load import progress_bar
from foresail.cli.project import ProjectOption, named, opened
from foresail.cli.serve import PortOption, refuse_second_server, run
from foresail.core.errors import ProjectError

DEFAULT_FOLDER = "foresail-demo"
FILES_FOLDER = "files"
MARK = ".foresail-demo.json"
LOCAL = "127.0.0.1"


@dataclass(frozen=True)
class Order:
    """What a demo is made from; the same order makes the same organisation."""

    reps: int
    months: int
    seed: int
    until: str


def demo(
    context: typer.Context,
    reps: Annotated[int, typer.Option("--reps", metavar="N", min=1, help="How many reps.")] = 24,
    months: Annotated[
        int, typer.Option("--months", metavar="M", min=1, help="How many months of history.")
    ] = 15,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", help="Another number, another organisation.")
    ] = 7,
    until: Annotated[
        dt.datetime | None,
        typer.Option("--until", metavar="DATE", formats=["%Y-%m-%d"], help="Its last day; today."),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Say the address in place of opening it.")
    ] = False,
    port: PortOption = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", hidden=True)] = False,
    project: ProjectOption = None,
) -> None:
    """Make a simulated sales organisation, and open it."""
    folder = named(context, project) or Path(DEFAULT_FOLDER)
    last_day = until.date() if until else dt.datetime.now(tz=dt.UTC).astimezone().date()
    make(folder, Order(reps, months, seed, last_day.isoformat()))
    if not no_serve:
        run(folder, LOCAL, port, open_browser=not no_browser)


def make(folder: Path, order: Order) -> None:
    """Make the demo in a folder, unless just that demo is there.

    Errors: `ProjectError` when the folder holds anything else.
    """
    refuse_second_server(folder)
    found = _read_mark(folder)
    if found == {**asdict(order), "is_whole": True}:
        typer.echo(f"The demo in {folder} is the one that is asked for.")
        return
    if found is None and folder.exists() and any(folder.iterdir()):
        raise ProjectError(
            f"{folder} holds something else. Name a new folder: foresail demo --project DIR"
        )
    _clear(folder)
    _write_mark(folder, order, is_whole=False)
    _write(folder, order)
    _write_mark(folder, order, is_whole=True)


def _write(folder: Path, order: Order) -> None:
    from foresail.demo import write_organisation

    files = folder / FILES_FOLDER
    with progress_bar() as progress:
        if progress:
            progress(f"Making {order.reps} reps and {order.months} months of their work", None)
        organisation = write_organisation(
            files,
            reps=order.reps,
            months=order.months,
            seed=order.seed,
            until=dt.date.fromisoformat(order.until),
        )
        (folder / "foresail.toml").write_text(organisation.settings_toml(), encoding="utf-8")
        with opened(folder) as project:
            report = project.load(*organisation.paths, progress=progress)
    rows = sum(each.read for each in report.tables)
    typer.echo(f"Made a demo in {folder}: {rows:,} rows in {len(report.tables)} tables.")
    aside = sum(each.quarantined for each in report.tables)
    typer.echo(
        f"{aside} rows are bad on purpose and were set aside: foresail quarantine shows them. "
        f"What is true of the organisation is in {organisation.truth}."
    )


def _read_mark(folder: Path) -> dict[str, object] | None:
    """From what the demo in a folder was made; None where the folder holds none."""
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write_mark(folder: Path, order: Order, *, is_whole: bool) -> None:
    content = json.dumps({**asdict(order), "is_whole": is_whole})
    (folder / MARK).write_text(content, encoding="utf-8")


def _clear(folder: Path) -> None:
    """Take away what an earlier demo left in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in (
        f"{FILES_FOLDER}/*",
        f"{FILES_FOLDER}/*/*",
        "warehouse.duckdb*",
        "foresail.toml",
    ):
        for path in folder.glob(pattern):
            if path.is_file():
                path.unlink()
    (folder / FILES_FOLDER).mkdir(exist_ok=True)
