"""Customers who come, go, stay and come back: one worked example for each KPI, then the edges."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

FLOWS = ("new_customers", "returned_customers", "lost_customers", "active_customers")
SUBSCRIPTIONS = drawn("""
    subscription_id | account_id | started_on | ended_on   | mrr | end_reason
    a1              | acme       | 2026-01-05 | 2026-02-10 | 100 | price change
    a2              | acme       | 2026-02-11 |            | 120 |
    b1              | bolt       | 2026-01-05 | 2026-02-10 | 100 | price
    b2              | bolt       | 2026-02-12 |            | 100 |
    c1              | cove       | 2026-01-20 | 2026-02-28 | 80  | closed down
    d1              | dune       | 2026-02-15 |            | 80  |
""")


def counts(row: dict[str, object]) -> list[object]:
    return [row[name] for name in FLOWS]


def test_customers_come_go_and_come_back(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS)

    answer = project.ask(*FLOWS, "churn_rate", period="2026-Q1", grain="month")

    # acme's new price is no gap; bolt's 11 February is one, so bolt is lost and returns on the
    # 12th; cove's last day is 28 February: lost in February, in service at its end
    assert [counts(row) for row in answer.rows] == [[3, 0, 0, 3], [1, 1, 2, 4], [0, 0, 0, 3]]
    # of acme, bolt and cove in service on 1 February two ended; that bolt returned changes nothing
    assert [row["churn_rate"] for row in answer.rows] == [None, pytest.approx(2 / 3), 0]
    assert [row["churn_rate.denominator"] for row in answer.rows] == [0, 3, 3]
    names = [row["account_id"] for row in project.records("churn_rate", period="2026-02").rows]
    assert names == ["bolt", "cove"]


def test_an_end_is_known_from_the_day_after_the_last_one(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS)
    asked = ("lost_customers", "active_customers", "churn_rate")

    last = project.ask(*asked, period="2026-02", as_of="2026-02-28").rows[0]
    next_day = project.ask(*asked, period="2026-02", as_of="2026-03-01").rows[0]

    assert [last[name] for name in asked] == [1, 4, pytest.approx(1 / 3)]
    assert [next_day[name] for name in asked] == [2, 4, pytest.approx(2 / 3)]
    assert value(project, "active_customers", period="2026-03", as_of="2026-03-01") == 3


def test_what_starts_after_t_is_not_known(tmp_path: Path) -> None:
    project = world(tmp_path, subscription=SUBSCRIPTIONS)
    # on 11 February bolt is gone and neither its return nor dune is known
    row = project.ask(*FLOWS, period="2026-02", as_of="2026-02-11").rows[0]
    assert counts(row) == [0, 0, 1, 2]


def test_who_starts_on_the_first_day_is_not_of_the_base(tmp_path: Path) -> None:
    subscription = drawn("""
        subscription_id | account_id | started_on | ended_on
        a1              | acme       | 2026-01-31 | 2026-02-05
        b1              | bolt       | 2026-02-01 | 2026-02-05
        c1              | cove       | 2026-01-01 | 2026-01-31
        d1              | dune       | 2026-01-01 | 2026-03-05
    """)
    # bolt starts on the day, cove is gone by then: acme and dune, of whom acme is lost
    project = world(tmp_path, subscription=subscription)
    (row,) = project.ask("churn_rate", "lost_customers", period="2026-02").rows
    assert (row["churn_rate.numerator"], row["churn_rate.denominator"]) == (1, 2)
    assert row["lost_customers"] == 2


def test_several_products_are_one_customer(tmp_path: Path) -> None:
    subscription = drawn("""
        subscription_id | account_id | product | started_on | ended_on   | mrr | end_reason
        a1              | acme       | mail    | 2026-01-01 | 2026-02-03 | 50  | cheaper elsewhere
        a2              | acme       | chat    | 2026-01-15 | 2026-02-20 | 70  | unused
        a3              | acme       | phone   | 2026-01-20 | 2026-02-20 | 90  | merger
        a4              | acme       | fax     | 2026-01-20 | 2026-02-20 |     | old
        a5              | acme       | pager   | 2026-01-20 | 2026-02-20 | 90  | never
    """)
    # one spell to 20 February; of the four rows that end then a3 and a5 have the highest mrr
    project = world(tmp_path, subscription=subscription)
    (row,) = project.ask(*FLOWS, period="2026-Q1").rows
    assert counts(row) == [1, 0, 1, 0]
    reasons = project.ask("lost_customers", period="2026-02", by="end_reason")
    assert by(reasons, "end_reason", "lost_customers") == {"merger": 1}


def test_merged_accounts_are_one_customer(tmp_path: Path) -> None:
    account = drawn("""
        account_id | name  | segment | merged_into_id
        acme       | Acme  | large   |
        old        | Old   | small   | acme
    """)
    subscription = drawn("""
        subscription_id | account_id | started_on | ended_on
        a1              | old        | 2026-01-05 | 2026-02-09
        a2              | acme       | 2026-02-10 |
    """)
    project = world(tmp_path, account=account, subscription=subscription)
    (row,) = project.ask(*FLOWS, period="2026-Q1").rows
    assert counts(row) == [1, 0, 0, 1]
    answer = project.ask("new_customers", period="2026-01", by="segment")
    assert by(answer, "segment", "new_customers") == {"large": 1}


def test_rows_that_overlap_or_end_before_they_start(tmp_path: Path) -> None:
    subscription = drawn("""
        subscription_id | account_id | started_on | ended_on
        a1              | acme       | 2026-02-01 | 2026-02-20
        a2              | acme       | 2026-02-05 | 2026-02-10
        a3              | acme       | 2026-02-21 | 2026-02-01
        b1              |            | 2026-02-01 |
        c1              | cove       |            |
    """)
    # a1 lasts beyond a2; a3 serves on 21 February alone; b1 and c1 serve nobody from no day
    project = world(tmp_path, subscription=subscription)
    (row,) = project.ask(*FLOWS, period="2026-02").rows
    assert counts(row) == [1, 0, 1, 0]
    ends = [row["ended_on"] for row in project.records("lost_customers", period="2026-02").rows]
    assert ends == [dt.date(2026, 2, 21)]


def test_a_customer_is_described_by_its_account_and_its_earliest_lead(tmp_path: Path) -> None:
    account = drawn("""
        account_id | industry | country | employees | owner_id
        acme       | metal    | DE      | 30        | ann
        bolt       | wood     | FR      | 3000      | cid
    """)
    contact = [{"contact_id": "pat", "account_id": "acme"}]
    lead = drawn("""
        lead_id | account_id | contact_id | created_at           | source | channel  | deleted_at
        l0      | bolt       |            | 2025-11-01T08:00:00Z | list   | outbound | 2026-02-20
        l1      |            | pat        | 2025-12-01T08:00:00Z | web    | inbound  |
        l2      | acme       |            | 2025-12-05T08:00:00Z | fair   | inbound  |
        l3      | bolt       |            | 2026-02-11T08:00:00Z | fair   | inbound  |
    """)
    subscription = drawn("""
        subscription_id | account_id | started_on
        a1              | acme       | 2026-02-05
        b1              | bolt       | 2026-02-10
        c1              | cove       | 2026-02-10
    """)
    project = world(
        tmp_path, account=account, contact=contact, lead=lead, subscription=subscription
    )

    def split(dimension: str, as_of: str | None = None) -> dict[object, object]:
        answer = project.ask("new_customers", period="2026-02", by=dimension, as_of=as_of)
        return by(answer, dimension, "new_customers")

    assert split("industry") == {"metal": 1, "wood": 1, None: 1}
    assert split("company_size_band") == {"10–49": 1, "1,000+": 1, None: 1}
    assert split("rep") == {"Ann": 1, "Bob": 0, "Cid": 1, None: 1}
    # bolt's first lead was deleted on the 20th; before the 11th there was no other one
    assert split("source", as_of="2026-02-10") == {"web": 1, "list": 1, None: 1}
    assert split("source") == {"web": 1, "fair": 1, None: 1}
    assert split("channel", as_of="2026-02-15") == {"inbound": 1, "outbound": 1, None: 1}


def test_credit_is_the_owners_team_of_the_day(tmp_path: Path) -> None:
    rep_assignment = drawn("""
        rep_id | valid_from | valid_to   | team
        ann    | 2025-01-01 | 2026-01-31 | north
        ann    | 2026-02-01 |            | south
    """)
    account = [{"account_id": "acme", "owner_id": "ann"}]
    subscription = drawn("""
        subscription_id | account_id | started_on | ended_on
        a1              | acme       | 2026-01-31 | 2026-02-01
    """)
    project = world(
        tmp_path, rep_assignment=rep_assignment, account=account, subscription=subscription
    )
    answer = project.ask(*FLOWS, "churn_rate", period="2026-Q1", grain="month", by="team")
    found = {
        (row["period"].month, row["team"]): (*counts(row), row["churn_rate.denominator"])
        for row in answer.rows
    }
    # new in the north on 31 January, where she stood at the end of the month; of the base of
    # February, and lost, in the south
    assert found[1, "north"] == (1, 0, 0, 1, 0)
    assert found[2, "south"] == (0, 0, 1, 0, 1)
    assert (2, "north") not in found


OPPORTUNITIES = drawn("""
    opportunity_id | account_id | owner_id | outcome | created_at | closed_at
    oak            | acme       | ann      | won     | 2026-01-05 | 2026-01-10
    elm            | acme       | ann      | won     | 2026-01-05 | 2026-02-10
    ash            | bolt       | bob      | lost    | 2026-01-05 | 2026-02-10
    fir            | bolt       | bob      | won     | 2026-01-05 | 2026-02-14
    yew            |            | bob      | won     | 2026-01-05 | 2026-02-15
    box            | cove       | bob      | won     | 2026-01-05 |
""")


def test_without_subscriptions_a_win_makes_a_customer(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=OPPORTUNITIES)

    answer = project.ask(*FLOWS, "churn_rate", period="2026-Q1", grain="month")

    # acme's second win makes none; yew has no account and is a customer of its own; nobody says
    # when a customer ends; cove was won nobody knows when
    assert [row["new_customers"] for row in answer.rows] == [1, 2, 0]
    assert [row["active_customers"] for row in answer.rows] == [1, 3, 3]
    assert {row["lost_customers"] for row in answer.rows} == {None}
    assert {row["churn_rate"] for row in answer.rows} == {None}
    assert value(project, "new_customers", period="all") == 4
    assert value(project, "active_customers", period="all") == 4
    assert (
        "Customers without a first day of service, left out but of the period all: 1."
        in answer.notes
    )
    assert any("subscription.ended_on" in note for note in answer.notes)
    reps = project.ask("new_customers", period="2026-02", by="rep")
    assert by(reps, "rep", "new_customers") == {"Ann": 0, "Bob": 1, "Cid": 0, None: 1}


def test_a_win_that_is_opened_again_makes_no_customer(tmp_path: Path) -> None:
    stage = drawn("""
        pipeline | stage | position | kind
        new      | talk  | 1        | open
        new      | won   | 2        | won
    """)
    opportunity = drawn("""
        opportunity_id | account_id | pipeline | stage | outcome | created_at | closed_at
        oak            | acme       | new      | talk  |         | 2026-01-05 |
        elm            | bolt       | new      | won   | won     | 2026-01-05 | 2026-03-10T08:00:00Z
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        oak            | talk  | 2026-01-05T08:00:00Z
        oak            | won   | 2026-02-05T08:00:00Z
        oak            | talk  | 2026-03-05T08:00:00Z
        elm            | won   | 2026-02-05T08:00:00Z
        elm            | talk  | 2026-03-05T08:00:00Z
        elm            | won   | 2026-03-10T08:00:00Z
    """)
    project = world(
        tmp_path, stage=stage, opportunity=opportunity, opportunity_stage=opportunity_stage
    )

    def months(as_of: str) -> list[list[object]]:
        asked = ("new_customers", "active_customers")
        answer = project.ask(*asked, period="2026-02-01..2026-03-31", grain="month", as_of=as_of)
        return [[row[name] for name in asked] for row in answer.rows]

    # until 5 March both had been won in February; from then on neither had; elm is won again on
    # the 10th and was a customer from then on
    assert months("2026-03-04") == [[2, 2], [0, 2]]
    assert months("2026-03-06") == [[0, 0], [0, 0]]
    assert months("2026-03-31") == [[0, 0], [1, 1]]


def test_the_deal_of_a_customer_without_an_account_describes_it(tmp_path: Path) -> None:
    lead = [{"lead_id": "l1", "created_at": "2026-01-02", "source": "web", "segment": "private"}]
    opportunity = drawn("""
        opportunity_id | lead_id | outcome | closed_at
        oak            | l1      | won     | 2026-02-10
    """)
    project = world(tmp_path, lead=lead, opportunity=opportunity)
    answer = project.ask("new_customers", period="2026-02", by=["source", "segment"])
    assert [(row["source"], row["segment"], row["new_customers"]) for row in answer.rows] == [
        ("web", "private", 1)
    ]


def test_where_there_are_subscriptions_wins_make_no_customers(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=OPPORTUNITIES, subscription=SUBSCRIPTIONS)
    answer = project.ask("new_customers", period="2026-Q1", grain="month")
    assert [row["new_customers"] for row in answer.rows] == [3, 1, 0]


def test_without_either_customers_are_unknown(tmp_path: Path) -> None:
    project = world(tmp_path, lead=[{"lead_id": "l1", "created_at": "2026-02-02"}])
    answer = project.ask("new_customers", "active_customers", period="2026-02")
    assert counts({**dict.fromkeys(FLOWS), **answer.rows[0]}) == [None] * 4
    assert (
        "new_customers is unknown: nothing was loaded for subscription.started_on or "
        "opportunity.outcome." in answer.notes
    )
