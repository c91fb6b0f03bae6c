"""Worked examples of the market, of forecasts, and of what leads are worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import lead
from tests.oracle.small import STAGES, as_of, by, deal, in_month, march, value
from tests.oracle.view import View

MARCH = {"starts_on": "2026-03-01", "ends_on": "2026-03-31"}
ACCOUNTS = [
    {"account_id": "acme", "segment": "small"},
    {"account_id": "bolt", "segment": "large"},
    {"account_id": "cole"},
]
REVENUE = [
    {"revenue_id": "r1", "account_id": "acme", "day": "2026-03-10", "amount": 100},
    {"revenue_id": "r2", "account_id": "bolt", "day": "2026-03-20", "amount": 200},
    {"revenue_id": "r3", "account_id": "cole", "day": "2026-03-20", "amount": 10},
    # On a day that no row of the market covers.
    {"revenue_id": "r4", "account_id": "acme", "day": "2026-04-02", "amount": 999},
]


def segments(**more: Any) -> list[dict[str, Any]]:
    """The market of March by segment, and the half of it that is known as a whole."""
    whole = {"starts_on": "2026-03-17", "ends_on": "2026-03-31", "market_sales": 3000, **more}
    return [
        whole,
        {**MARCH, "segment": "small", "market_sales": 3100, "largest_rival_sales": 310},
        {**MARCH, "segment": "large", "market_sales": 6200},
    ]


@lru_cache
def sales() -> View:
    """Three accounts in the market of March."""
    rows = segments(largest_rival_sales=600)
    return march("2026-04-30", account=ACCOUNTS, revenue=REVENUE, market=rows)


def test_own_sales_by_the_market_s() -> None:
    # 16 days of 100 and 200, and then 3,000 as a whole.
    assert value("market_share", sales()) == Fraction(310, 16 * 300 + 3000)
    small, large = Fraction(100, 3100), Fraction(200, 6200)
    view = by_segment(sales())
    assert by("market_share", view, "segment") == {"small": small, "large": large}
    assert value("market_share", in_month(sales(), 4)) is None


def by_segment(view: View) -> View:
    """The same, asked about segments."""
    return replace(view, dimensions=frozenset({"segment"}))


def test_days_count_up_to_the_day_of_e() -> None:
    assert value("market_share", as_of(sales(), "2026-03-10T09:00")) == Fraction(100, 3000)


def test_own_share_by_the_largest_rival_s() -> None:
    # Nothing is known of a rival of the whole before the 17th, and of one in large.
    assert value("relative_market_share", sales()) == Fraction(210, 600)
    view = by_segment(sales())
    assert by("relative_market_share", view, "segment") == {"small": Fraction(100, 310)}


def test_without_revenue_what_was_won_is_sold() -> None:
    won = {"outcome": "won", "amount": 62, "closed_at": "2026-03-05T10:00:00Z"}
    deals = [
        deal("oak", account_id="acme", **won),
        deal("elm", account_id="bolt", deleted_at="2026-03-09", **won),
    ]
    rows = segments()[1:]
    view = march("2026-04-30", account=ACCOUNTS, opportunity=deals, market=rows)
    assert value("market_share", view) == Fraction(62, 9300)


def test_sales_at_an_unknown_rate_cover_no_day() -> None:
    rows = [{**MARCH, "market_sales": 3100, "currency": "USD"}]
    rate = [{"currency": "USD", "day": "2026-03-12", "rate": 2}]
    view = march("2026-04-30", revenue=REVENUE, market=rows, exchange_rate=rate)
    assert value("market_share", view) == Fraction(210, 20 * 200)


def due(key: str, **values: Any) -> dict[str, Any]:
    """A deal of Ann's that is expected in March, with a chance of one half."""
    usual = {"created_at": "2026-02-01", "expected_close_on": "2026-03-20", "probability": 0.5}
    return deal(key, **{**usual, "amount": 100, **values})


@lru_cache
def foreseen() -> View:
    """What was open as March began."""
    won = {"outcome": "won", "closed_at": "2026-03-11T10:00:00Z"}
    deals = [
        due("oak", **won),
        due("elm", expected_close_on="2026-04-01"),
        due("fir", created_at="2026-03-01T10:00:00Z", **{**won, "amount": 40}),
        due("ash", deleted_at="2026-03-15T10:00:00Z"),
        # Moved into March on the fifth, and given to Bob.
        due("yew", amount=1000),
        due("bay", outcome="lost", closed_at="2026-02-20T10:00:00Z"),
    ]
    moved = {"opportunity_id": "yew", "changed_at": "2026-03-05T10:00:00Z"}
    changes = [
        {
            **moved,
            "field": "expected_close_on",
            "old_value": "2026-05-01",
            "new_value": "2026-03-20",
        }
    ]
    return march("2026-04-30", stage=STAGES, opportunity=deals, opportunity_change=changes)


def test_the_forecast_is_what_was_known_as_the_period_began() -> None:
    # 50 and 50 were foreseen, 140 was won.
    assert value("forecast_accuracy", foreseen()) == 1 - Fraction(40, 140)
    assert value("forecast_accuracy", as_of(foreseen(), "2026-03-31T12:00")) is None
    assert value("forecast_accuracy", as_of(foreseen(), "2026-03-31")) == Fraction(100, 140)


def test_where_nothing_was_won_there_is_no_accuracy() -> None:
    assert value("forecast_accuracy", in_month(foreseen(), 2)) is None


@lru_cache
def leads_won() -> View:
    """Four leads, of which three are ten days old."""
    leads = [lead("ivy", "2 10:00"), lead("oak", "2 10:00"), lead("elm", "2"), lead("fir", "22")]
    won = {"outcome": "won", "created_at": "2026-03-02"}
    deals = [
        deal("d1", lead_id="ivy", amount=100, **won, closed_at="2026-03-12T10:00:00Z"),
        deal("d2", lead_id="ivy", amount=50, **won, closed_at="2026-03-12T10:00:01Z"),
        deal("d3", lead_id="oak", amount=20, **won, closed_at="2026-03-12"),
        deal("d4", lead_id="fir", amount=7000, **won, closed_at="2026-03-23"),
    ]
    return march("2026-03-31", Settings(cohort_days=10), lead=leads, opportunity=deals)


def test_a_lead_is_worth_what_was_won_in_time() -> None:
    assert value("value_per_lead", leads_won()) == Fraction(120, 3)
    assert value("value_per_lead.maturing", leads_won()) == 1
    # Three of four became customers; the wins of those old enough are 60 in the mean.
    assert value("value_per_lead.estimate", leads_won()) == Fraction(3, 4) * 60
