"""SQL in DuckDB's words for what Ibis says another way."""

from __future__ import annotations

import datetime as dt

import duckdb
import ibis
from hypothesis import given
from hypothesis import strategies as st

from foresail.core.compilers import compiler

ROW = ibis.table({"one": "timestamp", "other": "timestamp"}, name="instant")


def microseconds(one: dt.datetime | None, other: dt.datetime | None) -> list[tuple[object]]:
    """From the other instant to the one, as DuckDB finds it."""
    elapsed = ROW.select(elapsed=ROW.one.delta(ROW.other, unit="microsecond"))
    with duckdb.connect() as connection:
        connection.execute("create table instant (one timestamp, other timestamp)")
        connection.execute("insert into instant values (?, ?)", [one, other])
        return connection.execute(compiler("duckdb").to_sqlglot(elapsed).sql("duckdb")).fetchall()


def test_microseconds_between_two_instants() -> None:
    noon = dt.datetime(2026, 3, 2, 12)
    later = dt.datetime(2026, 3, 3, 13, 0, 0, 1)
    assert microseconds(later, noon) == [(90_000_000_001,)]
    assert microseconds(noon, later) == [(-90_000_000_001,)]
    assert microseconds(None, noon) == [(None,)]
    assert microseconds(noon, None) == [(None,)]


@given(one=st.datetimes(), other=st.datetimes())
def test_it_is_exact_for_all_instants_there_are(one: dt.datetime, other: dt.datetime) -> None:
    whole = (one - other) // dt.timedelta(microseconds=1)
    assert microseconds(one, other) == [(whole,)]


def test_longer_units_count_what_is_crossed() -> None:
    hours = ROW.select(n=ROW.one.delta(ROW.other, unit="hour"))
    with duckdb.connect() as connection:
        connection.execute(
            "create table instant as select timestamp '2026-03-02 13:00:00' as one, "
            "timestamp '2026-03-02 11:59:00' as other"
        )
        found = connection.execute(compiler("duckdb").to_sqlglot(hours).sql("duckdb")).fetchall()
    assert found == [(2,)]
