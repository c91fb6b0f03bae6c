"""Tallies: numbers counted over all records, and moved by each change of a few of them.

What left is taken off and what came is added, so a change takes as long as it has rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import duckdb
import ibis

from foresail.facts.making.moved import Moved
from foresail.facts.making.source import Source
from foresail.warehouse import cache

ROWS, MOVE = "counted_row", "temp.tally_move"


@dataclass(frozen=True, eq=False)
class Tally:
    """A fact with a row per `keys`, whose `numbers` are counts of rows of canonical tables.

    `counts` says of each table what is counted of some of its rows. Keys whose last number is 0
    have no row.
    """

    table: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    counts: Mapping[str, Callable[[Any], Any]]

    def make(self, source: Source) -> Any:
        """Count all rows."""
        every = reduce(ibis.union, (of(source.canonical(name)) for name, of in self.counts.items()))
        sums = {name: every[name].sum() for name in self.numbers}
        found = every.group_by(self.keys).agg(**sums)
        return source.keep(self.table, found.filter(found[self.numbers[-1]] > 0))

    def move(self, cursor: duckdb.DuckDBPyConnection, moved: Mapping[str, Moved]) -> bool:
        """Bring the counts after rows that moved, by table; whether there are other keys by now."""
        moves = [
            each
            for name in self.counts
            if f"canonical.{name}" in moved
            for each in self._moves(cursor, name, moved[f"canonical.{name}"])
        ]
        if not moves:
            return False
        keys = ", ".join(self.keys)
        sums = ", ".join(f"sum({name})::bigint as {name}" for name in self.numbers)
        cursor.execute(
            f"create or replace temp table {MOVE} as select {keys}, {sums} "
            f"from ({' union all '.join(moves)}) group by {keys}"
        )
        same = " and ".join(f"tally.{name} is not distinct from move.{name}" for name in self.keys)
        last = self.numbers[-1]
        found = cursor.execute(
            f"select 1 from {MOVE} as move left join fact.{self.table} as tally on {same} "
            f"where coalesce(tally.{last}, 0) = 0 and move.{last} <> 0 "
            f"or tally.{last} + move.{last} = 0 limit 1"
        ).fetchone()
        added = ", ".join(f"{name} = tally.{name} + move.{name}" for name in self.numbers)
        cursor.execute(
            f"merge into fact.{self.table} as tally using {MOVE} as move on ({same}) "
            f"when matched and tally.{last} + move.{last} = 0 then delete "
            f"when matched then update set {added} "
            f"when not matched and move.{last} <> 0 then insert by name"
        )
        return found is not None

    def _moves(self, cursor: duckdb.DuckDBPyConnection, name: str, moved: Moved) -> list[str]:
        """The queries for what is to be added for the rows of one table that moved."""
        listed = ", ".join(self.keys)
        signed = ((moved.new, ""), (moved.gone, "-"))
        return [
            f"(with {ROWS} as (from {rows}) select {listed}, "
            f"{', '.join(f'{sign}{number} as {number}' for number in self.numbers)} "
            f"from ({self._counting(cursor, name)}))"
            for rows, sign in signed
            if rows
        ]

    def _counting(self, cursor: duckdb.DuckDBPyConnection, name: str) -> str:
        """The query that counts some rows of a table."""
        key = cache.key_of("tally", self.table, name)
        known = cache.read(key)
        if known is None:
            columns = ibis.duckdb.from_connection(cursor).table(name, database="canonical").schema()
            made = self.counts[name](ibis.table(columns, name=ROWS))
            known = ibis.to_sql(made, dialect="duckdb")
            cache.keep(key, known)
        return str(known)
