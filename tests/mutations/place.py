"""A place that keeps somebody from seeing something, and the tests that should miss it."""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = "tests/scope/test_people.py"
HISTORY = "tests/scope/test_history.py"
CATALOGUE = "tests/scope/test_catalogue.py"
TOLD = f"{CATALOGUE} -k nothing_that_is_told"


@dataclass(frozen=True)
class Place:
    """Some source that stands in one file once, what is put in its place, and who should notice.

    `tests` are files, and words of `-k`.
    """

    name: str
    path: str
    source: str
    instead: str
    tests: str
