"""Dates that contradict each other, and deeds that lie in the future."""

from __future__ import annotations

from typing import Any

from ibis import _ as row

from foresail.health.checks import Check, Tables, rows_with

CORRECT = "Correct the dates in the source, and load it again."


def _reversed(id: str, table: str, first: str, second: str, title: str, meaning: str) -> Check:
    """Rows whose second date lies before the first."""
    return Check(id, table, title, meaning, CORRECT, rows_with(table, row[second] < row[first]))


def _in_future(id: str, table: str, column: str, title: str, meaning: str) -> Check:
    """Rows that tell of something after the as-of instant."""

    def find(tables: Tables) -> Any:
        return tables.canonical(table).filter(row[column].cast("timestamp") > tables.as_of)

    return Check(id, table, title, meaning, CORRECT, find)


def _done_in_future(tables: Tables) -> Any:
    done = row.is_completed.fill_null(False) | row.outcome.notnull()
    return tables.canonical("activity").filter((row.occurred_at > tables.as_of) & done)


CHECKS = (
    _reversed(
        "closed_before_created",
        "opportunity",
        "created_at",
        "closed_at",
        "opportunities closed before they were created",
        "They are in the counts, and left out of all lengths of time.",
    ),
    _reversed(
        "assigned_before_request",
        "lead",
        "created_at",
        "assigned_at",
        "leads assigned before their request",
        "Their routing counts as done at once.",
    ),
    Check(
        "meeting_booked_after_start",
        "activity",
        "meetings booked after they took place",
        "They count as booked late; often they were only entered late.",
        CORRECT,
        rows_with("activity", (row.kind == "meeting") & (row.booked_at > row.occurred_at)),
        is_wrong=False,
    ),
    _reversed(
        "subscription_ends_before_start",
        "subscription",
        "started_on",
        "ended_on",
        "subscriptions that end before they start",
        "Each counts for its first day alone.",
    ),
    _reversed(
        "cost_ends_before_start",
        "cost",
        "starts_on",
        "ends_on",
        "costs that end before they start",
        "Each counts whole on its first day.",
    ),
    _reversed(
        "left_before_hired",
        "rep",
        "hired_on",
        "left_on",
        "reps who left before they were hired",
        "They are in the job on no day.",
    ),
    _reversed(
        "answered_before_sent",
        "survey_response",
        "sent_at",
        "answered_at",
        "surveys answered before they were sent",
        "They count by the date of the answer.",
    ),
    _reversed(
        "filled_before_opened",
        "position",
        "opened_on",
        "filled_on",
        "positions filled before they were opened",
        "They are left out of the time to fill.",
    ),
    _reversed(
        "absence_ends_before_start",
        "absence",
        "starts_on",
        "ends_on",
        "absences that end before they start",
        "Nobody is absent by them.",
    ),
    _reversed(
        "retired_before_published",
        "content",
        "published_on",
        "retired_on",
        "assets retired before they were published",
        "They are available on no day.",
    ),
    Check(
        "done_in_future",
        "activity",
        "activities done after the as-of instant",
        "They are invisible until then. A clock or a time zone may be wrong.",
        "Check the zone of the source in the mapping.",
        _done_in_future,
    ),
    _in_future(
        "lead_in_future",
        "lead",
        "created_at",
        "leads requested after the as-of instant",
        "They are invisible until then.",
    ),
    _in_future(
        "opportunity_in_future",
        "opportunity",
        "created_at",
        "opportunities created after the as-of instant",
        "They are invisible until then.",
    ),
    _in_future(
        "close_in_future",
        "opportunity",
        "closed_at",
        "opportunities closed after the as-of instant",
        "They count as open until then. Some systems put the expected close there.",
    ),
    Check(
        "leads_without_time",
        "lead",
        "leads whose request is a date without time",
        "No answer within the hour can be told for them, and lengths are whole days.",
        "Export the time as well.",
        rows_with("lead", row.created_at_is_date.fill_null(False)),
        is_wrong=False,
    ),
)
