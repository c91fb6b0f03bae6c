"""The canonical tables as a page for people.

python -m foresail.model.document > docs/model.md
"""

from __future__ import annotations

from collections.abc import Iterator

from foresail.model import TABLES
from foresail.model.types import Column, Table

OPENING = """\
# Canonical tables

Every source is mapped onto these tables. Files named after them (`activity.csv`, `rep.parquet`)
load without a mapping. A column may be empty or missing where a source lacks it; **bold** ones form
the key, and a row without them is set aside. Instants are kept in UTC, and a date without time is
kept as a date; dates are never shifted; ids stay text.
"""


def document() -> str:
    """The page, as Markdown."""
    return "\n".join([OPENING, *(line for table in TABLES.values() for line in _table(table))])


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.grain}" + (" The id is optional." if table.is_keyless else "") + "\n"
    yield "| column | holds | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        name = f"**{column.name}**" if column.is_key else column.name
        yield f"| {name} | {_holds(column)} | {column.meaning} |"
    yield ""


def _holds(column: Column) -> str:
    if column.choices:
        return ", ".join(column.choices)
    if column.minimum is not None and column.maximum is not None:
        return f"{column.type.words}, {column.minimum:g} to {column.maximum:g}"
    return column.type.words


if __name__ == "__main__":
    print(document(), end="")
