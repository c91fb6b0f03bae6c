"""The records that hang together with those that were changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from foresail.model import TABLES
from foresail.model.links import LINKING, links
from foresail.warehouse.changes import CHANGED

TOGETHER, LATEST, MET, FURTHER = (
    f"temp.{name}" for name in ("together", "together_latest", "together_met", "together_further")
)
"""Tables of `kind` and `id`: all that are found, those of the last round, those that they meet.

`found_in` is the table among whose rows a record was found.
"""

JOINING = {name: links(table) for name, table in TABLES.items() if len(links(table)) > 1}
"""The tables whose rows name more than one record, by name: the columns that do."""


def find_together(cursor: duckdb.DuckDBPyConnection, many: int) -> bool:
    """Make `TOGETHER` of `CHANGED`: these records, and all that rows name beside one of them.

    False where that is more than one in `many` of all; then there is no such table.
    """
    cursor.execute(
        f"create or replace temp table {TOGETHER} as "
        f"select distinct kind, id, '' as found_in from {CHANGED}"
    )
    cursor.execute(f"create or replace temp table {LATEST} as from {TOGETHER}")
    all_records = sum(_count(cursor, f"canonical.{name}") for name in LINKING)
    while is_within := _count(cursor, TOGETHER) * many <= all_records:
        if not _count(cursor, LATEST):
            break
        _look_further(cursor)
    cursor.execute(f"drop table {LATEST}")
    if not is_within:
        cursor.execute(f"drop table {TOGETHER}")
    return is_within


def kinds_of(cursor: duckdb.DuckDBPyConnection, records: str) -> list[str]:
    """The kinds of some records."""
    found = cursor.execute(f"select distinct kind from {records} order by kind").fetchall()
    return [kind for (kind,) in found]


def is_one_of(columns: Mapping[str, str], records: str, kinds: Iterable[str]) -> str:
    """The condition that a row names one of some records of these kinds."""
    known = set(kinds)
    tests = [
        _is_in(name, f"{records} where kind = '{kind}'")
        for name, kind in columns.items()
        if kind in known
    ]
    return " or ".join(tests) or "false"


def _is_in(column: str, records: str) -> str:
    return f'"{column}" in (select id from {records})'


def _look_further(cursor: duckdb.DuckDBPyConnection) -> None:
    """Put those that the last round's records meet in the place of these."""
    cursor.execute(f"create temp table {FURTHER} (kind varchar, id varchar, found_in varchar)")
    for name, columns in JOINING.items():
        is_met = _is_met(cursor, name, columns)
        if not is_met:
            continue
        listed = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(
            f"create temp table {MET} as select {listed} from canonical.{name} where {is_met}"
        )
        for column, kind in columns.items():
            found_in = name if _is_own(name, column) else ""
            cursor.execute(
                f"insert into {FURTHER} select '{kind}', \"{column}\", '{found_in}' "
                f'from {MET} where "{column}" is not null'
            )
        cursor.execute(f"drop table {MET}")
    cursor.execute(
        f"create or replace temp table {LATEST} as "
        f"select kind, id, max(found_in) as found_in from {FURTHER} as further "
        f"where not exists (from {TOGETHER} as known "
        "where known.kind = further.kind and known.id = further.id) group by kind, id"
    )
    cursor.execute(f"drop table {FURTHER}")
    cursor.execute(f"insert into {TOGETHER} from {LATEST}")


def _is_met(cursor: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str]) -> str:
    """The condition that a row names one of the last round's records; empty where none can.

    A record's own row is not looked for again where it was found in that row.
    """
    tests = []
    for name, kind in columns.items():
        sought = f"{LATEST} where kind = '{kind}'"
        if _is_own(table, name):
            sought += f" and found_in <> '{table}'"
        if cursor.execute(f"select 1 from {sought} limit 1").fetchone():
            tests.append(_is_in(name, sought))
    return " or ".join(tests)


def _is_own(table: str, column: str) -> bool:
    """Whether a column names the record that the row itself is."""
    return column == f"{table}_id"


def _count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    found = cursor.execute(f"select count(*) from {table}").fetchone()
    assert found is not None
    count: int = found[0]
    return count
