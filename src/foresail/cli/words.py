"""The words of a command line, as far as they are understood before anything else is imported."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER, FOLDER_NAME = "--project", "FORESAIL_PROJECT"


def folder_and_rest(words: Iterable[str]) -> tuple[Path, list[str]]:
    """The project's folder, and the words but those that name it: a command's name comes first.

    >>> folder_and_rest(["--project", "sales", "ask", "win_rate", "--by=rep"])[1]
    ['ask', 'win_rate', '--by=rep']
    >>> folder_and_rest(["ask", "win_rate", "--project=sales"])[0].name
    'sales'
    """
    named, rest = os.environ.get(FOLDER_NAME) or "", []
    given = iter(words)
    for word in given:
        name, sign, value = word.partition("=")
        if name == FOLDER:
            named = (value if sign else next(given, "")) or named
        else:
            rest.append(word)
    return Path(named).absolute(), rest
