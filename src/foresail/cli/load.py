"""`foresail load`, `loads` and `quarantine`: bring files in, and see what became of their rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foresail.cli.output import (
    Format,
    FormatOption,
    TextFormat,
    TextFormatOption,
    refuse_terminal,
    write_json,
    write_rows,
)
from foresail.cli.project import ProjectOption, chosen, opened

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Progressing = Callable[[str, float | None], None]
ON_SCREEN = 50


def load(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files, or folders of files.")
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="How the files' columns become the model's; not needed for canonical files.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")
    ] = False,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Load files; the same file twice changes nothing."""
    with opened(chosen(context, project)) as source, progress_bar() as progress:
        report = source.load(*paths, mapping=mapping, dry_run=dry_run, progress=progress)
    if form is TextFormat.JSON:
        write_json(report.to_dict())
        return
    from foresail.cli.show_loads import show_report
    from foresail.project.show.layout import console

    show_report(console(), report)


def loads(
    context: typer.Context, form: FormatOption = Format.TABLE, project: ProjectOption = None
) -> None:
    """List what was loaded when."""
    refuse_terminal(form)
    from foresail.project.results import LoadSummary

    with opened(chosen(context, project)) as source:
        found = source.loads()
        if form is Format.TABLE:
            from foresail.cli.show_loads import show_loads
            from foresail.project.show.layout import console

            show_loads(console(), found, source.settings.tzinfo)
            return
    names = [each.name for each in dataclasses.fields(LoadSummary)]
    write_rows(form, names, [dataclasses.asdict(each) for each in found])


def quarantine(
    context: typer.Context,
    load_id: Annotated[
        int | None, typer.Option("--load", metavar="N", help="Only the rows of this load.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, help=f"At most this many rows; {ON_SCREEN} for people."
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
    project: ProjectOption = None,
) -> None:
    """List the rows that were set aside, each with its reason."""
    refuse_terminal(form)
    from foresail.project.results import QuarantinedRow

    with opened(chosen(context, project)) as source:
        if form is Format.TABLE:
            most = limit or ON_SCREEN
            found = source.quarantine(load_id, most + 1)
            from foresail.cli.show_loads import show_quarantine
            from foresail.project.show.layout import console

            show_quarantine(console(), found[:most], has_more=len(found) > most)
            return
        found = source.quarantine(load_id, limit)
    names = [each.name for each in dataclasses.fields(QuarantinedRow)]
    write_rows(form, names, [dataclasses.asdict(each) for each in found])


def retry(
    context: typer.Context,
    load_id: Annotated[
        int | None, typer.Option("--load", metavar="N", help="Only the rows of this load.")
    ] = None,
    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="Only the rows of this table.")
    ] = "",
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="TEXT",
            help="Only the rows of this reason, as the load's report says.",
        ),
    ] = "",
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="FILE", help="The mended mapping to read them by."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")
    ] = False,
    form: TextFormatOption = TextFormat.TABLE,
    project: ProjectOption = None,
) -> None:
    """Try rows that were set aside again, after a mapping or a setting was mended."""
    with opened(chosen(context, project)) as source, progress_bar() as progress:
        report = source.retry(
            load_id,
            table=table,
            reason=reason,
            mapping=mapping,
            dry_run=dry_run,
            progress=progress,
        )
    if form is TextFormat.JSON:
        write_json(report.to_dict())
        return
    from foresail.cli.show_loads import show_retry
    from foresail.project.show.layout import console

    show_retry(console(), report)


@contextmanager
def progress_bar() -> Iterator[Progressing | None]:
    """What is being done and how far, on standard error; nothing where that is no terminal."""
    from rich.console import Console

    to = Console(stderr=True)
    if not to.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    one_line = Column(no_wrap=True, overflow="ellipsis", ratio=1)
    columns = (
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False, table_column=one_line),
    )
    with Progress(*columns, console=to, transient=True) as bar:
        yield _on(bar, bar.add_task("", total=None))


def _on(bar: Progress, task: TaskID) -> Progressing:
    def show(text: str, done: float | None) -> None:
        bar.update(task, description=text, total=None if done is None else 1.0, completed=done or 0)

    return show
