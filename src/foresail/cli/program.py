"""The program `foresail`, from its first line to its exit status.

A question is put whole to the process that serves its project, where one does, and what that
prints is printed here; nothing but the standard library is imported for that. Everything else runs
in this process.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

from foresail.cli.handing import QUESTIONS, handed_over
from foresail.cli.words import folder_and_rest

NEVER_USED = ("pandas",)
UNUSED_BY_QUESTIONS = ("pyarrow.dataset",)
"""What Arrow and DuckDB import wherever it is installed, only to see whether what they are given is
of its kind. That takes longer than most questions, and much memory.
"""

OBJECTS = 50_000
"""After how many new objects Python looks for garbage: a question makes some 500,000 that stay."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 question or data at fault, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    status = 0
    try:
        if not handed_over(words):
            status = _run_here(words)
        sys.stdout.flush()
    except BrokenPipeError:  # A reader that went away is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _run_here(words: Sequence[str]) -> int:
    _, rest = folder_and_rest(words)
    is_question = bool(rest) and rest[0] in QUESTIONS
    sys.meta_path.insert(0, Without(NEVER_USED + (UNUSED_BY_QUESTIONS if is_question else ())))
    gc.set_threshold(OBJECTS)
    from foresail.cli.main import main

    status = main(words)
    gc.freeze()  # What is left goes with the process; nobody need look through it.
    return status


class Without:
    """Keeps some libraries out of this process, which has no use for them."""

    def __init__(self, names: tuple[str, ...]):
        self.names = names

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Find nothing; say of these libraries that they are not there."""
        del path, target
        if name in self.names:
            raise ModuleNotFoundError(f"The program foresail does without {name}.", name=name)
