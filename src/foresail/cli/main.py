"""The commands of the program `foresail`, and how one ends.

Typer is imported here and nothing heavier: each command imports what it needs when it runs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from foresail import __version__
from foresail.cli.project import ProjectOption
from foresail.cli.words import folder_and_rest
from foresail.core.errors import ForesailError

COMMANDS = {
    "init": "start",
    "load": "load",
    "map": "map",
    "loads": "load",
    "quarantine": "load",
    "retry": "load",
    "kpis": "catalogue",
    "health": "health",
    "ask": "ask",
    "records": "ask",
    "explain": "ask",
    "export": "export",
    "refresh": "refresh",
    "serve": "serve",
    "demo": "demo",
}
"""The module here that holds each command, a function of its name."""


def app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The program with these of its commands."""
    made = typer.Typer(
        help="Sales performance from your own data: load it, ask it, see what is behind a number.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in names:
        module = import_module(f"foresail.cli.{COMMANDS[name]}")
        made.command(name)(getattr(module, name))
    made.callback()(before_command)
    return made


def _say_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"foresail {__version__}")
        raise typer.Exit


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
    words = sys.argv[1:] if arguments is None else arguments
    _, rest = folder_and_rest(words)
    # To make a command takes time, even one that is not run.
    asked = rest[:1] if rest and rest[0] in COMMANDS else COMMANDS
    try:
        app(asked)(words, prog_name="foresail")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except ForesailError as error:
        typer.secho("Error: ", fg="red", bold=True, nl=False, err=True)
        typer.echo(str(error), err=True)
        return 1
    return 0
