"""What customers keep paying, and the use they make of it, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

RETENTION = ("net_revenue_retention", "gross_revenue_retention")
CHANGES = ("expansion", "contraction", "churned")
SUBSCRIPTIONS = drawn("""
    subscription_id | account_id | started_on | ended_on   | mrr | currency
    a1              | acme       | 2026-01-05 | 2026-01-31 | 100 |
    a2              | acme       | 2026-02-01 |            | 120 |
    b1              | bolt       | 2026-01-05 | 2026-02-10 | 100 |
    b2              | bolt       | 2026-02-12 |            | 90  |
    c1              | cove       | 2026-01-20 | 2026-02-28 | 80  |
    d1              | dune       | 2026-01-15 |            | 80  | USD
    d2              | dune       | 2026-01-15 | 2026-02-10 | 50  |
    d3              | dune       | 2026-02-11 |            | 30  | USD
    e1              | echo       | 2026-02-01 |            | 500 |
""")
RATES = drawn("""
    currency | day        | rate
    USD      | 2026-01-01 | 0.5
    USD      | 2026-02-02 | 0.8
""")


def test_what_the_customers_at_the_beginning_pay_at_the_end(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS, exchange_rate=RATES)

    (row,) = project.ask(*RETENTION, period="2026-02").rows

    # on 31 January: acme 100, bolt 100, cove 80, dune 80 × 0.5 + 50 = 90, in all 370; echo is new
    assert row["net_revenue_retention.denominator"] == 370
    # at the end: acme 120 (its new price holds from the 1st), bolt 90 (it came back), cove ended
    # with the month: 0, dune (80 + 30) × 0.5 = 55, at the rate of 1 February
    assert row["net_revenue_retention.numerator"] == 265
    assert [row[f"net_revenue_retention.{name}"] for name in CHANGES] == [20, 45, 80]
    assert 370 + 20 - 45 - 80 == 265
    # without the 20 more of acme; dollars and euros of dune are one customer's
    assert row["gross_revenue_retention.numerator"] == 245
    assert row["gross_revenue_retention"] == pytest.approx(245 / 370)
    found = project.records("gross_revenue_retention", period="2026-02").rows
    assert {each["account_id"]: each["value"] for each in found} == {
        "acme": 100,
        "bolt": 90,
        "cove": 0,
        "dune": 55,
    }


def test_who_ends_with_the_month_pays_until_that_is_known(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS, exchange_rate=RATES)
    # on 28 February nobody knows that cove leaves; on 1 March it has left, of February's customers
    (row,) = project.ask("net_revenue_retention", period="2026-02", as_of="2026-02-28").rows
    assert row["net_revenue_retention.numerator"] == 345
    (row,) = project.ask(*RETENTION, period="2026-02", as_of="2026-03-01").rows
    assert row["net_revenue_retention.numerator"] == 265
    # what February ends with, March begins with, and the new customer's 500; at 0.8 for a dollar
    (row,) = project.ask(*RETENTION, period="2026-03").rows
    assert row["net_revenue_retention.denominator"] == 120 + 90 + 110 * 0.8 + 500


def test_an_unknown_mrr_or_rate_is_in_neither_part(tmp_path: Path) -> None:
    subscription = drawn("""
        subscription_id | account_id | started_on | ended_on   | mrr | currency
        a1              | acme       | 2026-01-05 |            | 100 |
        a2              | acme       | 2026-01-05 |            |     |
        a3              | acme       | 2026-01-05 |            | 70  | GBP
        b1              | bolt       | 2026-01-05 | 2026-02-10 |     |
        b2              | bolt       | 2026-02-11 |            | 40  |
    """)
    # bolt's mrr is known from 11 February on only: 40 more
    project = world(tmp_path, subscription=subscription)
    (row,) = project.ask(*RETENTION, period="2026-02").rows
    assert row["net_revenue_retention"] == pytest.approx(1.4)
    assert row["gross_revenue_retention"] == 1
    assert row["net_revenue_retention.expansion"] == 40


def test_retention_of_a_running_month_is_up_to_now(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS, exchange_rate=RATES)
    # on 11 February bolt is gone, and d3 has taken the place of d2: 120 + 80 + 55
    (row,) = project.ask("net_revenue_retention", period="2026-02", as_of="2026-02-11").rows
    assert row["net_revenue_retention.numerator"] == 255
    assert row["net_revenue_retention.churned"] == 100


def test_retention_by_segment_and_owner(tmp_path: Path) -> None:
    account = drawn("""
        account_id | segment | owner_id
        acme       | large   | ann
        bolt       | small   | ann
        cove       | small   | cid
        dune       | large   | cid
    """)
    project = world(tmp_path, account=account, subscription=SUBSCRIPTIONS, exchange_rate=RATES)
    answer = project.ask(*RETENTION, period="2026-02", by="segment")
    assert by(answer, "segment", "net_revenue_retention.numerator") == {
        "large": 175,
        "small": 90,
    }
    assert by(answer, "segment", "gross_revenue_retention.denominator") == {
        "large": 190,
        "small": 180,
    }
    answer = project.ask(*RETENTION, period="2026-02", by="rep")
    assert by(answer, "rep", "gross_revenue_retention.numerator") == {
        "Ann": 190,
        "Bob": 0,
        "Cid": 55,
    }


def test_without_subscriptions_retention_is_unknown(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=[{"opportunity_id": "oak", "outcome": "won"}])
    (row,) = project.ask(*RETENTION, period="2026-02").rows
    assert [row[name] for name in RETENTION] == [None, None]


def test_churn_of_a_year_is_that_of_the_period_going_on(tmp_path: Path) -> None:
    subscription = [
        {"subscription_id": f"s{n}", "account_id": f"a{n}", "started_on": "2025-12-01"}
        for n in range(19)
    ]
    subscription.append({**subscription[0], "subscription_id": "s", "account_id": "last"})
    subscription[-1]["ended_on"] = "2026-02-14"
    project = world(tmp_path, subscription=subscription)
    asked = ("churn_rate", "annual_churn_rate")

    rows = project.ask(*asked, period="2026-Q1", grain="month").rows
    (quarter,) = project.ask(*asked, period="2026-Q1").rows
    (running,) = project.ask(*asked, period="2026-02", as_of="2026-02-15").rows

    # 1 of 20 in February: 1 - 0.95^12 a year; in a quarter 1 - 0.95^4; by 15 February in 15/28
    assert [row["annual_churn_rate"] for row in rows] == [0, pytest.approx(0.459640), 0]
    assert rows[1]["annual_churn_rate.churn_rate"] == 0.05
    assert quarter["annual_churn_rate"] == pytest.approx(0.185494, rel=1e-5)
    assert running["annual_churn_rate"] == pytest.approx(1 - 0.95 ** (12 * 28 / 15))
    assert value(project, "annual_churn_rate", period="2025-12") is None


USAGE = drawn("""
    account_id | day        | event  | amount
    acme       | 2026-02-03 | login  | 3
    acme       | 2026-01-31 | export | 9
    bolt       | 2026-02-03 | export |
    bolt       | 2026-02-04 | export |
    cove       | 2026-02-05 | export | 1.5
    dune       | 2026-02-20 | login  |
    fern       | 2026-02-03 | export | 4
""")


def test_engagement_is_of_the_customers_at_the_end(tmp_path: Path) -> None:
    project = world(tmp_path / "any", subscription=SUBSCRIPTIONS, usage=USAGE)
    # acme, bolt, cove, dune, echo are customers; echo did nothing, and fern is none
    (row,) = project.ask("engagement_rate", period="2026-02").rows
    assert (row["engagement_rate.numerator"], row["engagement_rate.denominator"]) == (4, 5)
    # by the 11th dune had done nothing, and bolt was no customer for a day
    (row,) = project.ask("engagement_rate", period="2026-02", as_of="2026-02-11").rows
    assert (row["engagement_rate.numerator"], row["engagement_rate.denominator"]) == (2, 4)
    names = [row["account_id"] for row in project.records("engagement_rate", period="2026-01").rows]
    assert names == ["acme"]


def test_what_success_is_can_be_set(tmp_path: Path) -> None:
    settings = '[thresholds]\nsuccess_events = ["export"]\nsuccess_times = 2'
    project = world(tmp_path, settings=settings, subscription=SUBSCRIPTIONS, usage=USAGE)
    # bolt exported twice; cove's 1.5 and acme's logins are too little
    (row,) = project.ask("engagement_rate", period="2026-02").rows
    assert (row["engagement_rate.numerator"], row["engagement_rate.denominator"]) == (1, 5)


def test_use_of_a_merged_account_is_the_survivors(tmp_path: Path) -> None:
    account = [{"account_id": "acme"}, {"account_id": "old", "merged_into_id": "acme"}]
    subscription = [{"subscription_id": "a", "account_id": "acme", "started_on": "2026-02-01"}]
    usage = [{"account_id": "old", "day": "2026-02-03", "event": "login"}]
    project = world(tmp_path, account=account, subscription=subscription, usage=usage)
    assert value(project, "engagement_rate", period="2026-02") == 1


def test_without_usage_engagement_is_unknown(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS)
    assert value(project, "engagement_rate", period="2026-02") is None
