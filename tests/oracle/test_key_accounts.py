"""Worked examples of key accounts: which they are, and what is done for them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.key_accounts import percentile
from tests.oracle.records import Settings
from tests.oracle.small import as_of, by, deal, ever, in_month, march, value
from tests.oracle.view import View

ACCOUNTS = [
    {"account_id": "acme", "owner_id": "ann"},
    {"account_id": "bolt", "owner_id": "bob"},
    {"account_id": "cole"},
    {"account_id": "dove", "merged_into_id": "acme"},
]
CONTACTS = [{"contact_id": "una", "account_id": "acme"}]
REPS = [{"rep_id": "ann", "team": "north"}, {"rep_id": "bob", "team": "south"}]
HALF = Settings(key_account_percentile=50)


def earned(key: str, account: str, day: str, amount: int) -> dict[str, Any]:
    """Revenue of an account."""
    return {"revenue_id": key, "account_id": account, "day": day, "amount": amount}


REVENUE = [
    earned("r1", "dove", "2025-03-01", 500),
    # Too long ago, and not yet.
    earned("r2", "bolt", "2025-02-28", 9000),
    earned("r3", "bolt", "2026-03-01", 9000),
    earned("r4", "cole", "2025-07-01", 100),
    earned("r5", "bolt", "2025-08-01", 40),
]


def act(key: str, kind: str, when: str, account: str, **more: Any) -> dict[str, Any]:
    """Something that Ann did with an account."""
    usual = {"activity_id": key, "kind": kind, "direction": "outbound", "rep_id": "ann"}
    return {**usual, "occurred_at": when, "account_id": account, **more}


TWO = "2026-03-02T10:00:00Z"
ACTS = [
    act("a1", "call", TWO, "acme", duration_seconds=600),
    act("a2", "email", TWO, "acme", direction="inbound"),
    # One meeting with three colleagues.
    *(
        act(f"b{rep}", "meeting", TWO, "acme", rep_id=rep, contact_id="una")
        for rep in ("ann", "bob", "cid")
    ),
    act("a3", "call", TWO, "acme", outcome="abandoned", duration_seconds=60),
    act("a4", "meeting", TWO, "acme", outcome="no_show", duration_seconds=60),
    act("a5", "email", TWO, "acme", is_automated=True),
    act("a6", "call", TWO, "cole", duration_seconds=3000, rep_id="bob"),
    act("a7", "meeting", TWO, "bolt", duration_seconds=1000, direction="inbound"),
    act("a8", "call", TWO, "bolt"),
]


@lru_cache
def work(percent: int = 50) -> View:
    """What was done in March for three accounts."""
    return march(
        settings=Settings(key_account_percentile=percent),
        account=ACCOUNTS,
        contact=CONTACTS,
        rep=REPS,
        revenue=REVENUE,
        activity=ACTS,
    )


def test_a_percentile_lies_between_two_values_in_proportion() -> None:
    assert percentile([Fraction(each) for each in (40, 100, 500)], 50) == 100
    assert percentile([Fraction(each) for each in (40, 100, 500)], 90) == 100 + 400 * Fraction(4, 5)
    assert percentile([Fraction(7)], 90) == 7


def test_interactions_are_by_key_account_and_month() -> None:
    # Of 40, 100 and 500 those of at least 100: acme and cole. Three with acme, one with cole.
    assert value("key_account_touches", work()) == Fraction(4, 2)
    assert value("key_account_touches", work(90)) == 3
    assert by("key_account_touches", work(), "rep") == {"ann": 3, None: 1}


def test_a_part_of_a_month_counts_by_its_days() -> None:
    view = as_of(work(), "2026-03-10")
    assert value("key_account_touches", view) == 4 / (2 * Fraction(10, 31))


def test_time_is_of_those_who_spent_it() -> None:
    # 600 and three meetings of half an hour with acme; 3,000 with cole, 1,000 with bolt.
    assert value("key_account_time_share", work()) == Fraction(9000, 10_000)
    assert value("key_account_time_share.assumed", work()) == 3
    assert value("key_account_time_share", work(90)) == Fraction(6000, 10_000)
    assert value("key_account_time_share", work(90), rep="bob") == Fraction(1800, 4800)


def test_coverage_is_of_those_who_are_key_now() -> None:
    # On the 31st acme was touched 29 days ago, in April bolt is key instead of cole.
    assert value("key_account_coverage", work()) == 1
    assert value("key_account_coverage", in_month(as_of(work(), "2026-04-01"), 4)) == Fraction(0, 2)
    assert value("key_account_coverage", as_of(work(), "2026-03-01")) == 0


def test_without_revenue_wins_tell_who_is_key() -> None:
    won = {"outcome": "won", "created_at": "2025-01-01"}
    deals = [
        deal("oak", account_id="acme", amount=70, closed_at="2025-03-01", **won),
        deal("elm", account_id="bolt", amount=90, closed_at="2025-02-28T23:00:00Z", **won),
        deal("fir", account_id="bolt", amount=80, closed_at="2026-03-01", **won),
        deal("ash", account_id="cole", amount=60, closed_at="2026-02-28T23:00:00Z", **won),
    ]
    view = march("2026-03-31", HALF, account=ACCOUNTS, opportunity=deals, activity=ACTS[:2])
    assert value("key_account_touches", view) == 2
    # The first month with anything behind it is March 2025, in which bolt is key.
    assert value("key_account_touches", ever(view)) == 0
