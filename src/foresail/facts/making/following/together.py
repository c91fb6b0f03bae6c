"""The records that hang together with those that were changed."""

from __future__ import annotations

import duckdb

from foresail.facts.making.following.sought import NOWHERE, Sought
from foresail.model import TABLES
from foresail.model.links import LINKING, links
from foresail.warehouse.changes import CHANGED

TOGETHER, LATEST, MET = (f"temp.{name}" for name in ("together", "together_latest", "together_met"))
"""Tables of `kind`, `id` and `is_met`: all records that are found, and those of the last round.

`MET` holds what each `place` (a row of a `name`d table) that names one of them names.
"""

JOINING = {name: links(table) for name, table in TABLES.items() if len(links(table)) > 1}
"""The tables whose rows name more than one record, by name: the columns that do."""


def find_together(cursor: duckdb.DuckDBPyConnection, many: int) -> Sought | None:
    """Make `TOGETHER` of `CHANGED`: these records, and all that rows name beside one of them.

    None where that is more than one in `many` of all.
    """
    cursor.execute(
        f"create or replace temp table {TOGETHER} as "
        f"select distinct kind, id, false as is_met from {CHANGED}"
    )
    cursor.execute(
        f"create or replace temp table {MET} "
        "(round int, name varchar, place bigint, kind varchar, id varchar, is_met boolean)"
    )
    all_records, latest, number = _all_records(cursor), Sought(cursor, TOGETHER), 0
    found = len(latest)
    while found * many <= all_records:
        if not len(latest):
            return Sought(cursor, TOGETHER)
        number += 1
        latest = _look_further(cursor, latest, number)
        found += len(latest)
    return None


def rows_met(table: str) -> str:
    """The query for the rows of a joining table that name one of the records together."""
    return f"select distinct place from {MET} where name = '{table}'"


def _look_further(cursor: duckdb.DuckDBPyConnection, latest: Sought, number: int) -> Sought:
    """The records that were not known and that rows name beside one of the latest ones."""
    found = []
    for name, columns in JOINING.items():
        rows = latest.rows(f"canonical.{name}", columns, own=f"{name}_id")
        if rows != NOWHERE:
            named = ", ".join(
                f"{{'kind': '{kind}', 'id': \"{column}\", 'is_met': {column == f'{name}_id'}}}"
                for column, kind in columns.items()
            )
            found.append(
                f"select {number}, '{name}', place, unnest([{named}], recursive := true) "
                f"from (select rowid as place, * from canonical.{name} where rowid in ({rows}))"
            )
    if found:  # in one statement: after one of no rows DuckDB does not show those of a large one
        cursor.execute(f"insert into {MET} {' union all '.join(found)}")
    cursor.execute(
        f"create or replace temp table {LATEST} as "
        f"select kind, id, bool_or(is_met) as is_met from {MET} as met "
        f"where round = {number} and id is not null and not exists (from {TOGETHER} as known "
        "where known.kind = met.kind and known.id = met.id) group by kind, id"
    )
    cursor.execute(f"insert into {TOGETHER} from {LATEST}")
    return Sought(cursor, LATEST)


def _all_records(cursor: duckdb.DuckDBPyConnection) -> int:
    counts = " + ".join(f"(select count(*) from canonical.{name})" for name in LINKING)
    found = cursor.execute(f"select {counts}").fetchone()
    assert found is not None
    count: int = found[0]
    return count
