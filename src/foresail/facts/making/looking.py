"""Which rows of a table a query looks at: what changes of others leaves its result as it is."""

from __future__ import annotations

from typing import Any

import sqlglot.expressions as sge

SCHEMAS = ("canonical", "fact")
OF_MORE = (sge.Query, sge.AggFunc, sge.Window)


def conditions(query: Any) -> dict[str, list[str]]:
    """For each table of which a parsed query looks at some rows alone: the conditions on these.

    Rows that meet none of them do not matter to it. A table that it may look at all of is not
    named.

    >>> import sqlglot
    >>> sql = "select a from fact.x as t where t.b > 1 union all select c from fact.x where d"
    >>> conditions(sqlglot.parse_one(f"select * from ({sql}) as u, fact.y", read="duckdb"))
    {'fact.x': ['b > 1', 'd']}
    """
    found: dict[str, list[str] | None] = {}
    for table in query.find_all(sge.Table):
        if table.db in SCHEMAS:
            name = f"{table.db}.{table.name}"
            condition, known = _condition(table), found.setdefault(name, [])
            if condition is None or known is None:
                found[name] = None
            elif condition not in known:
                known.append(condition)
    return {name: each for name, each in found.items() if each is not None}


def _condition(table: Any) -> str | None:
    """The condition that a select from this table alone puts on its rows; None where none."""
    select = table.parent.parent
    if not isinstance(table.parent, sge.From) or not isinstance(select, sge.Select):
        return None
    where = select.args.get("where")
    beside = any(select.args.get(name) for name in ("joins", "laterals"))
    if where is None or beside or table.args.get("joins") or where.find(*OF_MORE):
        return None
    condition = where.this.copy()
    for column in condition.find_all(sge.Column):
        if column.table not in ("", table.alias_or_name):
            return None
        column.set("table", None)
    text: str = condition.sql(dialect="duckdb")
    return text
