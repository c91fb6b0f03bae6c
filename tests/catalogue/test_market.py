"""Our part of the market: own sales by those of the market and of the largest rival."""

from __future__ import annotations

from pathlib import Path

import pytest

from foresail.core.errors import QuestionError
from tests.catalogue import drawn, value
from tests.world import by, world

ACCOUNT = drawn("""
    account_id | name | segment
    acme       | Acme | large
    bolt       | Bolt | small
    crux       | Crux |
""")
REVENUE = drawn("""
    revenue_id | account_id | day        | amount
    r1         | acme       | 2026-02-01 | 300
    r2         | bolt       | 2026-02-14 | 500
    r3         | crux       | 2026-02-28 | 200
    r4         | acme       | 2026-03-10 | 900
""")
WHOLE = drawn("""
    starts_on  | ends_on    | market_sales | largest_rival_sales
    2026-01-01 | 2026-02-28 | 59000        | 5900
""")
SEGMENTS = drawn("""
    starts_on  | ends_on    | segment | market_sales | largest_rival_sales
    2026-02-01 | 2026-03-31 | large   | 5900         | 590
    2026-02-01 | 2026-02-14 | small   | 1400         |
""")


def test_market_share_is_own_sales_by_the_markets(tmp_path: Path) -> None:
    project = world(tmp_path, account=ACCOUNT, revenue=REVENUE, market=WHOLE)
    # 59 days at 1,000; February has 28 of them; own sales 1,000
    (row,) = project.ask("market_share", "relative_market_share", period="2026-02").rows
    assert row["market_share"] == pytest.approx(1000 / 28000)
    assert row["market_share.numerator"] == 1000
    assert row["market_share.denominator"] == pytest.approx(28000)
    assert "market_share.low" not in row
    # the rival sold 100 a day
    assert row["relative_market_share"] == pytest.approx(1000 / 2800)
    # what was sold in March is on days that the market's figures do not cover
    assert value(project, "market_share", period="2026-Q1") == pytest.approx(1000 / 59000)
    assert value(project, "market_share", period="2026-03") is None
    (row,) = project.ask("market_share", period="2026-02", as_of="2026-02-14").rows
    assert (row["market_share.numerator"], row["market_share.denominator"]) == (800, 14000)


def test_a_segment_has_its_own_market(tmp_path: Path) -> None:
    project = world(tmp_path, account=ACCOUNT, revenue=REVENUE, market=[*WHOLE, *SEGMENTS])
    answer = project.ask("market_share", "relative_market_share", by="segment", period="2026-02")
    # large: 300 of 28 days at 100, the rival 10 a day; small: 500 of 14 days at 100, no rival
    assert by(answer, "segment", "market_share") == {
        "large": pytest.approx(300 / 2800),
        "small": pytest.approx(500 / 1400),
    }
    assert by(answer, "segment", "relative_market_share") == {
        "large": pytest.approx(300 / 280),
        "small": None,
    }
    where = {"segment": ["small"]}
    assert value(project, "market_share", period="2026-02", where=where) == pytest.approx(5 / 14)
    both = {"segment": ["small", "large"]}
    assert value(project, "market_share", period="2026-02", where=both) == pytest.approx(8 / 42)
    # two segments together have no largest rival
    assert value(project, "relative_market_share", period="2026-02", where=both) is None
    one = {"segment": ["large"]}
    assert value(project, "relative_market_share", period="2026-02", where=one) == pytest.approx(
        300 / 280
    )
    for dimension in ("team", "weekday"):
        with pytest.raises(QuestionError, match=f"cannot be split by {dimension}"):
            project.ask("market_share", by=dimension, period="2026-02")


def test_the_whole_is_the_sum_of_its_segments_where_nobody_tells_it(tmp_path: Path) -> None:
    project = world(tmp_path, account=ACCOUNT, revenue=REVENUE, market=[*WHOLE, *SEGMENTS])
    # in February the row of the whole stands; in March the segments do: large alone, 100 a day
    assert value(project, "market_share", period="2026-02") == pytest.approx(1000 / 28000)
    (row,) = project.ask("market_share", "relative_market_share", period="2026-03").rows
    assert row["market_share"] == pytest.approx(900 / 3100)
    assert row["relative_market_share"] is None
    # January and February against the rival of those days; in March none is known
    assert value(project, "relative_market_share", period="2026-Q1") == pytest.approx(1000 / 5900)
    alone = world(tmp_path / "alone", account=ACCOUNT, revenue=REVENUE, market=SEGMENTS)
    # 1 to 14 February 100 + 100 a day, then 100
    assert value(alone, "market_share", period="2026-02") == pytest.approx(1000 / 4200)


def test_without_revenue_what_was_won_is_sold(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | account_id | outcome | closed_at  | amount | deleted_at
        oak            | acme       | won     | 2026-02-02 | 400    |
        elm            | bolt       | won     | 2026-02-20 | 300    |
        ash            | acme       | lost    | 2026-02-20 | 900    |
        fir            | acme       | won     | 2026-02-21 | 50     | 2026-03-01T09:00:00Z
    """)
    project = world(tmp_path, account=ACCOUNT, opportunity=opportunity, market=[*WHOLE, *SEGMENTS])
    assert value(project, "market_share", period="2026-02") == pytest.approx(700 / 28000)
    early = value(project, "market_share", period="2026-02", as_of="2026-02-28")
    assert early == pytest.approx(750 / 28000)
    answer = project.ask("market_share", by="segment", period="2026-02")
    # bolt was won on a day that its segment's figures do not cover
    assert by(answer, "segment", "market_share.numerator") == {"large": 400, "small": 0}
    # one row of revenue, and the deals count no more
    both = world(
        tmp_path / "both",
        account=ACCOUNT,
        opportunity=opportunity,
        market=WHOLE,
        revenue=[REVENUE[-1]],
    )
    assert value(both, "market_share", period="2026-02") == 0


def test_the_markets_figures_count_at_the_rate_of_each_day(tmp_path: Path) -> None:
    rates = drawn("""
        currency | day        | rate
        USD      | 2026-02-01 | 0.50
        USD      | 2026-02-08 | 1.00
    """)
    market = drawn("""
        starts_on  | ends_on    | market_sales | largest_rival_sales | currency
        2026-02-01 | 2026-02-14 | 1400         | 140                 | USD
    """)
    project = world(tmp_path, account=ACCOUNT, revenue=REVENUE, market=market, exchange_rate=rates)
    # seven days at 50, seven at 100; own sales of the 1st and 14th
    (row,) = project.ask("market_share", "relative_market_share", period="2026-02").rows
    assert row["market_share.denominator"] == pytest.approx(1050)
    assert row["market_share"] == pytest.approx(800 / 1050)
    assert row["relative_market_share"] == pytest.approx(800 / 105)


def test_a_row_that_says_nothing_of_the_market_covers_no_day(tmp_path: Path) -> None:
    market = drawn("""
        starts_on  | ends_on    | segment | market_sales | largest_rival_sales
        2026-02-01 | 2026-02-14 |         |              | 1400
        2026-02-01 | 2026-02-14 | large   | 1400         |
        2026-02-15 | 2026-02-28 |         | 7000         |
    """)
    project = world(tmp_path, account=ACCOUNT, revenue=REVENUE, market=market)
    # to the 14th the segment says it: 1,400, and then 7,000; of the rival the first half is known
    (row,) = project.ask("market_share", "relative_market_share", period="2026-02").rows
    assert row["market_share"] == pytest.approx(1000 / 8400)
    assert row["relative_market_share"] == pytest.approx(800 / 1400)


def test_the_segment_is_the_accounts(tmp_path: Path) -> None:
    lead = [{"lead_id": "l1", "account_id": "crux", "segment": "large", "created_at": "2026-01-02"}]
    deal = [{"opportunity_id": "oak", "lead_id": "l1", "created_at": "2026-01-05"}]
    revenue = [
        {"day": "2026-02-03", "amount": 70, "account_id": "acme"},
        {"day": "2026-02-03", "amount": 30, "opportunity_id": "oak"},
    ]
    project = world(
        tmp_path, account=ACCOUNT, lead=lead, opportunity=deal, revenue=revenue, market=SEGMENTS
    )
    # the lead of crux says large; the account says nothing
    answer = project.ask("market_share", by="segment", period="2026-02")
    assert by(answer, "segment", "market_share.numerator")["large"] == 70
    assert value(project, "market_share", period="2026-02") == pytest.approx(100 / 4200)


def test_without_market_or_sales_the_share_is_unknown(tmp_path: Path) -> None:
    project = world(tmp_path / "sales", account=ACCOUNT, revenue=REVENUE)
    answer = project.ask("market_share", "relative_market_share", period="2026-02")
    assert answer.rows[0]["market_share"] is None
    project = world(tmp_path / "market", market=WHOLE)
    answer = project.ask("market_share", period="2026-02")
    assert answer.rows[0]["market_share"] is None
    needs = "revenue.amount or opportunity.amount, revenue.amount or opportunity.outcome"
    assert f"market_share is unknown: nothing was loaded for {needs}." in answer.notes


def test_the_records_of_a_share_are_the_sales_and_the_markets_days(tmp_path: Path) -> None:
    project = world(tmp_path, account=ACCOUNT, revenue=REVENUE, market=[*WHOLE, *SEGMENTS])
    rows = project.records("market_share", period="2026-02").rows
    assert sorted(row["value"] for row in rows) == [200, 300, 500]
    rows = project.records("market_share", part="denominator", period="2026-02-14").rows
    assert [(row["segment"], row["value"]) for row in rows] == [(None, pytest.approx(1000))]
