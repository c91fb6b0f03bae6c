# ruff: noqa: E501  # a table is drawn as wide as it is
"""Which accounts are key, and how much of the work goes to them, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foresail.project import Project
from tests.catalogue import drawn
from tests.world import by, world

KPIS = ("key_account_touches", "key_account_time_share", "key_account_coverage")
ACCOUNTS = """
    account_id | name | segment | owner_id | merged_into_id
    acme       | Acme | large   | ann      |
    acme2      | Acme | large   | bob      | acme
    bolt       | Bolt | small   | bob      |
    core       | Core | small   | cid      |
"""


def keys(project: Project, **question: Any) -> set[str]:
    found = project.records("key_account_touches", part="denominator", **question)
    return {row["account"] for row in found.rows}


def test_key_is_who_brought_most_in_the_year_before_the_month(tmp_path: Path) -> None:
    revenue = drawn("""
        account_id | day        | amount | currency
        acme       | 2025-02-01 | 60     |
        acme2      | 2026-01-31 | 60     |
        bolt       | 2025-02-28 | 100    |
        bolt       | 2026-02-01 | 30     | USD
        core       | 2025-06-01 | -50    |
        core       | 2026-02-28 | 500    | CHF
    """)
    exchange_rate = drawn("""
        currency | day        | rate
        USD      | 2026-01-01 | 2
    """)
    opportunity = drawn("""
        opportunity_id | account_id | outcome | closed_at  | amount
        oak            | core       | won     | 2025-06-01 | 9999
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | account_id | occurred_at
        c1          | call | outbound  | ann    | acme       | 2026-02-03T08:00:00Z
    """)
    project = world(
        tmp_path,
        account=drawn(ACCOUNTS),
        revenue=revenue,
        exchange_rate=exchange_rate,
        opportunity=opportunity,
        activity=activity,
    )
    # February: acme 60 + 60, bolt 100; the 90th percentile lies at 118
    assert keys(project, period="2026-02") == {"Acme"}
    # March: acme 60, bolt 30 × 2: without the February before; the threshold is what both brought
    assert keys(project, period="2026-03") == {"Acme", "Bolt"}
    # the month in which the period begins counts
    assert keys(project, period="2026-02-28..2026-03-31") == {"Acme"}
    months = project.ask("key_account_touches", grain="month", period="2026-02-01..2026-03-31").rows
    assert [row["key_account_touches"] for row in months] == [1, 0]
    # the first month with revenue behind it is March 2025
    assert keys(project, period="all") == {"Bolt"}
    assert keys(project, period="2025-03") == {"Bolt"}
    assert keys(project, period="2025-02") == set()
    assert keys(project, period="all", as_of="2025-02-28") == set()
    row = project.ask(*KPIS, period="2025-02", as_of="2025-03-31").rows[0]
    assert [row[kpi] for kpi in KPIS] == [None, None, None]

    lower = world(
        tmp_path / "lower",
        settings="[thresholds]\nkey_account_percentile = 0",
        account=drawn(ACCOUNTS),
        revenue=revenue,
        exchange_rate=exchange_rate,
        activity=activity,
    )
    assert keys(lower, period="2026-02") == {"Acme", "Bolt"}


def test_without_revenue_the_deals_won_by_then_count(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | account_id | outcome | created_at           | closed_at            | amount | deleted_at
        oak            | acme       | won     | 2025-01-01T08:00:00Z | 2026-01-20T08:00:00Z | 50     |
        elm            | bolt       | won     | 2025-01-01T08:00:00Z | 2026-03-05T08:00:00Z | 80     |
        ash            | core       | won     | 2025-01-01T08:00:00Z | 2026-01-22T08:00:00Z | 90     | 2026-03-10T08:00:00Z
        fir            | bolt       | lost    | 2025-01-01T08:00:00Z | 2026-01-22T08:00:00Z | 999    |
    """)
    # elm was won in January as well, and open again on 1 February
    opportunity_stage = drawn("""
        opportunity_id | stage | entered_at
        elm            | demo  | 2025-01-01T08:00:00Z
        elm            | won   | 2026-01-10T08:00:00Z
        elm            | demo  | 2026-01-15T08:00:00Z
        elm            | won   | 2026-03-05T08:00:00Z
    """)
    stage = drawn("""
        stage | kind
        demo  | open
        won   | won
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | account_id | occurred_at
        c1          | call | outbound  | ann    | acme       | 2026-02-03T08:00:00Z
    """)
    project = world(
        tmp_path,
        account=drawn(ACCOUNTS),
        opportunity=opportunity,
        opportunity_stage=opportunity_stage,
        stage=stage,
        activity=activity,
    )
    assert keys(project, period="2026-02", as_of="2026-03-09") == {"Core"}
    # once ash is deleted, it never was
    assert keys(project, period="2026-02") == {"Acme"}
    assert keys(project, period="2026-04", as_of="2026-04-30") == {"Bolt"}
    assert keys(project, period="all") == {"Acme"}
    assert keys(project, period="2026-01") == set()


def test_the_work_with_key_accounts(tmp_path: Path) -> None:
    revenue = drawn("""
        account_id | day        | amount
        acme       | 2025-12-01 | 100
        bolt       | 2026-02-10 | 300
        core       | 2025-12-01 | 1
    """)
    contact = drawn("""
        contact_id | account_id
        pia        | acme
    """)
    activity = drawn("""
        activity_id | kind    | direction | rep_id | account_id | contact_id | outcome   | duration_seconds | is_automated | occurred_at          | deleted_at
        m1          | meeting | outbound  | ann    |            | pia        | held      |                  |              | 2026-02-02T08:00:00Z |
        m2          | meeting | outbound  | bob    |            | pia        | held      |                  |              | 2026-02-02T08:00:00Z |
        m3          | meeting | outbound  | cid    |            | pia        | held      | 600              |              | 2026-02-02T08:00:00Z |
        m4          | meeting | outbound  | cid    | acme       |            | cancelled | 600              |              | 2026-02-03T08:00:00Z |
        c1          | call    | inbound   | ann    | acme       |            | connected | 300              |              | 2026-02-20T08:00:00Z |
        c2          | call    | outbound  | ann    | acme       |            | abandoned | 300              |              | 2026-02-20T08:00:00Z |
        c3          | call    | outbound  | ann    | acme       |            | connected |                  |              | 2026-02-27T08:00:00Z | 2026-03-20T08:00:00Z
        c4          | call    | outbound  | ann    | bolt       |            | connected | 300              |              | 2026-02-20T08:00:00Z |
        c5          | call    | outbound  | bob    |            |            | connected | 600              |              | 2026-02-20T08:00:00Z |
        e1          | email   | inbound   | ann    | acme       |            |           |                  |              | 2026-02-21T08:00:00Z |
        e2          | email   | outbound  | ann    | acme       |            |           |                  | true         | 2026-02-21T08:00:00Z |
        o1          | other   | outbound  | ann    | acme       |            |           |                  |              | 2026-02-21T08:00:00Z |
    """)
    rep_assignment = drawn("""
        rep_id | valid_from | team
        ann    | 2025-01-01 | north
        ann    | 2026-02-15 | west
        bob    | 2025-01-01 | north
        cid    | 2025-01-01 | south
    """)
    project = world(
        tmp_path,
        account=drawn(ACCOUNTS),
        contact=contact,
        revenue=revenue,
        activity=activity,
        rep_assignment=rep_assignment,
    )
    seen: dict[str, Any] = {"period": "2026-02", "as_of": "2026-03-19"}
    (row,) = project.ask(*KPIS, **seen).rows
    # acme alone is key. The meeting, c1, c3, e1 and o1
    assert row["key_account_touches"] == 5
    # 1800 + 1800 + 600 + 300 of 300 + 600 more
    assert row["key_account_time_share"] == pytest.approx(4500 / 5400)
    assert row["key_account_time_share.assumed"] == 2
    assert row["key_account_time_share.numerator"] == 4500
    assert row["key_account_coverage"] == 1
    # c3 is gone: the attempts of 2 February are within 30 days of the end of the month
    (row,) = project.ask(*KPIS, period="2026-02").rows
    assert [row[kpi] for kpi in KPIS] == [4, pytest.approx(4500 / 5400), 1]
    # the half of a month counts by its days
    (row,) = project.ask(*KPIS, period="2026-02-15..2026-02-28").rows
    assert row["key_account_touches"] == pytest.approx(3 / (14 / 28))
    # in March bolt is key. It was last touched on 20 February: 30 days later at 8:00
    march = [
        project.ask("key_account_coverage", period="2026-03", as_of=instant).rows[0][
            "key_account_coverage"
        ]
        for instant in ("2026-03-22T08:00", "2026-03-22T08:00:01")
    ]
    assert march == [1, 0]
    reps = project.ask(*KPIS, by="rep", **seen)
    assert by(reps, "rep", "key_account_touches") == {"Ann": 5, "Bob": None, "Cid": None}
    shares = by(reps, "rep", "key_account_time_share")
    assert shares == {"Ann": pytest.approx(2100 / 2400), "Bob": 0.75, "Cid": 1}
    # in the team of the interaction, of the month's first day, of the end
    teams = project.ask("key_account_touches", "key_account_coverage", by="team", **seen)
    assert by(teams, "team", "key_account_touches.numerator") == {"north": 1, "west": 4}
    assert by(teams, "team", "key_account_touches.denominator") == {"north": 1, "west": 0}
    assert by(teams, "team", "key_account_coverage.denominator") == {"north": 0, "west": 1}
    found = project.records("key_account_touches", **seen).rows
    assert [row["activity_id"] for row in found if row["kind"] != "meeting"] == [
        "c1",
        "c3",
        "e1",
        "o1",
    ]


def test_without_revenue_and_wins_nothing_is_known(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | account_id | duration_seconds | occurred_at
        c1          | call | outbound  | ann    | acme       | 60               | 2026-02-03T08:00:00Z
    """)
    answer = world(tmp_path, account=drawn(ACCOUNTS), activity=activity).ask(
        *KPIS, period="2026-02"
    )
    assert [answer.rows[0][kpi] for kpi in KPIS] == [None, None, None]
    assert any("revenue.amount or opportunity.amount" in note for note in answer.notes)
