"""Worked examples of costs: spread over days, and held against what they brought."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.oracle.records import Settings
from tests.oracle.scenes import lead, reached
from tests.oracle.small import as_of, by, ever, in_month, march, value
from tests.oracle.view import View


def cost(key: str, category: str, starts: str, ends: str | None = None, **more: Any) -> Any:
    """A cost."""
    row = {"cost_id": key, "category": category, "starts_on": starts, **more}
    return {**row, "ends_on": ends} if ends else row


COSTS = [
    # 59 days of 10, of which 31 lie in March.
    cost("c1", "media", "2026-02-01", "2026-03-31", amount=590, source="web"),
    # The whole of it on its one day.
    cost("c2", "tools", "2026-03-31", "2026-03-01", amount=40),
    cost("c3", "agency", "2026-03-10", amount=100, currency="USD", source="fair"),
    cost("c4", "sales_salaries", "2026-01-01", "2026-03-31", amount=900),
    cost("c5", "commission", "2026-03-05", amount=9),
    cost("c6", "other", "2026-03-05", amount=5000),
]
LEADS = [
    lead("ivy", "2 10:00", source="web", is_organic=True),
    lead("oak", "3 10:00", source="web"),
    lead("elm", "4 10:00", source="fair"),
]


@lru_cache
def spent(without_organic: bool = False) -> View:
    """Costs, leads and revenue of March."""
    return march(
        "2026-04-30",
        Settings(cost_per_lead_without_organic=without_organic),
        cost=COSTS,
        lead=LEADS,
        lead_stage=reached("oak", customer="20 10:00"),
        revenue=[{"revenue_id": "r1", "day": "2026-03-15", "amount": 1000}],
        exchange_rate=[{"currency": "USD", "day": "2026-03-01", "rate": 0.5}],
    )


def test_a_cost_is_spread_over_its_days() -> None:
    kinds = {"media": 310, "tools": 40, "agency": 50}
    assert by("marketing_cost", spent(), "cost_category") == kinds
    assert value("sales_cost", spent()) == 310 + 9
    assert value("marketing_cost", in_month(spent(), 2)) == 280
    assert value("marketing_cost", ever(spent())) == 590 + 40 + 50


def test_costs_count_up_to_the_day_of_e() -> None:
    view = as_of(spent(), "2026-03-10T09:00")
    assert value("marketing_cost", view) == 100 + 50


def test_a_cost_without_a_rate_is_unknown() -> None:
    view = march(cost=COSTS, lead=LEADS)
    assert value("marketing_cost", view, cost_category="agency") is None
    assert value("marketing_cost", view) == 350


def test_what_a_lead_costs() -> None:
    assert value("cost_per_lead", spent()) == Fraction(400, 3)
    assert by("cost_per_lead", spent(), "source") == {"web": 155, "fair": 50, None: None}
    assert value("cost_per_lead", in_month(spent(), 2)) is None
    assert value("cost_per_lead", spent(without_organic=True)) == Fraction(400, 2)


def test_what_a_customer_of_the_cohort_costs() -> None:
    assert value("cost_per_conversion_cohort", spent()) == 400
    assert value("cost_per_conversion_cohort.maturing", spent()) == 2
    assert value("cost_per_conversion_cohort", as_of(spent(), "2026-03-19")) is None
    late = as_of(spent(), "2026-12-31")
    assert value("cost_per_conversion_cohort.maturing", late) == 0


def test_sales_cost_by_what_was_earned() -> None:
    assert value("cost_of_sales_ratio", spent()) == Fraction(319, 1000)
    assert value("cost_of_sales_ratio", in_month(spent(), 2)) is None
