"""Surrogate keys: numbers that stand for ids in the facts, where different ones are counted.

An engine tells numbers apart twice as fast as texts. A number is given once and stays, whatever
becomes of the record, so that facts can follow a change. Outside the warehouse an id is its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import ibis
from ibis import _ as row

from foresail.facts.making.moved import Moved
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.source import Source
from foresail.model import TABLES
from foresail.model.links import links
from foresail.warehouse.schema import SURROGATE


@dataclass(frozen=True, eq=False)
class Surrogates:
    """A fact with a row per id of a kind of record that any canonical table names."""

    kind: str

    @property
    def table(self) -> str:
        """The name of the fact.

        >>> Surrogates("lead").table
        'lead_surrogate'
        """
        return self.kind + SURROGATE

    @property
    def key(self) -> str:
        """The column that holds the id."""
        return f"{self.kind}_id"

    @cached_property
    def named_in(self) -> Mapping[str, tuple[str, ...]]:
        """The columns that hold such ids, by canonical table."""
        found = {name: tuple(self._columns(name)) for name in TABLES}
        return {name: columns for name, columns in found.items() if columns}

    def _columns(self, name: str) -> Iterator[str]:
        if name == self.kind:
            yield self.key
        yield from (column for column, kind in links(TABLES[name]).items() if kind == self.kind)

    def make(self, source: Source) -> Any:
        """Number all ids."""
        ids = ibis.union(
            *(
                source.canonical(name).select(**{self.key: row[column]})
                for name, columns in self.named_in.items()
                for column in columns
            ),
            distinct=True,
        ).filter(row[self.key].notnull())
        number = ibis.row_number().over(ibis.window(order_by=self.key))
        return source.keep(self.table, ids.mutate(surrogate=number))

    def move(self, cursor: duckdb.DuckDBPyConnection, moved: Mapping[str, Moved]) -> bool:
        """Number the ids that came with rows that moved, by table. Nobody's number changes."""
        named = " union ".join(
            f'select "{column}" as {self.key} from {rows}'
            for name, columns in self.named_in.items()
            if (rows := moved.get(f"canonical.{name}", Moved("", "")).new)
            for column in columns
        )
        if named:
            last = f"(select coalesce(max(surrogate), -1) from fact.{self.table})"
            cursor.execute(
                f"insert into fact.{self.table} "
                f"select {self.key}, {last} + row_number() over (order by {self.key}) "
                f"from ({named}) anti join fact.{self.table} using ({self.key}) "
                f"where {self.key} is not null"
            )
        return False


LEADS, CONTACTS = Surrogates("lead"), Surrogates("contact")
SURROGATES = (LEADS, CONTACTS)


def make_surrogates(source: Source) -> None:
    """Make `fact.lead_surrogate` and `fact.contact_surrogate`, where the engine gains by them."""
    if source.has_surrogates:
        for each in SURROGATES:
            each.make(source)


def with_lead_surrogate(source: Source, table: Any) -> Any:
    """The table with `lead_surrogate`, which stands for its `lead_id`."""
    return _with(source, table, LEADS) if source.has_surrogates else table


def with_person_surrogate(source: Source, table: Any) -> Any:
    """The table with `person_surrogate`, which stands for its `person`: its contact, else its lead.

    Even numbers are those of contacts, odd ones of leads.
    """
    if not source.has_surrogates:
        return table
    table = _with(source, _with(source, table, LEADS), CONTACTS)
    of_contact, of_lead = table[CONTACTS.table] * 2, table[LEADS.table] * 2 + 1
    table = table.mutate(person_surrogate=ibis.coalesce(of_contact, of_lead))
    return table.drop(CONTACTS.table, LEADS.table)


def _with(source: Source, table: Any, numbers: Surrogates) -> Any:
    return attach(
        table,
        source.fact(numbers.table),
        {numbers.key: numbers.key},
        {numbers.table: "surrogate"},
    )
