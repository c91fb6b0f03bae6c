"""What comes of tables without rows is not worked out, and is the same as if it were."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb
import pytest

from foresail.facts.making.emptiness import emptiness, is_empty
from foresail.facts.making.refresh import plan, refresh
from foresail.model import TABLES
from foresail.warehouse import Settings, schema
from foresail.warehouse.schema import SURROGATE

AN_ORDINARY = {
    "VARCHAR": "'a'",
    "TIMESTAMP": "timestamp '2026-03-02 09:00:00'",
    "DATE": "date '2026-03-02'",
    "BOOLEAN": "true",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("select x from fact.a where x > 1 order by x limit 3", "fact.a"),
        ("select distinct x from (select * from canonical.a) as t", "canonical.a"),
        ("select x from fact.a, fact.b", ["any", "fact.a", "fact.b"]),
        ("select x from fact.a cross join fact.b", ["any", "fact.a", "fact.b"]),
        ("select x from fact.a semi join fact.b using (x)", ["any", "fact.a", "fact.b"]),
        ("select x from fact.a anti join fact.b using (x)", "fact.a"),
        ("select x from fact.a left join fact.b using (x)", "fact.a"),
        ("select x from fact.a asof left join fact.b using (x)", "fact.a"),
        ("select x from fact.a right join fact.b using (x)", "fact.b"),
        ("select x from fact.a full join fact.b using (x)", ["all", "fact.a", "fact.b"]),
        ("from fact.a select x union all select x from fact.b", ["all", "fact.a", "fact.b"]),
        ("select x from fact.a except select x from fact.b", "fact.a"),
        ("with t as (select x from fact.a) select x from t as u", "fact.a"),
        ("with t as (select x from fact.a) select * from (select * from t) as u", "fact.a"),
        ("select x, count(*) from fact.a group by x", "fact.a"),
        ("select sum(x) over (order by y) from fact.a", "fact.a"),
        ("select (select count(*) from fact.b) as n from fact.a", "fact.a"),
        ("select make_date(1, 2, 3), timezone('UTC', x) from fact.a", "fact.a"),
        # these have a row in any case, or may have
        ("select 1 as x", None),
        ("select count(*) from fact.a", None),
        ("select coalesce(sum(x), 0) + 1 from fact.a", None),
        ("select 1 from fact.a having count(*) = 0", None),
        ("select x, count(*) from fact.a group by rollup (x)", None),
        ("select count(*) from fact.a group by all", None),
        ("select some_function(x) from fact.a", None),
        ("select x from fact.a union all select 1", None),
        ("select x from unnest([1, 2]) as t(x)", None),
        ("select x from elsewhere", None),
        ("with recursive t as (select 1 as x union all select x from t) select x from t", None),
    ],
)
def test_a_query_is_empty_where_what_it_starts_from_is(query: str, found: Any) -> None:
    assert emptiness(query) == found


def test_any_and_all_of_some_tables() -> None:
    both = ["all", "fact.a", ["any", "fact.b", "fact.c"]]
    assert not is_empty(both, {"fact.a"})
    assert is_empty(both, {"fact.a", "fact.c"})
    assert not is_empty(both, {"fact.b", "fact.c"})


def test_nearly_everything_starts_from_some_table() -> None:
    always = {each.table for each in plan(Settings()) if each.table and each.emptiness is None}
    assert always == {
        "fact.rate",
        "fact.business_day",
        "fact.span",
        "fact.filled",
        "fact.lacking",
    }


def warehouse(filled: Collection[str]) -> duckdb.DuckDBPyConnection:
    """A warehouse with one ordinary row in each of some tables."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("set TimeZone = 'UTC'")
    for statement in schema.statements():
        connection.execute(statement)
    for name in filled:
        kinds = [row[1] for row in connection.execute(f"describe canonical.{name}").fetchall()]
        values = ", ".join(AN_ORDINARY.get(kind, "1") for kind in kinds)
        connection.execute(f"insert into canonical.{name} values ({values})")
    return connection


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """All facts: their columns, and their rows in one order; but for numbers in place of ids."""
    names = connection.execute(
        "select table_name from information_schema.tables"
        " where table_schema = 'fact' and table_name <> 'made_with'"
        f" and not suffix(table_name, '{SURROGATE}')"
    ).fetchall()
    columns = f"columns(lambda name: not suffix(name, '{SURROGATE}'))"
    return {
        name: (
            connection.execute(f"describe fact.{name}").fetchall(),
            sorted(map(repr, connection.execute(f"select {columns} from fact.{name}").fetchall())),
        )
        for (name,) in names
    }


SOME = (
    (),
    ("rep",),
    ("rep", "opportunity", "stage", "opportunity_change", "account"),
    ("rep", "lead", "activity", "contact", "lead_stage", "content_share"),
    ("cost", "quota", "survey_response", "revenue", "position", "web_traffic"),
)
EACH = tuple((name,) for name in TABLES)


@pytest.mark.parametrize(
    "filled", [*SOME, *(pytest.param(each, marks=pytest.mark.slow) for each in EACH)], ids=str
)
def test_facts_are_the_same_as_if_all_were_worked_out(filled: tuple[str, ...]) -> None:
    quickly, slowly = warehouse(filled), warehouse(filled)
    refresh(quickly, Settings())
    for each in plan(Settings()):
        slowly.execute(each.sql)
    assert facts(quickly) == facts(slowly)


def test_facts_that_had_rows_lose_them_with_their_source() -> None:
    connection = warehouse(("activity", "rep"))
    refresh(connection, Settings())
    assert connection.execute("select count(*) from fact.activity").fetchone() == (1,)
    connection.execute("delete from canonical.activity")
    refresh(connection, Settings())
    assert connection.execute("select count(*) from fact.activity").fetchone() == (0,)
