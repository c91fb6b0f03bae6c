"""Figures of a simulated seller of subscriptions, by the one of its three signals that has days.

Of accounts flagged (110), with a churn event (352) and subscriptions ended (486), the mapping takes
the last: it alone says from which day on which amount is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.project import Project
from tests.examples.opening import EXAMPLES, opened
from tests.world import by

pytestmark = pytest.mark.shared_data

# Recurring revenue a month as in the reference, and accounts that pay. The reference's own count
# of accounts (71, 190, 260, 337, 415, 500) has those on trial in it; without them, by SQL:
# count(distinct account_id) filter (where not is_trial).
ENDS = {
    "2023-06-30": (242_921, 64),
    "2023-12-31": (1_262_113, 185),
    "2024-03-31": (2_276_266, 250),
    "2024-06-30": (3_833_405, 333),
    "2024-09-30": (6_035_345, 414),
    "2024-12-31": (10_159_608, 500),
}


@pytest.fixture(scope="module")
def raven(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("raven")
    project = opened(folder, "as_of = 2025-01-01\ncurrency = 'USD'\n")
    report = project.load(shared_data / "ravenstack", mapping=EXAMPLES / "ravenstack.toml")
    # 778 trials, and 13 subscriptions that ended on the day they began, are left out.
    assert {each.table: each.accepted for each in report.tables} == {
        "subscription": 5_000 - 778 - 13,
        "account": 500,
        "lead": 500,
        "usage": 25_000,
    }
    assert sum(each.quarantined for each in report.tables) == 0
    yield project
    project.close()


@pytest.mark.parametrize("day", ENDS)
def test_recurring_revenue_of_a_day(raven: Project, day: str) -> None:
    found = raven.warehouse.cursor().execute(
        "select sum(mrr), count(distinct account_id) from canonical.subscription "
        "where started_on <= $1::date and (ended_on is null or ended_on >= $1::date)",
        [day],
    )
    assert found.fetchall() == [ENDS[day]]


def test_customers_at_the_ends_of_quarters(raven: Project) -> None:
    for day, (_, customers) in ENDS.items():
        (row,) = raven.ask("active_customers", period=day).rows
        assert row["active_customers"] == customers


def test_a_year_of_the_customers_at_its_beginning(raven: Project) -> None:
    answer = raven.ask(
        "net_revenue_retention",
        "gross_revenue_retention",
        "churn_rate",
        "new_customers",
        "returned_customers",
        "lost_customers",
        period="2024",
    )
    (row,) = answer.rows
    assert round(row["net_revenue_retention"], 6) == 2.922709
    assert row["net_revenue_retention.numerator"] == 3_688_789
    assert row["net_revenue_retention.denominator"] == 1_262_113
    assert round(row["gross_revenue_retention"], 4) == 0.9959
    # One of the 185 left and came back, so at the end of the year all pay something.
    assert (row["churn_rate.numerator"], row["churn_rate.denominator"]) == (1, 185)
    # Gaps of the intervals [start_date, end_date) of each account's paid subscriptions, by SQL.
    assert (row["new_customers"], row["returned_customers"]) == (314, 8)
    assert row["lost_customers"] == 7


def test_accounts_by_where_they_came_from(raven: Project) -> None:
    answer = raven.ask("lead_flow", by="source", period="all")
    assert by(answer, "source", "lead_flow") == {
        "ads": 98,
        "event": 96,
        "organic": 114,
        "other": 103,
        "partner": 89,
    }


def test_who_used_the_product_in_the_last_month(raven: Project) -> None:
    # Accounts with a row of usage in December 2024, of the 500 that pay at its end, by SQL.
    (row,) = raven.ask("engagement_rate", period="2024-12").rows
    assert row["engagement_rate.numerator"] == 428
    assert row["engagement_rate.denominator"] == 500
