"""Making all facts by a plan that is worked out once per set of settings."""

from __future__ import annotations

from dataclasses import asdict

import duckdb

from foresail.facts.making.fitting import fingerprint, is_current, sign
from foresail.facts.making.following.follow import follow
from foresail.facts.making.makings import Plan
from foresail.facts.making.statement import Statement
from foresail.model import TABLES
from foresail.warehouse import Settings, cache
from foresail.warehouse.changes import Changes


def bring_after(cursor: duckdb.DuckDBPyConnection, settings: Settings, changes: Changes) -> None:
    """Bring the facts after the changes of the cursor's transaction, inside it.

    They follow a change of a few records, and are made anew after others.
    """
    if not (is_current(cursor, settings) and follow(cursor, _plan(settings), changes)):
        refresh(cursor, settings)


def _plan(settings: Settings) -> Plan:
    """The plan fact by fact, worked out once per process for each of the last few settings."""
    key = fingerprint(settings)
    if key not in _PLANS:
        while len(_PLANS) >= FEW:
            del _PLANS[next(iter(_PLANS))]
        _PLANS[key] = Plan(plan(settings))
    return _PLANS[key]


FEW = 4
_PLANS: dict[str, Plan] = {}


def refresh(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make every fact anew from the canonical tables, inside the cursor's transaction.

    What comes of tables without rows is not worked out: to plan a query takes most of the time of
    a small project.
    """
    empty = _without_rows(cursor)
    for statement in plan(settings):
        if statement.has_rows(empty):
            made = cursor.execute(statement.sql).fetchone()
            if statement.table and made == (0,):
                empty.add(statement.table)
        else:
            cursor.execute(statement.empty)
            empty.add(statement.table)
    sign(cursor, settings)


def _without_rows(cursor: duckdb.DuckDBPyConnection) -> set[str]:
    """The canonical tables that have no rows."""
    rows = cursor.execute(
        " union all ".join(
            f"select '{name}' where not exists (from canonical.\"{name}\")" for name in TABLES
        )
    ).fetchall()
    return {f"canonical.{name}" for (name,) in rows}


def plan(settings: Settings) -> list[Statement]:
    """The statements that make all facts, worked out once per set of settings."""
    key = fingerprint(settings)
    known = cache.read(key)
    if known is None:
        from foresail.facts.making.planning import statements

        known = [asdict(each) for each in statements(settings)]
        cache.keep(key, known)
    return [Statement(**each) for each in known]
