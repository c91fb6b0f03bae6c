"""Worked examples of customers: who comes, who leaves, and what they pay."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pytest

from tests.oracle.calendar import Window
from tests.oracle.records import Settings
from tests.oracle.small import as_of, by, deal, ever, in_month, march, value
from tests.oracle.view import View

ACCOUNTS = [
    {"account_id": "acme", "owner_id": "ann", "segment": "small"},
    {"account_id": "bolt", "owner_id": "bob", "segment": "large"},
    {"account_id": "cole"},
    {"account_id": "dove", "merged_into_id": "acme"},
    {"account_id": "eden"},
    {"account_id": "flint"},
]
REPS = [{"rep_id": "ann", "team": "north"}, {"rep_id": "bob", "team": "south"}]


def served(key: str, account: str, since: str, until: str | None = None, **more: Any) -> Any:
    """A subscription."""
    row = {"subscription_id": key, "account_id": account, "started_on": since, **more}
    return {**row, "ended_on": until} if until else row


SUBSCRIPTIONS = [
    # A new price from the first of March on.
    served("s1", "acme", "2025-01-15", "2026-02-28", mrr=100),
    served("s2", "acme", "2026-03-01", mrr=150),
    served("s3", "bolt", "2025-06-01", "2026-03-31", mrr=200, end_reason="price"),
    # Away for a day.
    served("s4", "cole", "2025-01-01", "2026-01-31", mrr=50),
    served("s5", "cole", "2026-02-02", mrr=50),
    # Acme by another name, at a price that is not known in euros.
    served("s6", "dove", "2026-03-10", mrr=30, currency="USD"),
    # An end before the start: that one day.
    served("s7", "eden", "2026-03-05", "2026-03-04", mrr=10),
    served("s8", "flint", "2026-03-20", mrr=80),
    # Nothing is known of its beginning.
    served("s9", "flint", "2026-03-20", mrr=7) | {"started_on": None},
]


@lru_cache
def service(until: str = "2026-04-01") -> View:
    """Six accounts in March, as of a day."""
    revenue = [
        {
            "revenue_id": "r1",
            "account_id": "acme",
            "day": "2025-01-20",
            "amount": 1000,
            "cost": 400,
        },
        {"revenue_id": "r2", "account_id": "acme", "day": "2026-03-10", "amount": 900, "cost": 300},
    ]
    costs = [
        {"cost_id": "c1", "starts_on": "2026-03-02", "amount": 500, "category": "media"},
        {
            "cost_id": "c2",
            "starts_on": "2026-03-01",
            "ends_on": "2026-03-31",
            "amount": 3100,
            "category": "sales_salaries",
        },
    ]
    common = {"direction": "outbound", "rep_id": "ann"}
    monday = {**common, "occurred_at": "2026-03-16T10:00:00Z", "account_id": "acme"}
    activity: list[dict[str, Any]] = [
        {"activity_id": "a1", "kind": "call", "duration_seconds": 1800, **monday},
        {"activity_id": "a2", "kind": "meeting", **monday},
        {"activity_id": "a3", "kind": "call", **monday},
        # On the day after its service.
        {
            "activity_id": "a4",
            "kind": "meeting",
            **common,
            "occurred_at": "2026-03-06T10:00:00Z",
            "account_id": "eden",
        },
    ]
    return march(
        until,
        account=ACCOUNTS,
        rep=REPS,
        subscription=SUBSCRIPTIONS,
        revenue=revenue,
        cost=costs,
        activity=activity,
    )


def test_the_first_spell_of_an_account_makes_it_a_new_customer() -> None:
    assert value("new_customers", service()) == 2
    assert value("returned_customers", service()) == 0
    assert value("returned_customers", in_month(service(), 2)) == 1
    assert value("new_customers", in_month(service(), 2)) == 0


def test_a_customer_is_lost_after_the_last_day_of_service() -> None:
    assert by("lost_customers", service(), "end_reason") == {"price": 1, None: 1}
    assert value("lost_customers", as_of(service(), "2026-03-31")) == 1
    assert value("lost_customers", in_month(service(), 1)) == 1


def test_on_the_last_day_a_customer_still_is_one() -> None:
    assert by("active_customers", service(), "segment") == {"small": 1, "large": 1, None: 2}
    assert by("active_customers", service(), "team") == {"north": 1, "south": 1, None: 2}
    assert value("active_customers", in_month(as_of(service(), "2026-04-30"), 4)) == 3


def test_churn_is_of_those_who_were_there_before_the_first_day() -> None:
    assert value("churn_rate", service()) == Fraction(1, 3)
    assert value("churn_rate", as_of(service(), "2026-03-31")) == 0
    assert by("churn_rate", service(), "rep") == {"ann": 0, "bob": 1, None: 0}
    assert value("annual_churn_rate", service()) == pytest.approx(1 - (2 / 3) ** 12)
    # Cole, who is away on the first of February, is not in its base.
    assert value("churn_rate", in_month(service(), 2)) == 0


def test_a_year_of_churn_goes_by_the_months_of_the_period() -> None:
    first = dt.date(2026, 1, 1)
    quarter = replace(service(), window=Window(first, dt.date(2026, 4, 1), first, "quarter"))
    # Cole went in January and bolt in March; that cole is back does not matter.
    assert value("churn_rate", quarter) == Fraction(2, 3)
    assert value("annual_churn_rate", quarter) == pytest.approx(1 - (1 / 3) ** (12 / 3))


def test_retention_holds_the_mrr_at_the_end_against_that_of_the_day_before() -> None:
    view = service()
    assert value("net_revenue_retention", view) == Fraction(150 + 50, 100 + 200 + 50)
    assert value("gross_revenue_retention", view) == Fraction(100 + 50, 350)
    assert value("net_revenue_retention.expansion", view) == 50
    assert value("net_revenue_retention.contraction", view) == 0
    assert value("net_revenue_retention.churned", view) == 200
    # While bolt's last day runs, its service has not ended.
    assert value("net_revenue_retention", as_of(view, "2026-03-31")) == Fraction(400, 350)


def test_where_no_subscriptions_are_loaded_wins_make_customers() -> None:
    won = {"outcome": "won"}
    deals = [
        deal("oak", account_id="acme", closed_at="2026-03-05", **won),
        deal("elm", account_id="dove", closed_at="2026-03-09", **won),
        deal("ash", closed_at="2026-03-09", **won),
        deal("fir", account_id="bolt", **won),
        deal("yew", account_id="cole", closed_at="2026-03-09", outcome="lost"),
    ]
    view = march("2026-04-30", opportunity=deals, account=ACCOUNTS)
    # Acme on the fifth; ash, whose account is not known, is one of its own.
    assert by("new_customers", view, "rep") == {"ann": 2}
    assert value("active_customers", view) == 2
    # Nobody knows on which day bolt became one.
    assert value("new_customers", ever(view)) == 3
    assert value("active_customers", ever(view)) == 3


def test_lifetime_value_is_monthly_margin_by_monthly_churn() -> None:
    # 600 of 4 customers, of whom a third leaves each month.
    assert value("customer_lifetime_value", service()) == pytest.approx(600 / 4 * 3)
    assert value("customer_lifetime_value.to_date", service()) == 1200 / 5
    # A new customer cost 250.
    assert value("clv_to_cac", service()) == pytest.approx(450 / 250)
    assert value("customer_lifetime_value", as_of(service(), "2026-03-31")) is None


def test_lifetime_value_needs_a_year_of_data() -> None:
    rows = [
        served("s1", "acme", "2025-04-01", "2026-03-20", mrr=10),
        served("s2", "bolt", "2025-05-01", mrr=10),
    ]
    revenue = [{"revenue_id": "r1", "day": "2026-03-10", "amount": 90, "cost": 30}]
    view = march("2026-04-30", account=ACCOUNTS, subscription=rows, revenue=revenue)
    assert value("churn_rate", view) == Fraction(1, 2)
    assert value("customer_lifetime_value", view) is None
    rows[1]["started_on"] = "2025-03-31"
    view = march("2026-04-30", account=ACCOUNTS, subscription=rows, revenue=revenue)
    assert value("customer_lifetime_value", view) == 120


def test_serving_costs_the_time_for_customers() -> None:
    # 16 days of March at 100, by 20 working days of two reps: 5 an hour; a call without a length
    # takes no time, a meeting without one half an hour.
    assert value("customer_profit", service()) == 600 - 5
    assert value("customer_profit", in_month(as_of(service(), "2026-03-31"), 1)) == 0


def test_a_customer_is_engaged_who_used_it_often_enough() -> None:
    usage = [
        {"usage_id": "u1", "account_id": "acme", "day": "2026-03-02", "event": "login"},
        {"usage_id": "u2", "account_id": "dove", "day": "2026-03-31", "event": "report"},
        {"usage_id": "u3", "account_id": "bolt", "day": "2026-03-02", "amount": 0.5},
        {"usage_id": "u4", "account_id": "cole", "day": "2026-02-28", "event": "login"},
    ]
    rows: dict[str, Any] = {"account": ACCOUNTS, "subscription": SUBSCRIPTIONS, "usage": usage}
    assert value("engagement_rate", march("2026-04-30", **rows)) == Fraction(1, 4)
    twice = Settings(success_events=("login", "report"), success_times=2)
    assert value("engagement_rate", march("2026-04-30", twice, **rows)) == Fraction(1, 4)
    often = Settings(success_events=("login",), success_times=2)
    assert value("engagement_rate", march("2026-04-30", often, **rows)) == 0
