"""How records hang together: which columns name a record that others name as well."""

from __future__ import annotations

from foresail.model.types import Table

LINKING = ("account", "contact", "lead", "opportunity", "activity")
"""The kinds of records that others belong to."""

APART = frozenset({("account", "parent_account_id")})
"""Columns that name another record of which nothing is ever told here."""


def links(table: Table) -> dict[str, str]:
    """The columns of a table that name a record it hangs together with, each with its kind.

    What is told of a record depends on those that it hangs together with, over any number of
    others, and on what belongs to nobody alone: reps, stages, rates and the like.
    """
    return {
        column.name: column.refers_to
        for column in table.columns
        if column.refers_to in LINKING and (table.name, column.name) not in APART
    }
