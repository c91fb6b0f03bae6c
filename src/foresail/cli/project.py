"""Which project a command works on, and how it is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from foresail.cli.place import PLACE, ElsewhereError
from foresail.cli.words import FOLDER, FOLDER_NAME

if TYPE_CHECKING:
    from foresail.project import Project
    from foresail.project.remote import RemoteProject

    AnyProject: TypeAlias = Project | RemoteProject

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        FOLDER,
        metavar="DIR",
        help="The project's folder; else FORESAIL_PROJECT, else the current folder.",
    ),
]


def named(context: typer.Context, given: Path | None) -> Path | None:
    """The folder that was named: after the command, before it, or in the environment."""
    before: Path | None = context.obj
    environment = os.environ.get(FOLDER_NAME)
    return given or before or (Path(environment) if environment else None)


def chosen(context: typer.Context, given: Path | None) -> Path:
    """The folder that was named, else the current one."""
    return named(context, given) or Path()


def is_export(directory: Path) -> bool:
    """Whether the folder holds an export, and not a project itself."""
    from foresail.warehouse.export import manifest_of

    return manifest_of(directory) is not None


@contextmanager
def opened(directory: Path, engine: str | None = None) -> Iterator[AnyProject]:
    """The project in a folder, closed at the end; `engine` says what answers from an export.

    Errors: `ProjectError` when there is none, `BusyError` when it stays in use.
    """
    place = PLACE.get()
    if place is not None:
        if engine:
            raise ElsewhereError
        yield place.project
        return
    found = None if engine else _served(directory)
    if found is None:
        from foresail.project import Project

        found = Project.open(directory, engine=engine, on_wait=_say_waiting)
    with closing(found) as project:
        yield project


def _served(directory: Path) -> AnyProject | None:
    """The project as the process that serves it answers; nothing heavy is imported for that.

    Errors: `BusyError` when that process runs another version.
    """
    from foresail.project.remote import connect

    return connect(directory)


def _say_waiting(text: str) -> None:
    typer.echo(text, err=True)
