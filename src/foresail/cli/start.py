"""`foresail init`: make a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foresail.cli.project import ProjectOption, chosen


def init(
    context: typer.Context,
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="The folder; made if it is not there yet."),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Make a project: its settings and an empty warehouse."""
    from foresail.project import Project

    folder = directory or chosen(context, project)
    settings_file = Project.init(folder)
    where = "" if folder.resolve() == Path.cwd() else f" --project {folder}"
    typer.echo(f"Made a project in {folder.resolve()}.")
    typer.echo(f"Settings: {settings_file}")
    typer.echo(f"Next, load your files: foresail load FILE...{where}")
