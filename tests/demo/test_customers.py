"""What happens to customers, as it was caused: prices, leaving, coming back, scores, use."""

from __future__ import annotations

import duckdb

FOLLOWED = """
    select earlier.*, later.mrr as next_mrr from subscription earlier
    join subscription later on later.account_id = earlier.account_id
        and later.product = earlier.product and later.started_on = earlier.ended_on + 1"""

LEFT = """
    select account_id, max(coalesce(ended_on, date '2999-12-31')) < date '2026-11-22' as is_gone
    from subscription group by all"""


def numbers(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[float, ...]:
    row = con.execute(sql).fetchone()
    assert row is not None
    return row


def test_prices_change_by_an_ended_row_and_a_new_one(con: duckdb.DuckDBPyConnection) -> None:
    up, down, reasons = numbers(
        con,
        f"""select count(*) filter (next_mrr > mrr), count(*) filter (next_mrr < mrr),
            count(*) filter (end_reason is not null) from ({FOLLOWED})""",
    )
    assert up > 200
    assert down > 100
    assert reasons == 0


def test_most_prices_rise_on_the_first_of_january(con: duckdb.DuckDBPyConnection) -> None:
    (rise,) = numbers(
        con,
        f"select median(next_mrr / mrr) from ({FOLLOWED}) where ended_on = date '2025-12-31'",
    )
    assert 1.03 < rise < 1.05


def test_customers_have_several_products(con: duckdb.DuckDBPyConnection) -> None:
    (share,) = numbers(
        con,
        """select avg((n > 1)::int) from (select count(distinct product) as n
        from subscription where ended_on is null group by account_id)""",
    )
    assert 0.1 < share < 0.5


def test_some_lost_customers_come_back(con: duckdb.DuckDBPyConnection) -> None:
    (returned,) = numbers(
        con,
        """select count(*) from (select account_id, started_on > 30 + max(ended_on) over (
            partition by account_id order by started_on rows unbounded preceding
            exclude current row) as is_back
            from subscription where ended_on is not null or started_on > date '2025-08-01')
        where is_back""",
    )
    assert returned > 0


def test_the_dissatisfied_leave_and_use_less(con: duckdb.DuckDBPyConnection) -> None:
    gone, stayed = numbers(
        con,
        f"""select avg(score) filter (is_gone), avg(score) filter (not is_gone)
        from survey_response join ({LEFT}) using (account_id)""",
    )
    assert gone < stayed - 0.3
    used_gone, used_stayed = numbers(
        con,
        f"""select avg(n) filter (is_gone), avg(n) filter (not is_gone) from (
            select account_id, avg(amount) as n from usage where event = 'log-in' group by all)
        join ({LEFT}) using (account_id)""",
    )
    assert used_gone < 0.9 * used_stayed


def test_monthly_churn_is_about_a_hundredth(con: duckdb.DuckDBPyConnection) -> None:
    (lost, there) = numbers(
        con,
        f"""select (select count(*) from ({LEFT}) where is_gone),
        (select count(distinct account_id) from subscription)""",
    )
    assert 0.003 < lost / there / 15 < 0.015


def test_costs_have_every_category_and_three_currencies(con: duckdb.DuckDBPyConnection) -> None:
    found = numbers(
        con,
        """select count(distinct category), count(distinct currency), count(distinct campaign_id),
        count(distinct source), count(distinct team), count(*) filter (ends_on - starts_on > 80
            and category like '%salaries') from cost""",
    )
    assert found[:2] == (7, 3)
    assert found[2:5] == (24, 4, 3)
    assert found[5] >= 10


def test_a_lead_costs_what_it_costs_elsewhere(con: duckdb.DuckDBPyConnection) -> None:
    (cost,) = numbers(
        con,
        """select sum(amount) / (select count(*) from lead) from cost
        where category in ('media', 'tools', 'agency', 'marketing_salaries')""",
    )
    assert 60 < cost < 250


def test_assets_are_shared_shown_and_left_lying(con: duckdb.DuckDBPyConnection) -> None:
    meetings, mails = numbers(
        con,
        """select count(*) filter (kind = 'meeting'), count(*) filter (kind = 'email')
        from content_share join activity using (activity_id)""",
    )
    assert meetings > 200
    assert mails > 5000
    unused = con.execute(
        "select name from content anti join content_share using (content_id)"
    ).fetchall()
    assert unused == [("Partner brochure",)]
    retired, later, scanned = numbers(
        con,
        """select count(retired_on), count(*) filter (published_on > date '2025-08-01'),
        (select count(*) from content_event where is_bot) from content""",
    )
    assert retired >= 2
    assert later >= 2
    assert scanned > 500
