"""The columns of a file: their names made usable, and the SQL that speaks of them."""

from __future__ import annotations

from collections.abc import Iterable

ROW_NUMBER = "#row_number"


def quoted(name: str) -> str:
    """A name as SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL constant."""
    return "'" + text.replace("'", "''") + "'"


def column_names(header: Iterable[str | None]) -> tuple[str, ...]:
    """The names of a header, trimmed; an empty one is column<n>, a repeated one gets a number.

    >>> column_names(["id", " Name ", "", "name"])
    ('id', 'Name', 'column2', 'name_1')
    """
    names: list[str] = []
    used = {ROW_NUMBER}
    for place, text in enumerate(header):
        first = (text or "").replace("\0", "").strip() or f"column{place}"
        name, again = first, 0
        while name.lower() in used:
            again += 1
            name = f"{first}_{again}"
        used.add(name.lower())
        names.append(name)
    return tuple(names)
