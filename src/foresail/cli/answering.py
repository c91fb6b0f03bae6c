"""The answering side: a command that another process was asked to run, run in the one that serves.

It writes into memory in place of the streams of this process, for the screen of whoever asked.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import typer

from foresail import __version__
from foresail.cli.handing import QUESTIONS
from foresail.cli.place import PLACE, ElsewhereError, Place
from foresail.core.errors import ForesailError

if TYPE_CHECKING:
    from foresail.project import Project

USAGE_ERROR: type[BaseException] = typer.BadParameter.__mro__[1]
"""What every error in the words of a command is."""


def answered(project: Project, asked: Any) -> bytes | None:
    """What a command prints: the length of its output, a line's end, the output, what goes beside.

    None where whoever asked is to run it: to say what is wrong with it, or because it is of another
    version, or not for this project as it is.
    """
    if not isinstance(asked, dict) or asked.get("version") != __version__:
        return None
    words = asked.get("words")
    if not (isinstance(words, list) and words and words[0] in QUESTIONS):
        return None
    out, err = _stream(), _stream()
    screen = {name: str(each) for name, each in dict(asked.get("environment") or {}).items()}
    place = Place(project, out, err, screen, is_terminal=bool(asked.get("is_terminal")))
    token = PLACE.set(place)
    try:
        status = _command().main(list(map(str, words)), "foresail", standalone_mode=False)
    except (ForesailError, ElsewhereError, USAGE_ERROR):
        return None
    finally:
        PLACE.reset(token)
    return None if status else b"%d\n%b%b" % (_size(out), _written(out), _written(err))


@cache
def _command() -> Any:
    """The program's commands, made once."""
    from foresail.cli.main import app

    return typer.main.get_command(app(QUESTIONS))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", newline="\n")


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def _size(stream: io.TextIOWrapper) -> int:
    return len(_written(stream))
