"""Which rows a query looks at: others may change without a change of its result."""

from __future__ import annotations

import duckdb
import pytest
import sqlglot

from foresail.facts.making.looking import conditions
from foresail.facts.making.makings import Plan
from foresail.facts.making.refresh import plan, refresh
from foresail.warehouse import Settings, schema


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("select x from fact.a as t where t.x > 1", {"fact.a": ["x > 1"]}),
        ("select count(*) from fact.a where x = 'b' group by y", {"fact.a": ["x = 'b'"]}),
        ("select sum(x) over (order by y) from fact.a where x > 1", {"fact.a": ["x > 1"]}),
        (
            "select x from (select x from fact.a where x > 1) as t join fact.b using (x)",
            {"fact.a": ["x > 1"]},
        ),
        (
            "select x from fact.a where x > 1 union all select x from fact.a where y",
            {"fact.a": ["x > 1", "y"]},
        ),
        (
            "with t as (select x from fact.a where y) select x from t where x > 1",
            {"fact.a": ["y"]},
        ),
        # all rows are looked at, or it cannot be said of one row alone
        ("select x from fact.a", {}),
        ("select x from fact.a where x > 1 union all select x from fact.a", {}),
        ("select x from fact.a join fact.b using (x) where y", {}),
        ("select x from fact.a, fact.b where y", {}),
        ("select x from fact.b join fact.a using (x) where y", {}),
        ("select x from fact.a where x in (select x from fact.b)", {}),
        ("select (select count(*) from fact.a where a.x = b.x) from fact.b as b", {}),
        ("select x from (select x from fact.a) as t where t.x > 1", {}),
        ("select x from elsewhere where x > 1", {}),
    ],
)
def test_the_rows_that_a_query_looks_at(query: str, found: dict[str, list[str]]) -> None:
    assert conditions(sqlglot.parse_one(query, read="duckdb")) == found


def test_every_condition_of_the_plan_can_be_asked_of_its_table() -> None:
    warehouse = duckdb.connect(config={"threads": 1})
    warehouse.execute("set TimeZone = 'UTC'")
    for statement in schema.statements():
        warehouse.execute(statement)
    refresh(warehouse, Settings())
    asked: dict[str, set[str]] = {}
    for each in Plan(plan(Settings())).makings.values():
        for name, texts in each.conditions.items():
            asked.setdefault(name, set()).update(texts)
    kept = {f"fact.{name}" for (name,) in warehouse.execute(FACTS).fetchall()}
    for name in asked.keys() & (kept | {"canonical.activity"}):
        tests = ", ".join(f"bool_or({text})" for text in sorted(asked[name]))
        found = warehouse.execute(f"select {tests} from {name}").fetchone()
        assert found is not None
        assert len(found) == len(asked[name])
    assert len(asked["fact.activity"]) > 20


FACTS = "select table_name from information_schema.tables where table_schema = 'fact'"
