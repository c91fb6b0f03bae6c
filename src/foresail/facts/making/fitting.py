"""Whether the facts that are kept are those that the settings and declarations ask for."""

from __future__ import annotations

import duckdb

from foresail.warehouse import Settings, cache

MADE_ON = "made_on"
"""The column of `fact.made_with` that says on which day the facts were brought up to it."""


def fingerprint(settings: Settings) -> str:
    """What facts depend on besides the data: when it changes, they are made anew."""
    return cache.key_of(
        "facts",
        settings.zone,
        settings.currency,
        settings.country,
        sorted(settings.working_hours.items()),
        sorted(settings.thresholds.response_kinds),
        settings.thresholds.skipped_stages,
        settings.thresholds.scanner_seconds,
        settings.thresholds.callback_days,
        settings.thresholds.key_account_percentile,
        settings.thresholds.key_account_touch_days,
    )


def sign(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Say in `fact.made_with` what the facts were made with, and on which day."""
    cursor.execute(f"create or replace table fact.made_with (fingerprint varchar, {MADE_ON} date)")
    cursor.execute("insert into fact.made_with values (?, now()::date)", [fingerprint(settings)])


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


def is_of_today(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether the facts were brought up to the day that it is."""
    found = cursor.execute(
        f"select {MADE_ON} is not distinct from now()::date from fact.made_with"
    ).fetchone()
    return found == (True,)
