"""What customers are worth and what they take, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from foresail.project import Project
from tests.catalogue import drawn, value
from tests.world import Rows, by, world

SUBSCRIPTIONS: Rows = [
    {"subscription_id": "a", "account_id": "acme", "started_on": "2025-02-01"},
    {"subscription_id": "b", "account_id": "bolt", "started_on": "2025-06-01"},
    {"subscription_id": "c", "account_id": "cove", "started_on": "2025-07-01"},
    {
        "subscription_id": "d",
        "account_id": "dune",
        "started_on": "2025-07-01",
        "ended_on": "2026-02-14",
    },
]
REVENUE = drawn("""
    account_id | day        | amount | cost
    acme       | 2025-03-01 | 1000   | 400
    acme       | 2026-01-10 | 500    | 200
    acme       | 2026-02-10 | 500    | 200
    bolt       | 2026-02-11 | 800    | 500
    dune       | 2026-02-12 | 100    |
""")


def test_lifetime_value_is_margin_per_month_by_churn(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS, revenue=REVENUE)

    rows = project.ask("customer_lifetime_value", period="2026-Q1", grain="month").rows
    (quarter,) = project.ask("customer_lifetime_value", period="2026-Q1").rows

    # February: 300 + 300 in one month by the 3 customers at its end, 200, by a churn of 1 in 4;
    # January and March lost nobody
    assert [row["customer_lifetime_value"] for row in rows] == [None, pytest.approx(800), None]
    # to date 600 + 300 + 300 + 300 by 4 customers there ever were; dune's cost is unknown
    assert [row["customer_lifetime_value.to_date"] for row in rows] == [225, 375, 375]
    assert rows[1]["customer_lifetime_value.gross_profit"] == 600
    assert rows[1]["customer_lifetime_value.active_customers"] == 3
    assert rows[1]["customer_lifetime_value.churn_rate"] == 0.25
    # the quarter: 900 in three months by 3, 100, by 1 - 0.75^(1/3) a month
    assert quarter["customer_lifetime_value"] == pytest.approx(100 / (1 - 0.75 ** (1 / 3)))


def test_lifetime_value_waits_for_a_year_of_data(tmp_path: Path) -> None:
    subscription = [*SUBSCRIPTIONS[1:], {**SUBSCRIPTIONS[0], "started_on": "2025-02-15"}]
    early = world(tmp_path / "early", subscription=subscription, revenue=REVENUE[2:])
    # service reaches back 365 days from 15 February on; dune's end is known from then on as well
    assert value(early, "customer_lifetime_value", period="2026-02", as_of="2026-02-14") is None
    late = value(early, "customer_lifetime_value", period="2026-02", as_of="2026-02-15")
    monthly = 600 / (15 / 28) / 3
    assert late == pytest.approx(monthly / (1 - 0.75 ** (28 / 15)))
    # revenue of the day before reaches back further
    revenue = [*REVENUE[2:], {"day": "2025-02-01", "amount": "1", "cost": "0"}]
    project = world(tmp_path / "revenue", subscription=SUBSCRIPTIONS[1:], revenue=revenue)
    assert value(project, "customer_lifetime_value", period="2026-02") is not None
    project = world(tmp_path / "late", subscription=SUBSCRIPTIONS[1:], revenue=REVENUE[2:])
    assert value(project, "customer_lifetime_value", period="2026-02") is None


def test_lifetime_value_by_segment(tmp_path: Path) -> None:
    account = drawn("""
        account_id | segment
        acme       | large
        dune       | large
        bolt       | small
    """)
    project = world(tmp_path, account=account, subscription=SUBSCRIPTIONS, revenue=REVENUE)
    answer = project.ask("customer_lifetime_value", period="2026-02", by="segment")
    # 300 by one customer of two lost one; nobody small left
    assert by(answer, "segment", "customer_lifetime_value") == {
        "large": pytest.approx(600),
        "small": None,
        None: None,
    }
    assert by(answer, "segment", "customer_lifetime_value.to_date")["small"] == 300


def test_lifetime_value_by_the_cost_of_winning(tmp_path: Path) -> None:
    new = {"subscription_id": "e", "account_id": "echo", "started_on": "2026-02-03"}
    cost = drawn("""
        category           | starts_on  | ends_on    | amount
        media              | 2026-02-01 | 2026-02-28 | 280
        marketing_salaries | 2026-02-15 | 2026-03-14 | 140
        sales_salaries     | 2026-02-01 | 2026-02-28 | 9000
    """)
    project = world(tmp_path, subscription=[*SUBSCRIPTIONS, new], revenue=REVENUE, cost=cost)
    (row,) = project.ask("clv_to_cac", period="2026-02").rows
    # 600 by 4 customers at the end by a churn of 1 in 4: 600; 280 + 70 for one new customer
    assert row["clv_to_cac.customer_lifetime_value"] == pytest.approx(600)
    assert row["clv_to_cac.cost_per_conversion"] == pytest.approx(350)
    assert row["clv_to_cac"] == pytest.approx(600 / 350)
    # nobody new in January
    assert value(project, "clv_to_cac", period="2026-01") is None


COST = drawn("""
    category       | starts_on  | ends_on    | amount
    sales_salaries | 2026-02-01 | 2026-02-28 | 4800
    media          | 2026-02-01 | 2026-02-28 | 9999
""")
ACTIVITY = drawn("""
    activity_id | kind    | direction | rep_id | occurred_at      | account_id | duration_seconds
    c1          | call    | inbound   | ann    | 2026-02-27T09:00 | acme       | 3600
    c2          | call    | outbound  | ann    | 2026-02-27T11:00 | acme       |
    m1          | meeting | outbound  | bob    | 2026-02-27T13:00 | bolt       |
    c3          | call    | outbound  | bob    | 2026-02-27T13:00 | fern       | 3600
    c4          | call    | outbound  | bob    | 2026-02-27T15:00 | dune       | 3600
    e1          | email   | outbound  | bob    | 2026-02-27T15:00 | acme       | 3600
""")


def test_profit_is_what_is_left_after_serving(tmp_path: Path) -> None:
    project = world(
        tmp_path, subscription=SUBSCRIPTIONS, revenue=REVENUE, activity=ACTIVITY, cost=COST
    )

    answer = project.ask("customer_profit", period="2026-02", as_of="2026-02-28")

    # by the 27th, a Friday, 27/28 of 4,800 by 20 working days of three reps for 8 hours: an hour
    # costs 4,628.57 / 480; acme took an hour, bolt half of one; fern is no customer, nor dune then
    hour = 4800 * 27 / 28 / 480
    assert answer.rows[0]["customer_profit"] == pytest.approx(600 - 1.5 * hour)
    found = project.records("customer_profit", period="2026-02").rows
    assert sorted(each["value"] for each in found if each["value"] is not None) == [
        pytest.approx(-hour),
        pytest.approx(-hour / 2),
        300,
        300,
    ]


def test_profit_by_segment_of_the_customer(tmp_path: Path) -> None:
    account = [{"account_id": "acme", "segment": "large", "owner_id": "cid"}]
    project = world(
        tmp_path,
        account=account,
        subscription=SUBSCRIPTIONS,
        revenue=REVENUE,
        activity=ACTIVITY,
        cost=COST,
    )
    hour = 4800 * 27 / 28 / 480
    answer = project.ask("customer_profit", period="2026-02", by="segment")
    assert by(answer, "segment", "customer_profit") == {
        "large": pytest.approx(300 - hour),
        None: pytest.approx(300 - hour / 2),
    }
    # the owner of the account answers for its cost, whoever took the call
    answer = project.ask("customer_profit", period="2026-02", by="rep")
    assert by(answer, "rep", "customer_profit")["Cid"] == pytest.approx(300 - hour)


def test_without_salaries_profit_is_unknown(tmp_path: Path) -> None:
    def with_cost(name: str, cost: Rows) -> Project:
        return world(
            tmp_path / name,
            subscription=SUBSCRIPTIONS,
            revenue=REVENUE,
            activity=ACTIVITY,
            cost=cost,
        )

    assert value(with_cost("none", COST[1:]), "customer_profit", period="2026-02") is None
    # salaries of March say nothing of February
    march = with_cost("march", [{**COST[0], "starts_on": "2026-03-01", "ends_on": "2026-03-31"}])
    assert value(march, "customer_profit", period="2026-02") is None
    assert value(march, "customer_profit", period="2026-01") == 300
