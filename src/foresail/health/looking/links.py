"""How records find each other: links that lead nowhere, that are missing, or that were inferred."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis
from ibis import _ as row

from foresail.health.checks import Check, Tables, rows_with
from foresail.model import TABLES

LOAD = "Load the table that describes them."


def _dangling(table: str, target: str) -> Any:
    """Rows of a table that name a record of another table which nobody describes."""
    columns = [
        each.name
        for each in TABLES[table].columns
        if each.refers_to == target and not (each.is_key and table == target)
    ]

    def find(tables: Tables) -> Any:
        rows = tables.canonical(table)
        known = tables.canonical(target)
        key = TABLES[target].key[0].name
        found = [
            rows.filter(row[each].notnull()).anti_join(known, [(each, key)]) for each in columns
        ]
        return reduce(lambda one, other: ibis.union(one, other, distinct=True), found)

    return find


def _unknown(table: str, target: str, names: str) -> Check:
    return Check(
        f"{table}_of_unknown_{target}",
        table,
        f"rows of {table} that name {names} no table describes",
        "They count under the bare id; nothing is known of it.",
        LOAD,
        _dangling(table, target),
    )


def _inferred(id: str, name: str, title: str, meaning: str) -> Check:
    """Activities whose link the rows do not carry and the model found."""

    def find(tables: Tables) -> Any:
        given = tables.canonical("activity").filter(row[name].isnull())
        found = tables.fact("activity").filter(row[name].notnull()).select("activity_id")
        return given.semi_join(found, "activity_id")

    return Check(
        id, "activity", title, meaning, f"Fill {name} where the source knows it.", find, False
    )


NOBODY = (
    row.lead_id.isnull()
    & row.contact_id.isnull()
    & row.account_id.isnull()
    & row.opportunity_id.isnull()
)

CHECKS = (
    _unknown("activity", "rep", "a rep"),
    _unknown("activity", "lead", "a lead"),
    _unknown("activity", "opportunity", "an opportunity"),
    _unknown("lead", "rep", "a rep"),
    _unknown("opportunity", "rep", "a rep"),
    _unknown("opportunity", "account", "an account"),
    _unknown("opportunity", "lead", "a lead"),
    _unknown("subscription", "account", "an account"),
    _unknown("revenue", "account", "an account"),
    _unknown("content_share", "content", "an asset"),
    _unknown("content_share", "activity", "an activity"),
    _inferred(
        "inferred_lead",
        "lead_id",
        "activities whose lead was inferred from the person",
        "They belong to that person's latest request before them.",
    ),
    Check(
        "activity_with_nobody",
        "activity",
        "activities that name nobody they were with",
        "They count as work, and for no lead, deal or account.",
        "Map at least the contact.",
        rows_with("activity", NOBODY),
        is_wrong=False,
    ),
)
