"""What winning costs: costs spread over their days, by what they brought."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foresail.core.errors import QuestionError
from tests.catalogue import drawn, value
from tests.world import by, world

LEADS = drawn("""
    lead_id | created_at | channel  | source | campaign_id | is_organic | owner_id
    l1      | 2026-02-03 | inbound  | ads    | spring      | false      | ann
    l2      | 2026-02-09 | inbound  | ads    |             | false      | ann
    l3      | 2026-02-20 | inbound  | search |             | true       | bob
    l4      | 2026-02-25 | outbound | list   |             |            | cid
    l5      | 2026-03-05 | inbound  | ads    | spring      | false      | cid
""")
COSTS = drawn("""
    cost_id | starts_on  | ends_on    | amount | category           | source | campaign_id | team
    x1      | 2026-02-01 | 2026-02-28 | 2800   | media              | ads    |             |
    x2      | 2026-02-10 |            | 400    | agency             |        | spring      | north
    x3      | 2026-01-01 | 2026-03-31 | 9000   | marketing_salaries |        |             |
    x4      | 2026-02-15 | 2026-02-01 | 100    | tools              |        |             |
    x5      | 2026-01-01 | 2026-03-31 | 18000  | sales_salaries     |        |             | north
    x6      | 2026-02-28 | 2026-02-28 | 400    | commission         |        |             | south
    x7      | 2026-02-01 | 2026-02-28 | 7000   | other              |        |             |
    x8      | 2026-02-01 | 2026-02-28 | 5000   |                    |        |             |
""")


def test_costs_are_spread_over_the_days_they_cover(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS, cost=COSTS)
    # of 90 days February has 28: salaries 2,800; media 2,800; agency 400; tools end before they
    # start and are of one day: 100. Sales: 28 days at 200, and 400 of commission.
    (row,) = project.ask("marketing_cost", "sales_cost", period="2026-02").rows
    assert row["marketing_cost"] == pytest.approx(6100)
    assert row["sales_cost"] == pytest.approx(6000)
    # 1 to 10 February: media and salaries 100 a day each, the agency on the 10th
    (row,) = project.ask("marketing_cost", period="2026-02-01..2026-02-10").rows
    assert row["marketing_cost"] == pytest.approx(2400)
    answer = project.ask("marketing_cost", grain="month", period="2026-Q1")
    assert by(answer, "period", "marketing_cost") == {
        dt.date(2026, 1, 1): pytest.approx(3100),
        dt.date(2026, 2, 1): pytest.approx(6100),
        dt.date(2026, 3, 1): pytest.approx(3100),
    }
    assert value(project, "marketing_cost", period="2025") == 0
    assert value(project, "marketing_cost", period="all") == pytest.approx(12300)


def test_costs_by_what_they_were_paid_for(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS, cost=COSTS)
    answer = project.ask("marketing_cost", "sales_cost", by="cost_category", period="2026-02")
    assert by(answer, "cost_category", "marketing_cost") == {
        "agency": pytest.approx(400),
        "marketing_salaries": pytest.approx(2800),
        "media": pytest.approx(2800),
        "tools": pytest.approx(100),
        "commission": 0,
        "sales_salaries": 0,
    }
    teams = project.ask("marketing_cost", "sales_cost", by="team", period="2026-02")
    assert by(teams, "team", "sales_cost") == {
        "north": pytest.approx(5600),
        "south": pytest.approx(400),
        None: 0,
    }
    assert by(teams, "team", "marketing_cost")["north"] == pytest.approx(400)
    where = {"source": ["ads"]}
    assert value(project, "marketing_cost", period="2026-02", where=where) == pytest.approx(2800)
    where = {"campaign": ["spring"]}
    assert value(project, "marketing_cost", period="2026-02", where=where) == pytest.approx(400)


def test_costs_of_a_team_are_unknown_where_no_cost_names_one(tmp_path: Path) -> None:
    cost = drawn("""
        cost_id | starts_on  | amount | category
        x1      | 2026-02-01 | 300    | media
    """)
    owners = drawn("""
        rep_id | name | team
        ann    | Ann  | north
    """)
    lead = drawn("""
        lead_id | created_at | owner_id
        l1      | 2026-02-03 | ann
    """)
    project = world(tmp_path, rep=owners, lead=lead, cost=cost)
    answer = project.ask("cost_per_lead", by="team", period="2026-02")
    assert by(answer, "team", "cost_per_lead") == {"north": None}
    assert "cost_per_lead is unknown: nothing was loaded for cost.team." in answer.notes
    assert value(project, "cost_per_lead", period="2026-02") == 300


def test_a_cost_has_no_rep_and_no_weekday(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS, cost=COSTS)
    for dimension in ("rep", "role", "weekday"):
        with pytest.raises(QuestionError, match=f"cannot be split by {dimension}"):
            project.ask("marketing_cost", by=dimension, period="2026-02")


def test_a_team_that_has_costs_but_no_reps_can_be_asked_for(tmp_path: Path) -> None:
    cost = drawn("""
        cost_id | starts_on  | amount | category | team
        x1      | 2026-02-01 | 300    | media    | web
        x2      | 2026-02-01 | 100    | media    | north
    """)
    project = world(tmp_path, cost=cost)
    assert value(project, "marketing_cost", period="2026-02", where={"team": ["web"]}) == 300
    with pytest.raises(QuestionError, match=r"There is no team wep\. Did you mean web"):
        project.ask("marketing_cost", period="2026-02", where={"team": ["wep"]})


def test_a_running_month_has_the_costs_of_its_days_so_far(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS, cost=COSTS)
    # as of 10 February: ten days of media and salaries, and the agency
    (row,) = project.ask(
        "marketing_cost", "cost_per_lead", period="2026-02", as_of="2026-02-10"
    ).rows
    assert row["marketing_cost"] == pytest.approx(2400)
    assert row["cost_per_lead"] == pytest.approx(1200)
    # the day on which one asks counts whole, whatever the time
    early = value(project, "marketing_cost", period="2026-02", as_of="2026-02-10T08:00")
    assert early == pytest.approx(2400)


def test_a_cost_in_another_currency_counts_each_day_at_its_rate(tmp_path: Path) -> None:
    rates = drawn("""
        currency | day        | rate
        USD      | 2026-02-03 | 0.50
        USD      | 2026-02-09 | 0.80
    """)
    cost = drawn("""
        cost_id | starts_on  | ends_on    | amount | currency | category
        x1      | 2026-02-01 | 2026-02-10 | 1000   | USD      | media
        x2      | 2026-02-09 | 2026-02-09 | 70     | EUR      | media
        x3      | 2026-03-01 |            | 90     | CHF      | media
    """)
    project = world(tmp_path, cost=cost, exchange_rate=rates)
    # 100 a day: two days without a rate, six at 0.50, two at 0.80; 70 in the own currency
    assert value(project, "marketing_cost", period="2026-02") == pytest.approx(530)
    # no rate of CHF is known
    assert value(project, "marketing_cost", period="2026-03") is None


def test_cost_per_lead_is_marketing_cost_by_new_leads(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS, cost=COSTS)
    (row,) = project.ask("cost_per_lead", period="2026-02").rows
    assert row["cost_per_lead"] == pytest.approx(1525)
    assert row["cost_per_lead.numerator"] == pytest.approx(6100)
    assert row["cost_per_lead.denominator"] == 4
    answer = project.ask("cost_per_lead", by="source", period="2026-02")
    # both parts are those of the source; nobody paid for search, and salaries are of no source
    assert by(answer, "source", "cost_per_lead") == {
        "ads": pytest.approx(1400),
        "list": 0,
        "search": 0,
        None: None,
    }
    answer = project.ask("cost_per_lead", by="campaign", period="2026-02")
    assert by(answer, "campaign", "cost_per_lead") == {
        "spring": pytest.approx(400),
        None: pytest.approx(1900),
    }
    # a month without leads has no cost per lead
    assert value(project, "cost_per_lead", period="2026-01") is None


def test_organic_leads_can_be_left_out_of_cost_per_lead(tmp_path: Path) -> None:
    settings = "[thresholds]\ncost_per_lead_without_organic = true"
    project = world(tmp_path, settings=settings, lead=LEADS, cost=COSTS)
    # l3 came by itself; whether l4 did is unknown, so it counts
    (row,) = project.ask("cost_per_lead", "lead_flow", period="2026-02").rows
    assert row["cost_per_lead.denominator"] == 3
    assert row["lead_flow"] == 4


def test_cost_per_conversion_is_marketing_cost_by_new_customers(tmp_path: Path) -> None:
    lead = [{**each, "account_id": f"a{each['lead_id']}"} for each in LEADS]
    account = [{"account_id": f"al{number}"} for number in range(1, 6)]
    opportunity = drawn("""
        opportunity_id | account_id | outcome | closed_at  | amount
        oak            | al1        | won     | 2026-02-05 | 500
        elm            | al1        | won     | 2026-02-20 | 500
        ash            | al3        | won     | 2026-02-21 | 500
        fir            | al4        | lost    | 2026-02-21 | 500
        yew            | al3        | won     | 2026-03-02 | 500
    """)
    project = world(tmp_path, account=account, lead=lead, opportunity=opportunity, cost=COSTS)
    # oak and ash are the first wins of their accounts
    (row,) = project.ask("cost_per_conversion", period="2026-02").rows
    assert row["cost_per_conversion"] == pytest.approx(3050)
    assert row["cost_per_conversion.denominator"] == 2
    answer = project.ask("cost_per_conversion", by="source", period="2026-02")
    # one came by ads, for which 2,800 was spent; one by itself
    assert by(answer, "source", "cost_per_conversion") == {
        "ads": pytest.approx(2800),
        "search": 0,
        None: None,
    }
    assert value(project, "cost_per_conversion", period="2026-03") is None


def test_cost_per_conversion_of_a_cohort_follows_its_leads(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | lead_id | outcome | created_at | closed_at  | amount
        oak            | l1      | won     | 2026-02-05 | 2026-03-20 | 500
        elm            | l2      | lost    | 2026-02-10 | 2026-03-01 | 500
        ash            | l3      | won     | 2026-02-21 | 2026-06-10 | 500
    """)
    cost = drawn("""
        cost_id | starts_on  | ends_on    | amount | category
        x1      | 2026-02-01 | 2026-02-28 | 2800   | media
    """)
    project = world(tmp_path, as_of="2026-06-30", lead=LEADS, opportunity=opportunity, cost=cost)
    # on 31 March l1 alone is a customer; the other three are younger than 90 days
    (row,) = project.ask("cost_per_conversion_cohort", period="2026-02", as_of="2026-03-31").rows
    assert row["cost_per_conversion_cohort"] == pytest.approx(2800)
    assert row["cost_per_conversion_cohort.maturing"] == 3
    # l2 of 9 February is 90 days old on 10 May, l3 of the 20th is not: two still mature
    (row,) = project.ask("cost_per_conversion_cohort", period="2026-02", as_of="2026-05-10").rows
    assert row["cost_per_conversion_cohort.maturing"] == 2
    # l3 was won after its 90 days, and counts
    (row,) = project.ask("cost_per_conversion_cohort", period="2026-02").rows
    assert row["cost_per_conversion_cohort"] == pytest.approx(1400)
    assert row["cost_per_conversion_cohort.denominator"] == 2
    assert row["cost_per_conversion_cohort.maturing"] == 0
    assert value(project, "cost_per_conversion_cohort", period="2026-03") is None


def test_cost_of_sales_is_a_part_of_the_revenue_recognised(tmp_path: Path) -> None:
    revenue = drawn("""
        revenue_id | day        | amount
        r1         | 2026-02-01 | 20000
        r2         | 2026-02-28 | 10000
        r3         | 2026-03-01 | 50000
    """)
    project = world(tmp_path, lead=LEADS, cost=COSTS, revenue=revenue)
    # 5,600 of salaries and 400 of commission, of 30,000
    (row,) = project.ask("cost_of_sales_ratio", period="2026-02").rows
    assert row["cost_of_sales_ratio"] == pytest.approx(0.2)
    assert "cost_of_sales_ratio.low" not in row
    # nothing was earned in January
    assert value(project, "cost_of_sales_ratio", period="2026-01") is None


def test_the_records_of_a_cost_are_its_days(tmp_path: Path) -> None:
    project = world(tmp_path, lead=LEADS, cost=COSTS)
    rows = project.records("sales_cost", period="2026-02-27..2026-02-28").rows
    found = [(str(row["day"]), row["cost_id"], row["value"]) for row in rows]
    assert sorted(found) == [
        ("2026-02-27", "x5", pytest.approx(200)),
        ("2026-02-28", "x5", pytest.approx(200)),
        ("2026-02-28", "x6", pytest.approx(400)),
    ]


def test_what_was_never_loaded_makes_cost_unknown(tmp_path: Path) -> None:
    project = world(tmp_path / "leads", lead=LEADS)
    (row,) = project.ask("marketing_cost", "cost_per_lead", "sales_cost", period="2026-02").rows
    assert [row[name] for name in ("marketing_cost", "cost_per_lead", "sales_cost")] == [None] * 3
    project = world(tmp_path / "costs", cost=COSTS)
    (row,) = project.ask(
        "marketing_cost", "cost_per_lead", "cost_of_sales_ratio", period="2026-02"
    ).rows
    assert row["marketing_cost"] == pytest.approx(6100)
    assert (row["cost_per_lead"], row["cost_of_sales_ratio"]) == (None, None)
