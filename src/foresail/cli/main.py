"""The program `foresail`: its commands, and how it ends.

Typer is imported here and nothing heavier: each command imports what it needs when it runs.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from foresail import __version__
from foresail.cli import ask, catalogue, demo, export, health, load, refresh, serve, start
from foresail.cli import map as mapping
from foresail.cli.project import ProjectOption
from foresail.core.errors import ForesailError

app = typer.Typer(
    help="Sales performance from your own data: load it, ask it, see what is behind a number.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    start.init,
    load.load,
    mapping.map,
    load.loads,
    load.quarantine,
    load.retry,
    catalogue.kpis,
    health.health,
    ask.ask,
    ask.records,
    ask.explain,
    export.export,
    refresh.refresh,
    serve.serve,
    demo.demo,
):
    app.command()(command)


def _say_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"foresail {__version__}")
        raise typer.Exit


@app.callback()
def before_command(
    context: typer.Context,
    project: ProjectOption = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say the version and end."
        ),
    ] = False,
) -> None:
    """Sales performance from your own data: load it, ask it, see what is behind a number."""
    context.obj = project


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 question or data at fault, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(arguments, prog_name="foresail")
    except SystemExit as end:
        return _flushed(end.code if isinstance(end.code, int) else 0)
    except ForesailError as error:
        typer.secho("Error: ", fg="red", bold=True, nl=False, err=True)
        typer.echo(str(error), err=True)
        return _flushed(1)
    return _flushed(0)


def _flushed(status: int) -> int:
    """The exit status, once all output has left; a reader that went away is no error."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status
