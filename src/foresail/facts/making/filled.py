"""Which columns of the canonical tables hold anything: what can be answered depends on it."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis
import ibis.selectors as s
from ibis import _ as row

from foresail.facts.making.source import Source
from foresail.model import TABLES

KINDS = (
    ("activity", "kind"),
    ("content_event", "kind"),
    ("cost", "category"),
    ("lead_stage", "stage"),
)


def make_filled(source: Source) -> Any:
    """Make `fact.filled`: (table_name, column_name, value, n), one row per column that is filled.

    The column `*` counts rows; for the columns in KINDS there is a row per value as well.
    """
    counted = [_counts(source, name) for name in TABLES]
    valued = [
        source.canonical(table)
        .group_by(value=row[column])
        .agg(n=row.count())
        .select(
            table_name=ibis.literal(table),
            column_name=ibis.literal(column),
            value=row.value,
            n=row.n,
        )
        for table, column in KINDS
    ]
    return source.keep("filled", reduce(ibis.union, (*counted, *valued)).filter(row.n > 0))


def _counts(source: Source, name: str) -> Any:
    table = source.canonical(name)
    columns = {column.name: table[column.name].count() for column in TABLES[name].columns}
    counts = table.agg(**{"*": table.count()}, **columns)
    long = counts.pivot_longer(s.all(), names_to="column_name", values_to="n")
    return long.select(
        table_name=ibis.literal(name),
        column_name=row.column_name,
        value=ibis.null("string"),
        n=row.n,
    )
