"""The plan that makes all facts, fact by fact: what each is made of, and of whom it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from foresail.facts.making import rollups
from foresail.facts.making.expected import LACKING
from foresail.facts.making.filled import FILLED
from foresail.facts.making.people.roles import NAMED
from foresail.facts.making.shared.surrogates import SURROGATES, Surrogates
from foresail.facts.making.statement import Statement
from foresail.facts.making.tallies import Tally
from foresail.model import TABLES
from foresail.model.links import LINKING, links

TALLIES = {f"fact.{each.table}": each for each in (FILLED, LACKING, NAMED)}
"""Facts that are counted over all records, and moved by each change."""

MOVING: Mapping[str, Tally | Surrogates] = {
    **TALLIES,
    **{f"fact.{each.table}": each for each in SURROGATES},
}
"""Facts that follow a change by the rows alone that moved."""

OF_EVERYTHING = frozenset(
    f"fact.{name}"
    for name in (
        "role",
        "subscription_row",
        "spell",
        "customer_spell",
        "customer_state",
        "customer_price",
        "customer_mrr",
        "own_sale",
        "key_earned",
        "key_month",
        "key_account",
        "ramp_sale",
    )
)
"""Facts of which a row may depend on records that hang together in no way."""

NEVER_UNKNOWN = ("activity_id", "opportunity_id", "lead_id")
"""Where a fact has one of these, the first of them says alone whom a row is about."""

WITHOUT_DEAL = frozenset({"fact.recognised"})
"""Facts of which a row may name no deal although others do."""

OF_TODAY = "fact.day"
"""It depends on the day on which it is made."""

NAMES = re.compile(r'"(canonical|fact)"\."(\w+)"')
VIEWS = re.compile(r"`(canonical|fact)_(\w+)`")
"""What statements call their tables: those of DuckDB, and those of Spark."""
DROPPED = re.compile(r'^drop table fact\."(\w+)"')
LINKED = frozenset(f"canonical.{name}" for name, table in TABLES.items() if links(table))


@dataclass(frozen=True)
class Making:
    """The statements that make one fact, and what they read; `is_step` where it goes in the end."""

    table: str
    statements: tuple[Statement, ...]
    reads: frozenset[str]
    is_step: bool

    @cached_property
    def conditions(self) -> dict[str, frozenset[str]]:
        """The conditions on the rows that it looks at, for tables of which it looks at some."""
        found: dict[str, set[str]] = {}
        for name in self.reads:
            every = [each for each in self.statements if name in _reads([each])]
            if all(name in each.conditions for each in every):
                found[name] = {text for each in every for text in each.conditions[name]}
        return {name: frozenset(each) for name, each in found.items()}

    @property
    def records(self) -> dict[str, str]:
        """The columns that name the records that a row is about, each with its kind."""
        made = self.statements[-1].empty
        columns = {f"{kind}_id": kind for kind in LINKING if f'"{kind}_id" ' in made}
        if self.table not in WITHOUT_DEAL:
            for name in NEVER_UNKNOWN:
                if name in columns:
                    return {name: columns[name]}
        return columns


class Plan:
    """The statements of all facts, fact by fact."""

    def __init__(self, statements: Iterable[Statement]):
        found: dict[str, list[Statement]] = {}
        steps = set()
        for each in statements:
            if dropped := DROPPED.match(each.empty or each.sql):
                steps.add(f"fact.{dropped[1]}")
            else:
                found.setdefault(each.table, []).append(each)
        self.makings = {
            table: Making(table, tuple(each), _reads(each) - {table}, table in steps)
            for table, each in found.items()
        }

    @cached_property
    def local(self) -> frozenset[str]:
        """The facts whose rows depend on records that hang together, and on nobody's."""
        others = OF_EVERYTHING | rollups.TABLES | MOVING.keys()
        found: set[str] = set()
        for each in self.makings.values():
            is_told_of_some = each.is_step or each.records
            if each.table not in others and is_told_of_some and each.reads & (LINKED | found):
                found.add(each.table)
        return frozenset(found)

    @cached_property
    def ends(self) -> frozenset[str]:
        """The local facts that nothing is made of, and that are made of facts alone that stay."""
        read = {name for each in self.makings.values() for name in each.reads}
        steps = {each.table for each in self.makings.values() if each.is_step}
        return frozenset(
            name for name in self.local - read - steps if not self.makings[name].reads & steps
        )

    @cached_property
    def beside(self) -> frozenset[str]:
        """What local facts are made of besides records: stages, roles, rates, ..."""
        return frozenset().union(*map(self.beside_of, self.local - self.ends))

    def beside_of(self, table: str) -> frozenset[str]:
        """What a local fact is made of besides records."""
        return self.makings[table].reads - self.local - LINKED


def _reads(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset(
        f"{schema}.{name}"
        for each in statements
        for names in (NAMES, VIEWS)
        for schema, name in names.findall(each.sql)
    )
