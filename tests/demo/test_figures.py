"""The figures of the default organisation lie where a believable company's do."""

from __future__ import annotations

import tomllib

import duckdb
import pytest

from foresail.demo import DemoOrganisation

REACHED = """
    (select count(*) from lead_stage where stage = '{later}') /
    (select count(*) from lead_stage where stage = '{earlier}')"""

BANDS = {
    "activities": ("(select count(*) from activity)", 280_000, 400_000),
    "win rate": ("(select avg((outcome = 'won')::int) from opportunity)", 0.3, 0.41),
    "win rate of new deals": (
        "(select avg((outcome = 'won')::int) from opportunity where deal_type = 'new')",
        *(0.2, 0.34),
    ),
    "connect rate": (
        """(select avg((outcome = 'connected')::int) from activity
        where kind = 'call' and direction = 'outbound' and is_completed)""",
        *(0.22, 0.36),
    ),
    "reach rate, by talks of two minutes and meetings held": (
        """(select avg((outcome = 'held' or outcome = 'connected' and duration_seconds >= 120)::int)
        from activity where direction = 'outbound' and is_automated is null and is_completed)""",
        *(0.12, 0.4),
    ),
    "accepted to forecast": (REACHED.format(later="accepted", earlier="passed"), 0.65, 0.9),
    "opportunities per 1,000 outbound calls": (
        """1000 * (select count(*) from opportunity join lead using (lead_id)
        where channel = 'outbound') / (select count(*) from activity
        where kind = 'call' and direction = 'outbound' and is_completed)""",
        *(12, 40),
    ),
    "no-show rate": (
        """(select avg((outcome = 'no_show')::int) from activity
        where kind = 'meeting' and outcome in ('held', 'no_show'))""",
        *(0.05, 0.16),
    ),
    "answered within an hour": (
        """(select avg((coalesce(first, created_at + interval 9 hour) <= created_at
            + interval 1 hour)::int) from lead left join (
            select lead_id, min(occurred_at) as first from activity
            where direction = 'outbound' and is_automated is null group by all) using (lead_id)
        where channel = 'inbound')""",
        *(0.2, 0.6),
    ),
    "inbound leads never answered": (
        """(select avg((lead_id not in (select lead_id from activity
            where lead_id is not null and direction = 'outbound' and is_automated is null))::int)
        from lead where channel = 'inbound')""",
        *(0.02, 0.12),
    ),
    "leads touched only once": (
        """(select avg((n = 1)::int) from (select count(*) as n from activity
        where lead_id is not null and direction = 'outbound' and is_automated is null
        group by lead_id))""",
        *(0.04, 0.3),
    ),
    "moved by the seller": (
        """(select avg((moved_by = 'rep')::int) from activity where outcome = 'moved')""",
        *(0.25, 0.45),
    ),
    "seller-moved meetings held": (
        """(select avg((later.outcome = 'held')::int) from activity earlier
        join activity later on later.moved_from_id = earlier.activity_id
        where earlier.moved_by = 'rep' and later.outcome is not null)""",
        *(0.12, 0.32),
    ),
    "outside Monday to Friday, calls": (
        "(select avg((isodow(occurred_at) > 5)::int) from activity where kind = 'call')",
        *(0.0, 0.0),
    ),
    "calls between 8 and 18 o'clock": (
        """(select avg((extract('hour' from occurred_at) between 8 and 17)::int)
        from activity where kind = 'call')""",
        *(0.93, 1.0),
    ),
    "renewal rate": (
        "(select avg((outcome = 'won')::int) from opportunity where deal_type = 'renewal')",
        *(0.65, 0.95),
    ),
    "overdue open deals": (
        """(select avg((expected_close_on < date '2026-11-22')::int) from opportunity
        where outcome is null)""",
        *(0.08, 0.45),
    ),
    "survey response rate": ("(select count(score) / count(*) from survey_response)", 0.3, 0.42),
    "net promoter score": (
        "(select avg((score >= 9)::int) - avg((score <= 6)::int) from survey_response)",
        *(0.05, 0.6),
    ),
    "visitor to lead": (
        """(select count(*) from lead where channel = 'inbound') /
        (select sum(visitors) from web_traffic)""",
        *(0.01, 0.04),
    ),
    "foreign deals": (
        "(select avg((currency <> 'EUR')::int) from opportunity)",
        *(0.15, 0.6),
    ),
}

ATTAINMENT = """
    select
        coalesce(sum(opportunity.amount * coalesce(rate, 1)), 0) / any_value(quota.amount) as part
    from quota
    left join opportunity on opportunity.owner_id = quota.owner_id and outcome = 'won'
        and closed_at::date between starts_on and ends_on
    asof left join exchange_rate on exchange_rate.currency = opportunity.currency
        and exchange_rate.day <= closed_at::date
    where owner_kind = 'rep' and kpi = 'revenue' and ends_on <= date '2026-09-30'
    group by quota.owner_id, starts_on"""

WIN_RATES = """
    select avg((outcome = 'won')::int) as rate from opportunity
    where deal_type = 'new' and outcome is not null
    group by owner_id having count(*) >= 40"""


@pytest.mark.parametrize("what", BANDS)
def test_is_plausible(con: duckdb.DuckDBPyConnection, what: str) -> None:
    formula, low, high = BANDS[what]
    found = con.execute(f"select {formula}").fetchone()
    assert found is not None
    assert low <= found[0] <= high


def test_attainment_spreads_around_the_quota(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        f"select quantile_cont(part, [0.2, 0.5, 0.8]) from ({ATTAINMENT})"
    ).fetchone()
    assert found is not None
    low, middle, high = found[0]
    assert 0.4 <= low <= 0.85
    assert 0.75 <= middle <= 1.15
    assert 1.05 <= high <= 1.7


def test_closers_differ(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(f"select min(rate), max(rate) from ({WIN_RATES})").fetchone()
    assert found is not None
    assert found[0] < 0.2
    assert found[1] > 0.35


def test_a_quick_answer_goes_with_qualifying(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        """with answered as (
            select lead_id, min(occurred_at) - any_value(created_at) as wait
            from lead join activity using (lead_id)
            where channel = 'inbound' and activity.direction = 'outbound' and is_automated is null
            group by all),
        judged as (
            select wait, lead_id in (select lead_id from lead_stage where stage = 'sql') as is_sql
            from answered)
        select avg(is_sql::int) filter (wait < interval 1 hour),
            avg(is_sql::int) filter (wait > interval 1 day) from judged"""
    ).fetchone()
    assert found is not None
    assert found[0] > found[1] + 0.05


def test_every_kind_of_record_occurs(con: duckdb.DuckDBPyConnection) -> None:
    kinds = con.execute(
        """select count(distinct activity.kind), count(distinct network), count(distinct outcome),
            count(*) filter (is_conversation), count(*) filter (not is_conversation),
            count(*) filter (is_automated), count(*) filter (direction = 'inbound'),
            count(recording_url), count(note) from activity"""
    ).fetchone()
    assert kinds is not None
    assert kinds[:3] == (6, 3, 12)
    assert min(kinds[3:]) > 500


def test_deals_return_skip_and_come_back(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        """with path as (
            select opportunity_id, list(stage order by entered_at) as stages
            from opportunity_stage group by all)
        select count(*) filter (len(stages) > len(list_distinct(stages))),
            count(*) filter ('Lost' in stages[:-2]),
            count(*) filter ('Won' in stages and 'Negotiation' not in stages
                and 'Contract' not in stages) from path"""
    ).fetchone()
    assert found is not None
    assert min(found) > 10


def test_reps_lose_deals_by_their_own_weak_point(
    con: duckdb.DuckDBPyConnection, organisation: DemoOrganisation
) -> None:
    truth = tomllib.loads(organisation.truth.read_text(encoding="utf-8"))
    overall = dict(
        con.execute(
            """select lost_reason, count(*) / sum(count(*)) over () from opportunity
            where lost_reason is not null group by 1"""
        ).fetchall()
    )
    shares = con.execute(
        """select owner_id, lost_reason, count(*) / sum(count(*)) over (partition by owner_id),
            sum(count(*)) over (partition by owner_id) as lost
        from opportunity where lost_reason is not null group by 1, 2 qualify lost >= 40"""
    ).fetchall()
    own = {(rep, reason): share for rep, reason, share, _ in shares}
    known = {rep["rep_id"]: rep["loses_by"] for rep in truth["rep"]}
    reps = {rep for rep, _ in own}
    assert len(reps) >= 8
    ratios = [own.get((rep, known[rep]), 0.0) / overall[known[rep]] for rep in reps]
    assert sum(ratios) / len(ratios) > 1.5
