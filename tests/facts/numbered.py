"""Whether numbers stand for ids in the facts."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from foresail.facts.activities import Activities
from foresail.facts.touches import Touches

NUMBERED = (Activities, Touches)


def wrongly_numbered(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The columns of numbers that do not stand for one id each, or stand for none, or lack one."""
    for fact in NUMBERED:
        for column, surrogate in fact.surrogates.items():
            found = cursor.execute(
                f"select count(distinct {column}), count(distinct {surrogate}), "
                f"count(distinct ({column}, {surrogate})), "
                f"count(*) filter (({column} is null) <> ({surrogate} is null)) "
                f"from fact.{fact.table} where {column} is not null or {surrogate} is not null"
            ).fetchone()
            assert found is not None
            ids, numbers, pairs, halves = found
            if not ids == numbers == pairs or halves:
                yield f"{fact.table}.{surrogate}: {found}"
