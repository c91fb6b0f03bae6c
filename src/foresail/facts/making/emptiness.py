"""When a query has no rows whatever else there is: because a table that it starts from has none.

A query's emptiness is said by plain values, so that it can be kept with the plan:

    "canonical.lead"                 it has no rows where that table has none
    ["any", ...]                     where any of these holds: all sides of an inner join
    ["all", ...]                     where all of them hold: the branches of a union
    None                             nothing can be said: it may have rows in any case
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlglot as sg
import sqlglot.expressions as sge

Emptiness = Any
SCHEMAS = ("canonical", "fact")
ONE_SIDE = ("LEFT", "ANTI")
OF_ONE_ROW = ("TIMEZONE", "CONVERT_TIMEZONE", "MAKE_DATE", "MAKE_TIMESTAMP")
"""Functions that the parser does not know, and that do not fold rows."""


def emptiness(sql: str) -> Emptiness:
    """When a query of DuckDB has no rows.

    >>> emptiness("select a.x from fact.a join fact.b using (x) left join fact.c using (x)")
    ['any', 'fact.a', 'fact.b']
    >>> emptiness("select count(*) from fact.a") is None
    True
    """
    return emptiness_of(sg.parse_one(sql, read="duckdb"))


def emptiness_of(query: Any) -> Emptiness:
    """When a parsed query has no rows."""
    return _of(query, {})


def is_empty(found: Emptiness, empty: Collection[str]) -> bool:
    """Whether a query has no rows, where these tables have none.

    >>> is_empty(["any", "fact.a", "fact.b"], {"fact.b"}), is_empty(None, {"fact.b"})
    (True, False)
    """
    if found is None:
        return False
    if isinstance(found, str):
        return found in empty
    kind, *parts = found
    return (any if kind == "any" else all)(is_empty(each, empty) for each in parts)


def _of(query: Any, known: Mapping[str, Emptiness]) -> Emptiness:
    if isinstance(query, sge.Subquery):
        return _of(query.this, _with_named(query, known))
    if isinstance(query, sge.Table):
        return _of_table(query, known)
    if isinstance(query, sge.SetOperation):
        known = _with_named(query, known)
        return _of_sides(query, _of(query.left, known), _of(query.right, known))
    if isinstance(query, sge.Select):
        return _of_select(query, _with_named(query, known))
    return None


def _with_named(query: Any, known: Mapping[str, Emptiness]) -> Mapping[str, Emptiness]:
    """What is known within a query: of the queries that it names before it begins as well."""
    within = dict(known)
    for each in query.ctes:
        within[each.alias] = None  # where it reads itself
        within[each.alias] = _of(each.this, within)
    return within


def _of_table(table: Any, known: Mapping[str, Emptiness]) -> Emptiness:
    if not isinstance(table.this, sge.Identifier) or table.args.get("joins"):
        return None
    if table.db in SCHEMAS:
        return f"{table.db}.{table.name}"
    return None if table.db else known.get(table.name)


def _of_sides(query: Any, left: Emptiness, right: Emptiness) -> Emptiness:
    if isinstance(query, sge.Union):
        return _all(left, right)
    return left if isinstance(query, sge.Except) else None


def _of_select(query: Any, known: Mapping[str, Emptiness]) -> Emptiness:
    start = query.args.get("from_") or query.args.get("from")
    if start is None or _makes_a_row_of_none(query):
        return None
    found = _of(start.this, known)
    for join in query.args.get("joins") or ():
        found = _joined(join, found, _of(join.this, known))
    return found


def _joined(join: Any, left: Emptiness, right: Emptiness) -> Emptiness:
    side, kind = join.side.upper(), join.kind.upper()
    if side in ONE_SIDE or kind in ONE_SIDE:
        return left
    if side == "RIGHT":
        return right
    if side == "FULL":
        return _all(left, right)
    return _any(left, right)


def _makes_a_row_of_none(query: Any) -> bool:
    """Whether a select may have a row where what it reads has none: a total over everything."""
    group = query.args.get("group")
    if group is not None:
        return not group.expressions or any(
            group.args.get(name) for name in ("all", "cube", "rollup", "grouping_sets")
        )
    return query.args.get("having") is not None or any(
        _is_total(each) for each in query.expressions
    )


def _is_total(value: Any) -> bool:
    """Whether a value folds all rows to one, by a function of that kind or one that is unknown."""
    if isinstance(value, sge.Window | sge.Query):
        return False
    if isinstance(value, sge.AggFunc):
        return True
    if isinstance(value, sge.Anonymous) and value.name.upper() not in OF_ONE_ROW:
        return True
    return any(_is_total(each) for each in value.iter_expressions())


def _any(*found: Emptiness) -> Emptiness:
    return _combined("any", [each for each in found if each is not None])


def _all(*found: Emptiness) -> Emptiness:
    return None if None in found else _combined("all", list(found))


def _combined(kind: str, found: list[Emptiness]) -> Emptiness:
    parts: list[Emptiness] = []
    for each in found:
        same = each[1:] if isinstance(each, list) and each[0] == kind else [each]
        parts += [part for part in same if part not in parts]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else [kind, *parts]
