"""Making all facts, in the order in which they build on each other."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from foresail import model
from foresail.facts.making.activities import make_activities
from foresail.facts.making.bookings import make_bookings
from foresail.facts.making.days import make_days, make_rep_days, make_span
from foresail.facts.making.deals import make_deals
from foresail.facts.making.filled import make_filled
from foresail.facts.making.leads import make_lead_requests, make_lead_states, make_leads
from foresail.facts.making.money import make_rates
from foresail.facts.making.opportunities import make_opportunities
from foresail.facts.making.prospects import make_prospects
from foresail.facts.making.quotas import make_quotas
from foresail.facts.making.recognised import make_recognised
from foresail.facts.making.reps import make_reps
from foresail.facts.making.roles import make_roles
from foresail.facts.making.source import Source
from foresail.facts.making.splits import make_splits
from foresail.warehouse import Settings, schema

STEPS = (
    make_rates,
    make_roles,
    make_prospects,
    make_leads,
    make_lead_requests,
    make_deals,
    make_activities,
    make_lead_states,
    make_opportunities,
    make_splits,
    make_bookings,
    make_recognised,
    make_span,
    make_days,
    make_quotas,
    make_rep_days,
    make_reps,
    make_filled,
)


def refresh(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make every fact anew from the canonical tables, inside the cursor's transaction."""
    made_with = fingerprint(settings)
    known = cursor.execute(
        "select statements from meta.fact_plan where fingerprint = ?", [made_with]
    ).fetchone()
    statements = known[0] if known else plan(settings)
    for statement in statements:
        cursor.execute(statement)
    if not known:
        cursor.execute("delete from meta.fact_plan")
        cursor.execute("insert into meta.fact_plan values (?, ?)", [made_with, list(statements)])
    cursor.execute("create or replace table fact.made_with (fingerprint varchar)")
    cursor.execute("insert into fact.made_with values (?)", [made_with])


_plans: dict[str, tuple[str, ...]] = {}


def plan(settings: Settings) -> tuple[str, ...]:
    """The statements that make all facts, worked out once per set of settings."""
    made_with = fingerprint(settings)
    if made_with not in _plans:
        with duckdb.connect(":memory:") as connection:
            connection.execute("set TimeZone = 'UTC'")
            for statement in schema.statements():
                connection.execute(statement)
            source = Source(connection, settings)
            for make in STEPS:
                make(source)
            _plans[made_with] = tuple(source.statements)
    return _plans[made_with]


def fingerprint(settings: Settings) -> str:
    """What facts depend on besides the data: when it changes, they are made anew."""
    parts = (
        _code(),
        settings.zone,
        settings.currency,
        settings.country,
        sorted(settings.working_weekdays),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _code() -> str:
    """A fingerprint of the declarations themselves."""
    folders = (Path(__file__).parent, Path(model.__file__).parent)
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def is_current(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    """Whether the facts were made with these settings."""
    made = cursor.execute(
        "select count(*) from information_schema.tables"
        " where table_schema = 'fact' and table_name = 'made_with'"
    ).fetchone()
    if made == (0,):
        return False
    found = cursor.execute("select fingerprint from fact.made_with").fetchone()
    return found == (fingerprint(settings),)
