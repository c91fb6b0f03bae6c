"""Where a command runs: in its own process, or for another one in the process that serves."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

    from foresail.project import Project


@dataclass(frozen=True)
class Place:
    """A project that is open already, and the streams and the screen of whoever asked."""

    project: Project
    out: TextIO
    err: TextIO
    environment: Mapping[str, str]
    is_terminal: bool


PLACE: ContextVar[Place | None] = ContextVar("PLACE", default=None)
"""Set while a command runs for another process."""


class ElsewhereError(Exception):
    """A command cannot be run for another process."""


def out() -> TextIO:
    """Where a command writes what was asked for."""
    place = PLACE.get()
    return place.out if place else sys.stdout


def err() -> TextIO:
    """Where it writes what is said beside."""
    place = PLACE.get()
    return place.err if place else sys.stderr


def is_terminal() -> bool:
    """Whether people see at once what is written."""
    place = PLACE.get()
    return place.is_terminal if place else sys.stdout.isatty()


def screen() -> Console:
    """Where people read tables."""
    from foresail.project.show.layout import console

    place = PLACE.get()
    if place is None:
        return console()
    return console(place.out, place.environment, is_terminal=place.is_terminal)
