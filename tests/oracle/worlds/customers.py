"""Customers of a random world: what they pay for, what they use, and what they say."""

from __future__ import annotations

import datetime as dt

from tests.oracle.worlds.making import DAYS, REPS, Making, Row

A_DAY = dt.timedelta(days=1)
# Before the first day, so that periods have a base; and the ends of months.
BEFORE = tuple(dt.date.fromisoformat(day) for day in ("2025-01-31", "2025-11-15", "2025-12-01"))
# From the last day of one row to the first of the next: at once, with a gap, or overlapping.
GAPS = (1, 1, 2, 0, -10, 40)
MRRS = (100, 250.5, 40, 0)


def subscriptions(make: Making) -> None:
    """Stretches of service of some accounts, one after another."""
    for company in make.ids("account"):
        if make.chance(4):
            continue
        starts = make.one((*BEFORE, *DAYS))
        currency = make.maybe(("EUR", "USD", "CHF"), 2)
        for number in range(make.one((1, 2, 3))):
            ends = make.maybe([day for day in DAYS if day >= starts] or [starts], 3)
            if ends and make.chance(12):
                ends = starts - A_DAY
            make.add(
                "subscription",
                subscription_id=f"{company} {number}",
                account_id=company,
                product=make.maybe(("oak", "elm")),
                started_on=None if make.chance(15) else str(starts),
                ended_on=str(ends) if ends else None,
                mrr=make.maybe(MRRS, 8),
                currency=make.maybe((currency,), 8) if currency else None,
                end_reason=make.maybe(("price", "merger"), 2) if ends else None,
            )
            starts = (ends or make.day(starts)) + make.one(GAPS) * A_DAY


def usage(make: Making) -> None:
    """What accounts did on some days."""
    companies = make.ids("account")
    for number in range(make.one((0, 2, 4)) if companies else 0):
        make.add(
            "usage",
            usage_id=f"use{number}",
            account_id=make.maybe(companies, 10),
            day=str(make.day()),
            event=make.maybe(("login", "report")),
            amount=make.maybe((1, 0.5, 3, 0), 2),
        )


def surveys(make: Making) -> None:
    """Answers of a few people, some of whom answer again soon."""
    contacts, companies = make.ids("contact"), make.ids("account")
    at = None
    who: Row = {}
    for number in range(make.one((1, 3, 5))):
        if at and make.chance():
            days = make.one((29, 30, 31, 1))
            at = make.after(at, days * 86_400 + make.one((0, 0, -1, 1)))
        else:
            at = make.at(make.day(), 5)
            who = {"contact_id": make.maybe(contacts or [None], 3)}
            who["account_id"] = make.maybe(companies or [None], 2)
        answered = make.maybe((at,), 5)
        make.add(
            "survey_response",
            survey_id=f"survey{number}",
            rep_id=make.maybe(REPS[:2], 3),
            sent_at=make.maybe((make.at(make.day(), 5),), 8),
            answered_at=answered,
            score=make.maybe((10, 9, 8, 7, 6, 0), 8) if answered else None,
            **who,
        )
