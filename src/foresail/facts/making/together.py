"""The records that hang together with those that were changed."""

from __future__ import annotations

import duckdb

from foresail.model import TABLES
from foresail.model.links import LINKING, links
from foresail.warehouse.changes import CHANGED, is_one_of, named

TOGETHER, LATEST, MET, FURTHER = (
    f"temp.{name}" for name in ("together", "together_latest", "together_met", "together_further")
)
"""Tables of `kind` and `id`: all that are found, those of the last round, those that they meet."""

JOINING = {name: links(table) for name, table in TABLES.items() if len(links(table)) > 1}
"""The tables whose rows name more than one record, by name: the columns that do."""


def find_together(cursor: duckdb.DuckDBPyConnection, many: int) -> bool:
    """Make `TOGETHER` of `CHANGED`: these records, and all that rows name beside one of them.

    False where that is more than one in `many` of all; then the table is of no use.
    """
    cursor.execute(f"create or replace temp table {TOGETHER} as select distinct * from {CHANGED}")
    cursor.execute(f"create or replace temp table {LATEST} as from {TOGETHER}")
    all_records = sum(_count(cursor, f"canonical.{name}") for name in LINKING)
    while is_within := _count(cursor, TOGETHER) * many <= all_records:
        if not _count(cursor, LATEST):
            break
        _look_further(cursor)
    cursor.execute(f"drop table {LATEST}")
    return is_within


def _look_further(cursor: duckdb.DuckDBPyConnection) -> None:
    """Put those that the last round's records meet in the place of these."""
    kinds = {kind for (kind,) in cursor.execute(f"select distinct kind from {LATEST}").fetchall()}
    cursor.execute(f"create temp table {FURTHER} (kind varchar, id varchar)")
    for name, columns in JOINING.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        is_met = is_one_of(columns, LATEST, kinds)
        cursor.execute(
            f"create temp table {MET} as select {listed} from canonical.{name} where {is_met}"
        )
        cursor.execute(f"insert into {FURTHER} {named(MET, columns)}")
        cursor.execute(f"drop table {MET}")
    cursor.execute(
        f"create or replace temp table {LATEST} as "
        f"select * from {FURTHER} except select * from {TOGETHER}"
    )
    cursor.execute(f"drop table {FURTHER}")
    cursor.execute(f"insert into {TOGETHER} from {LATEST}")


def _count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    found = cursor.execute(f"select count(*) from {table}").fetchone()
    assert found is not None
    count: int = found[0]
    return count
