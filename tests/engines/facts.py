"""Where the facts of two exports differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from foresail.warehouse.export import file_of, files, manifest_of

PLACES = {"DOUBLE": 6, "DECIMAL(30,12)": 6}
"""Numbers that pass through floating point, as a day's part of an amount does, are compared to so
many places."""


def unequal_facts(one: Path, other: Path) -> Iterator[str]:
    """The names of the facts that differ, in columns or rows in any order."""
    ours, theirs = manifest_of(one), manifest_of(other)
    assert ours is not None
    assert theirs is not None
    if ours.tables != theirs.tables:
        yield f"rows: {set(ours.tables.items()) ^ set(theirs.tables.items())}"
    with duckdb.connect() as connection:
        for name in ours.tables:
            left, right = (files(file_of(each, name)) for each in (one, other))
            columns = connection.execute(f"describe from {left}").fetchall()
            if columns != connection.execute(f"describe from {right}").fetchall():
                yield f"{name}: columns"
                continue
            listed = ", ".join(
                f'round("{column}", {PLACES[kind]})' if kind in PLACES else f'"{column}"'
                for column, kind, *_ in columns
            )
            found = connection.execute(
                f"select count(*) from (select {listed} from {left} except all "
                f"select {listed} from {right})"
            ).fetchone()
            if found != (0,):
                yield f"{name}: {found} rows"
