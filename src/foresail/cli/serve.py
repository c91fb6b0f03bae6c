"""`foresail serve`: the web application of one project, on this machine unless told otherwise."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from foresail.cli.project import ProjectOption, chosen
from foresail.core.errors import ProjectError

ARENA_MAX, ARENAS = -8, 2
"""The parameter of mallopt by the number that malloc.h gives it, and how many places there are."""

PortOption = Annotated[
    int,
    typer.Option(
        "--port", metavar="PORT", min=0, max=65535, help="Where it listens; 0 takes any free port."
    ),
]


def serve(
    context: typer.Context,
    port: PortOption = 8000,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="The address where it listens.")
    ] = "127.0.0.1",
    allowed: Annotated[
        list[str] | None,
        typer.Option(
            "--allow",
            metavar="NAME",
            help="A name under which others reach it, as sales.example.org; may be repeated.",
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Start the web application of a project; Ctrl-C ends it."""
    run(chosen(context, project), host, port, allowed=allowed or (), open_browser=False)


def run(
    directory: Path, host: str, port: int, *, allowed: Sequence[str] = (), open_browser: bool
) -> None:
    """Serve a project until it is stopped.

    Errors: `ProjectError` when it is served already, the port is taken, or others can reach it
    under no name that was allowed.
    """
    refuse_second_server(directory)
    share_free_memory()
    from foresail.cli.answering import answered
    from foresail.web import serve as web

    web.run(
        directory,
        host,
        port,
        allowed=allowed,
        open_browser=open_browser,
        warm=True,
        ready=_say_ready,
        commands=answered,
    )


def share_free_memory() -> None:
    """Let all threads take memory from the same two places; where that cannot be said, from more.

    Else glibc gives nearly each thread a place of its own, and what a question gives back in one is
    of no use to those of other threads.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # Not every Linux has glibc.
            ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)


def _say_ready(address: str) -> None:
    typer.echo(f"Foresail is at {address}  (Ctrl-C ends it)")
    if "/welcome/" in address:
        typer.echo("Nobody can come in yet: whoever opens this address first becomes the admin.")


def refuse_second_server(directory: Path) -> None:
    """Errors: `ProjectError` when another process serves the project."""
    from foresail.project import remote

    found = remote.connect(directory)
    if found:
        where = f" at {found.owner.address}" if found.owner.address else ""
        raise ProjectError(
            f"{directory.resolve()} is being served already, by process {found.owner.pid}{where}"
        )
