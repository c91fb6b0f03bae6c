"""Everything that can go wrong, as one tree.

* ForesailError
  x DefinitionError   a declaration of ours is wrong; raised at import
  x QuestionError     something was asked for that cannot be
  x ProjectError      the project's folder, settings or warehouse is in the way
    + BusyError       another process holds the warehouse
  x SourceError       a file, mapping or connector cannot be used
  x DataError         rows break a table's contract

Every message says what was asked, what is in the way, and what can be done.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ForesailError(Exception):
    """The root of all errors that Foresail raises on purpose."""


class DefinitionError(ForesailError):
    """A declaration contradicts itself."""


class QuestionError(ForesailError):
    """A question that cannot be answered as asked."""


class ProjectError(ForesailError):
    """The project's folder, settings or warehouse is in the way."""


class BusyError(ProjectError):
    """Another process holds the warehouse and does not answer for it."""


class SourceError(ForesailError):
    """A file, mapping or connector cannot be used."""


class DataError(ForesailError):
    """Rows break a table's contract."""


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest known name, or an empty text.

    >>> nearest("win_rte", ["win_rate", "revenue"])
    ' Did you mean win_rate?'
    >>> nearest("zzz", ["win_rate"])
    ''
    """
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {found[0]}?" if found else ""
