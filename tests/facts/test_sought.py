"""Rows that name one of some records are found, whether these are few or many."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pytest

from foresail.facts.making.following.sought import FEW, NOWHERE, Sought

COLUMNS = {"call_id": "activity", "moved_from_id": "activity", "lead_id": "lead"}


def calls(count: int) -> duckdb.DuckDBPyConnection:
    """Calls 0 to 199, each with a lead of its own; call 7 was moved from call 3."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(
        "create table call as select 'c''' || i as call_id, "
        "case when i = 7 then 'c''3' end as moved_from_id, 'l' || i as lead_id "
        "from range(200) as t(i)"
    )
    connection.execute(
        "create table record as select 'activity' as kind, 'c''' || i as id, i = 3 as is_met "
        f"from range({count}) as t(i) union all select 'lead', 'l150', false"
    )
    return connection


def found(connection: duckdb.DuckDBPyConnection, query: str) -> Sequence[int]:
    """The row ids that a query gives, in order."""
    return sorted(place for (place,) in connection.execute(query).fetchall())


@pytest.mark.parametrize("count", [5, FEW, FEW + 1, 120])
def test_rows_are_found_by_any_of_their_columns(count: int) -> None:
    connection = calls(count)
    sought = Sought(connection, "record")
    assert len(sought) == count + 1
    places = {*range(count), 7, 150}
    assert found(connection, sought.rows("call", COLUMNS)) == sorted(places)
    unmet = found(connection, sought.rows("call", COLUMNS, own="call_id"))
    assert unmet == sorted(places - {3})


def test_no_row_names_a_record_of_a_kind_that_is_not_sought() -> None:
    connection = calls(5)
    query = Sought(connection, "record").rows("call", {"lead_id": "contact"})
    assert query == NOWHERE
    assert connection.execute(f"from call where rowid in ({query})").fetchall() == []
