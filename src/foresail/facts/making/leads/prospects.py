"""Whom we sell to, as facts want them: merges applied, bands and levels ready."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import make_survivors, resolved
from foresail.facts.making.source import Source


def make_prospects(source: Source) -> None:
    """Make `fact.account` and `fact.contact`, with merges applied."""
    accounts, contacts = source.canonical("account"), source.canonical("contact")
    for table in ("account", "contact", "lead", "opportunity"):
        make_survivors(source, table)
    kept = accounts.anti_join(source.fact("account_merge"), "account_id")
    source.keep(
        "account",
        kept.select(
            "account_id",
            "name",
            "segment",
            "industry",
            "country",
            "employees",
            "owner_id",
            company_size_band=size_band(_.employees),
        ),
    )
    kept = contacts.anti_join(source.fact("contact_merge"), "contact_id")
    kept = resolved(kept, "account_id", source.fact("account_merge"), "account_id")
    source.keep(
        "contact",
        kept.select("contact_id", "account_id", "name", "title_level", "is_decision_maker"),
    )


def size_band(employees: Any) -> Any:
    """The band of a company's size, as text that sorts."""
    return ibis.cases(
        (employees.isnull(), ibis.null("string")),
        (employees < 10, "1–9"),
        (employees < 50, "10–49"),
        (employees < 250, "50–249"),
        (employees < 1000, "250–999"),
        else_="1,000+",
    )


def person(contact_id: Any, lead_id: Any) -> Any:
    """The person: the contact where one is known, else the lead."""
    return ibis.coalesce("contact " + contact_id, "lead " + lead_id)


def with_account(source: Source, table: Any) -> Any:
    """The table with what is known of its `account_id`."""
    columns = {
        "account": "name",
        "account_segment": "segment",
        "industry": "industry",
        "country": "country",
        "employees": "employees",
        "account_owner": "owner_id",
        "account_size_band": "company_size_band",
    }
    return attach(table, source.fact("account"), {"account_id": "account_id"}, columns)
