"""What seems to be there twice, or came in by the hundred at once."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.health.checks import Check, Tables

BURST = 30
"""So many records of one minute are more than people enter by hand."""

MERGE = "Merge them in the source, or name the survivor in merged_into_id."


def _repeated(rows: Any, *columns: str) -> Any:
    """The rows that agree with an earlier one in some columns, all of them known."""
    known = rows.filter([row[each].notnull() for each in columns])
    window = ibis.window(group_by=list(columns), order_by="record")
    return known.mutate(place=ibis.row_number().over(window)).filter(row.place > 0)


def _accounts(tables: Tables) -> Any:
    rows = tables.canonical("account").filter(row.merged_into_id.isnull())
    rows = rows.mutate(words=row.name.lower().strip(), place_of=row.country.fill_null(""))
    return _repeated(rows, "words", "place_of")


def _contacts(tables: Tables) -> Any:
    rows = tables.canonical("contact").filter(row.merged_into_id.isnull())
    return _repeated(rows.mutate(words=row.name.lower().strip()), "account_id", "words")


def _leads(tables: Tables) -> Any:
    rows = tables.canonical("lead").filter(row.merged_into_id.isnull() & row.deleted_at.isnull())
    return _repeated(rows, "contact_id", "created_at")


def _opportunities(tables: Tables) -> Any:
    rows = tables.canonical("opportunity")
    rows = rows.filter(row.merged_into_id.isnull() & row.deleted_at.isnull())
    return _repeated(rows, "account_id", "name", "amount", "created_at")


def _activities(tables: Tables) -> Any:
    rows = tables.canonical("activity").filter(
        row.deleted_at.isnull()
        & ~row.occurred_at_is_date.fill_null(False)
        & (row.kind != "meeting")
    )
    rows = rows.mutate(whom=ibis.coalesce(row.contact_id, row.lead_id, row.account_id))
    return _repeated(rows, "rep_id", "kind", "whom", "occurred_at")


def _burst(tables: Tables, table: str, at: str, *by: str) -> Any:
    """Records of one minute, where there are more than people make."""
    rows = tables.canonical(table)
    rows = rows.filter(row[at].notnull() & ~row[f"{at}_is_date"].fill_null(False))
    rows = rows.mutate(minute=row[at].truncate("m"))
    window = ibis.window(group_by=["minute", *by])
    return rows.mutate(together=row.count().over(window)).filter(row.together >= BURST)


CHECKS = (
    Check(
        "double_account",
        "account",
        "accounts with the name and country of another",
        "Customers may count twice, and revenue is split between them.",
        MERGE,
        _accounts,
        is_wrong=False,
    ),
    Check(
        "double_contact",
        "contact",
        "contacts with the name of another of the same account",
        "People may count twice; touches are split between them.",
        MERGE,
        _contacts,
        is_wrong=False,
    ),
    Check(
        "double_lead",
        "lead",
        "leads of the same person and instant as another",
        "They are one episode for response, and several leads in the flow.",
        MERGE,
        _leads,
        is_wrong=False,
    ),
    Check(
        "double_opportunity",
        "opportunity",
        "opportunities with the account, name, amount and creation of another",
        "Pipeline and revenue may count twice.",
        MERGE,
        _opportunities,
        is_wrong=False,
    ),
    Check(
        "double_activity",
        "activity",
        "activities of the same rep, kind, person and instant as another",
        "Activity may count twice. Two connectors may bring the same records.",
        "Load each source once; give both the same ids.",
        _activities,
        is_wrong=False,
    ),
    Check(
        "activity_burst",
        "activity",
        f"activities that a rep logged within one minute with at least {BURST - 1} others",
        "They look like an import, not like work of that minute.",
        "Mark them as automated, or load them with the dates of the work.",
        lambda tables: _burst(tables, "activity", "occurred_at", "rep_id"),
        is_wrong=False,
    ),
    Check(
        "lead_burst",
        "lead",
        f"leads that were entered within one minute with at least {BURST - 1} others",
        "They look like a list import; inbound ones among them distort response times.",
        "Map the channel of imported leads to outbound.",
        lambda tables: _burst(tables, "lead", "created_at"),
        is_wrong=False,
    ),
)
