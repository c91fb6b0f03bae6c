"""Figures of IBM's sample of telephone customers, worked out by SQL in its reference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from tests.examples.opening import EXAMPLES, opened

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def telco(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = opened(tmp_path_factory.mktemp("telco"), "as_of = 2020-12-31\ncurrency = 'USD'\n")
    report = project.load(shared_data / "telco_churn", mapping=EXAMPLES / "telco-churn.toml")
    # 11 customers of the running month have not been billed.
    assert {each.table: each.accepted for each in report.tables} == {
        "subscription": 7_043,
        "account": 7_043,
        "revenue": 7_043 - 11,
    }
    assert sum(each.quarantined for each in report.tables) == 0
    yield project
    project.close()


def test_who_left_and_what_they_paid(telco: Project) -> None:
    (row,) = telco.ask(
        "churn_rate",
        "lost_customers",
        "active_customers",
        "net_revenue_retention",
        "gross_revenue_retention",
        period="2020-12",
    ).rows
    assert (row["churn_rate.numerator"], row["churn_rate.denominator"]) == (1_869, 7_043)
    assert round(row["churn_rate"], 5) == 0.26537
    assert row["lost_customers"] == 1_869
    assert row["active_customers"] == 7_043 - 1_869
    # Of 456,116.60 a month 139,130.85 went: a share of 0.305034.
    assert round(row["net_revenue_retention.denominator"], 2) == 456_116.60
    assert round(row["net_revenue_retention.churned"], 2) == 139_130.85
    assert round(1 - row["net_revenue_retention"], 6) == 0.305034
    assert row["gross_revenue_retention"] == row["net_revenue_retention"]


def test_churn_by_contract(telco: Project) -> None:
    answer = telco.ask("churn_rate", by="segment", period="2020-12")
    found = {
        row["segment"]: (row["churn_rate.denominator"], round(row["churn_rate"], 6))
        for row in answer.rows
    }
    assert found == {
        "Month-to-month": (3_875, 0.427097),
        "One year": (1_473, 0.112695),
        "Two year": (1_695, 0.028319),
    }


def test_everything_that_was_billed(telco: Project) -> None:
    (row,) = telco.ask("recognised_revenue", period="all").rows
    assert round(row["recognised_revenue"], 2) == 16_056_168.70


def test_a_lifetime_is_unknown_without_costs(telco: Project) -> None:
    # What it costs to serve a customer is not in the file, so what one leaves is not known.
    (row,) = telco.ask("customer_lifetime_value", period="2020-12").rows
    assert row["customer_lifetime_value"] is None
