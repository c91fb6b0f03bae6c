"""Which columns of the canonical tables hold anything: what can be answered depends on it."""

from __future__ import annotations

from functools import partial
from typing import Any

import ibis
import ibis.selectors as s
from ibis import _ as row

from foresail.facts.making.source import Source
from foresail.facts.making.tallies import Tally
from foresail.model import TABLES

KINDS = {"activity": "kind", "content_event": "kind", "cost": "category", "lead_stage": "stage"}
"""The columns whose values are counted one by one, by table."""


def _counts(name: str, table: Any) -> Any:
    """How many rows of a table fill each column, under `*` how many there are."""
    columns = {column.name: table[column.name].count() for column in TABLES[name].columns}
    counts = table.agg(**{"*": table.count()}, **columns)
    long = counts.pivot_longer(s.all(), names_to="column_name", values_to="n")
    filled = long.select(
        table_name=ibis.literal(name),
        column_name=row.column_name,
        value=ibis.null("string"),
        n=row.n,
    )
    return filled.union(_values(name, table)) if name in KINDS else filled


def _values(name: str, table: Any) -> Any:
    """How many rows of a table have each value of the column where they are told apart."""
    column = KINDS[name]
    valued = table.filter(row[column].notnull()).group_by(value=row[column]).agg(n=row.count())
    return valued.select(
        table_name=ibis.literal(name), column_name=ibis.literal(column), value=row.value, n=row.n
    )


FILLED = Tally(
    "filled",
    ("table_name", "column_name", "value"),
    ("n",),
    {name: partial(_counts, name) for name in TABLES},
)


def make_filled(source: Source) -> Any:
    """Make `fact.filled`: (table_name, column_name, value, n), one row per column that is filled.

    The column `*` counts rows; for the columns in KINDS there is a row per value as well.
    """
    return FILLED.make(source)
