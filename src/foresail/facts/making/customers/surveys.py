"""Surveys: what was asked, what was answered, and which answers count."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.facts.making.customers.customers import described
from foresail.facts.making.people.roles import credited
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.identity import resolved
from foresail.facts.making.source import Source


def make_surveys(source: Source) -> Any:
    """Make `fact.survey`: one row per survey, and stretch of time with one earliest lead of its
    account; with the scored answer that the same person gave before.
    """
    surveys = source.canonical("survey_response")
    for table in ("account", "contact"):
        key = f"{table}_id"
        surveys = resolved(surveys, key, source.fact(f"{table}_merge"), key)
    surveys = surveys.mutate(
        person=ibis.coalesce(
            "contact " + row.contact_id, "account " + row.account_id, "survey " + row.survey_id
        )
    )
    surveys = attach(
        surveys,
        source.fact("contact"),
        {"contact_id": "contact_id"},
        {"contact_account": "account_id"},
    ).mutate(account_id=ibis.coalesce(row.account_id, row.contact_account))
    earlier = {"earlier_at": "earlier_at", "earlier_is_date": "earlier_is_date"}
    surveys = attach(surveys, _earlier(surveys), {"survey_id": "survey_id"}, earlier)
    dated = {
        "sent": (surveys.sent_at, surveys.sent_at_is_date),
        "answered": (surveys.answered_at, surveys.answered_at_is_date),
        "earlier": (surveys.earlier_at, surveys.earlier_is_date),
    }
    for name, (instant, is_date) in dated.items():
        surveys = surveys.mutate(**source.clock(instant, is_date, name))
    surveys = described(source, surveys)
    surveys = credited(source, surveys, "rep_id", "answered_on", "about")
    return source.keep("survey", credited(source, surveys, "rep_id", "sent_on", "asked"))


def _earlier(surveys: Any) -> Any:
    """Per answer with a score, the one that the same person gave before."""
    scored = surveys.filter(row.score.notnull() & row.answered_at.notnull())
    in_order = ibis.window(group_by="person", order_by=["answered_at", "survey_id"])
    return scored.select(
        "survey_id",
        earlier_at=row.answered_at.lag().over(in_order),
        earlier_is_date=row.answered_at_is_date.lag().over(in_order),
    )
