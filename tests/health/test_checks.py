"""Each check finds its row, by its key, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from foresail.project import Project
from foresail.project.results import Health
from tests.catalogue import drawn
from tests.world import world

OPPORTUNITIES = """
    opportunity_id | account_id | name | owner_id | amount | currency | created_at | expected_close_on | closed_at  | outcome | stage  | lead_id
    fine           | acme       | One  | ann      | 100    |          | 2026-01-05 |                   | 2026-02-01 | won     | signed | web
    again          | acme       | One  | ann      | 100    |          | 2026-01-05 |                   | 2026-02-01 | won     | signed |
    backwards      | acme       | Two  | ann      | 100    |          | 2026-02-05 |                   | 2026-02-01 | won     | signed |
    zombie         | acme       | Old  | ann      | 100    |          | 2025-06-05 | 2025-12-30        |            |         | offer  |
    late           | acme       | Due  | ann      | 100    |          | 2025-06-05 | 2026-01-02        |            |         | offer  |
    undated        | acme       | Six  | ann      | 100    |          | 2026-01-05 |                   |            | lost    | offer  |
    endless        | acme       | Ten  | ann      | 100    |          | 2026-01-05 |                   | 2026-02-01 |         | offer  |
    signed         | acme       | New  | ann      | 100    |          | 2026-01-05 | 2026-06-30        |            |         | signed |
    dear           | acme       | Yen  | ann      | 100    | JPY      | 2026-01-05 | 2026-06-30        |            |         | offer  |
    early          | acme       | USD  | ann      | 100    | USD      | 2025-12-01 |                   | 2025-12-31 | won     | signed |
    rated          | acme       | USD2 | ann      | 100    | USD      | 2026-01-01 | 2026-06-30        |            |         | offer  |
    credit         | acme       | Back | ann      | -5     |          | 2026-01-05 | 2026-06-30        |            |         | offer  |
    worthless      | acme       | Nil  | ann      |        |          | 2026-01-05 |                   | 2026-02-01 | won     | signed |
    tomorrow       | acme       | Next | ann      | 100    |          | 2026-04-02 | 2026-06-30        |            |         | offer  |
    foretold       | acme       | Soon | ann      | 100    |          | 2026-01-05 |                   | 2026-05-01 | won     | signed |
    strangers      | nobody     | Who  | zed      | 100    |          | 2026-01-05 | 2026-06-30        |            |         | offer  | lost
"""  # noqa: E501  # a table
STAGES = """
    pipeline | stage  | position | kind
             | offer  | 1        | open
             | signed | 2        | won
"""
ACCOUNTS = """
    account_id | name   | country | merged_into_id
    acme       | Acme   | DE      |
    twin       |  ACME  | DE      |
    abroad     | Acme   | AT      |
    was        | Acme   | DE      | acme
"""
LEADS = """
    lead_id | contact_id | created_at          | assigned_at         | channel | owner_id
    web     | kim        | 2026-03-02T09:00:00 | 2026-03-02T10:00:00 | inbound | ann
    web2    | kim        | 2026-03-02T09:00:00 |                     | inbound |
    before  | lou        | 2026-03-02T09:00:00 | 2026-03-01T10:00:00 | inbound | ann
    day     | max        | 2026-03-02          |                     | inbound | zed
    future  | may        | 2026-04-02T09:00:00 |                     | inbound |
"""
ACTIVITIES = """
    activity_id | kind    | direction | occurred_at         | booked_at           | rep_id | contact_id | lead_id | outcome   | duration_seconds | opportunity_id
    call        | call    | outbound  | 2026-03-03T09:00:00 |                     | ann    | kim        |         | connected | 60               |
    echo        | call    | outbound  | 2026-03-03T09:00:00 |                     | ann    | kim        |         | connected | 60               |
    alone       | call    | outbound  | 2026-03-03T11:00:00 |                     | ann    |            |         | no_answer |                  |
    prophecy    | call    | outbound  | 2026-04-03T11:00:00 |                     | ann    | kim        | web     | connected | 5                |
    planned     | meeting | outbound  | 2026-04-03T11:00:00 | 2026-03-30T09:00:00 | ann    | kim        | web     |           |                  |
    entered     | meeting | outbound  | 2026-03-03T11:00:00 | 2026-03-04T09:00:00 | ann    | kim        | web     | held      |                  |
    strange     | call    | outbound  | 2026-03-04T11:00:00 |                     | zed    | kim        | ghost   | no_answer |                  | spook
"""  # noqa: E501  # a table
TABLES = {
    "rep": """
        rep_id | name | hired_on   | left_on
        ann    | Ann  | 2020-01-01 |
        bob    | Bob  | 2020-01-01 | 2026-01-01
        eve    | Eve  | 2026-01-01 | 2020-01-01
    """,
    "account": ACCOUNTS,
    "opportunity": OPPORTUNITIES,
    "stage": STAGES,
    "lead": LEADS,
    "activity": ACTIVITIES,
    "contact": """
        contact_id | account_id | name
        kim        | acme       | Kim Li
        kim2       | acme       | kim li
        lou        | acme       | Lou
        max        |            | Max
        may        |            | Max
    """,
    "subscription": """
        subscription_id | account_id | started_on | ended_on   | mrr
        long            | acme       | 2026-01-01 | 2026-02-01 | 10
        none            | nobody     | 2026-02-01 | 2026-01-01 | 10
    """,
    "revenue": """
        revenue_id | account_id | day        | amount
        r1         | acme       | 2026-01-01 | 10
        r2         | nobody     | 2026-01-01 | 10
    """,
    "cost": """
        cost_id | starts_on  | ends_on    | amount | category
        c1      | 2026-01-01 | 2026-01-31 | 10     | media
        c2      | 2026-01-31 | 2026-01-01 | 10     | media
    """,
    "survey_response": """
        survey_id | sent_at    | answered_at | score
        s1        | 2026-01-01 | 2026-01-02  | 9
        s2        | 2026-01-02 | 2026-01-01  | 9
    """,
    "position": """
        position_id | opened_on  | filled_on
        p1          | 2026-01-01 | 2026-01-02
        p2          | 2026-01-02 | 2026-01-01
    """,
    "absence": """
        rep_id | starts_on  | ends_on    | kind
        ann    | 2026-01-01 | 2026-01-02 | leave
        bob    | 2026-01-02 | 2026-01-01 | leave
    """,
    "content": """
        content_id | published_on | retired_on
        paper      | 2026-01-01   | 2026-02-01
        never      | 2026-02-01   | 2026-01-01
    """,
    "content_share": """
        activity_id | content_id
        call        | paper
        call        | unheard
        unsaid      | paper
    """,
    "exchange_rate": """
        currency | day        | rate
        USD      | 2026-01-01 | 0.9
    """,
}

FOUND = {
    "closed_before_created": ("backwards",),
    "zombie": ("zombie",),
    "closed_without_date": ("undated",),
    "closed_without_outcome": ("endless",),
    "open_in_closed_stage": ("signed",),
    "opportunity_without_rate": ("dear", "early"),
    "negative_amount": ("credit",),
    "won_without_amount": ("worthless",),
    "opportunity_in_future": ("tomorrow",),
    "close_in_future": ("foretold",),
    "double_opportunity": ("fine",),
    "double_account": ("twin",),
    "double_contact": ("kim2",),
    "double_lead": ("web2",),
    "double_activity": ("echo",),
    "assigned_before_request": ("before",),
    "leads_without_time": ("day",),
    "lead_in_future": ("future",),
    "done_in_future": ("prophecy",),
    "meeting_booked_after_start": ("entered",),
    "activity_with_nobody": ("alone",),
    "inferred_lead": ("call", "echo"),
    "activity_of_unknown_rep": ("strange",),
    "activity_of_unknown_lead": ("strange",),
    "activity_of_unknown_opportunity": ("strange",),
    "lead_of_unknown_rep": ("day",),
    "opportunity_of_unknown_rep": ("strangers",),
    "opportunity_of_unknown_account": ("strangers",),
    "opportunity_of_unknown_lead": ("strangers",),
    "subscription_of_unknown_account": ("none",),
    "revenue_of_unknown_account": ("r2",),
    "content_share_of_unknown_content": ("call · unheard",),
    "content_share_of_unknown_activity": ("unsaid · paper",),
    "subscription_ends_before_start": ("none",),
    "cost_ends_before_start": ("c2",),
    "answered_before_sent": ("s2",),
    "filled_before_opened": ("p2",),
    "absence_ends_before_start": ("bob · 2026-01-02 · leave",),
    "retired_before_published": ("never",),
    "left_before_hired": ("eve",),
}


@pytest.fixture(scope="module")
def health(tmp_path_factory: pytest.TempPathFactory) -> Health:
    tables: Mapping[str, Any] = {table: drawn(text) for table, text in TABLES.items()}
    return world(tmp_path_factory.mktemp("health"), **tables).health()


@pytest.mark.parametrize("check", FOUND)
def test_a_check_finds_the_rows_that_look_wrong(check: str, health: Health) -> None:
    (finding,) = [each for each in health.findings if each.check == check]
    assert finding.samples == FOUND[check]
    assert finding.n == len(FOUND[check])


def test_nothing_else_is_found(health: Health) -> None:
    assert {each.check for each in health.findings} == FOUND.keys()


def test_a_finding_says_of_how_many_rows(health: Health) -> None:
    (zombie,) = [each for each in health.findings if each.check == "zombie"]
    assert (zombie.n, zombie.rows, zombie.is_wrong) == (1, 16, False)


def test_thirty_records_of_one_minute_look_like_an_import(tmp_path: Path) -> None:
    calls = [
        {
            "activity_id": f"{rep}{number:02}",
            "kind": "call",
            "occurred_at": f"2026-03-03T09:00:{number:02}",
            "rep_id": rep,
        }
        for rep, many in (("ann", 30), ("bob", 29))
        for number in range(many)
    ]
    leads = [
        {"lead_id": f"{number:02}", "created_at": f"2026-03-03T09:0{number // 30}:{number % 30:02}"}
        for number in range(59)
    ]
    with world(tmp_path, activity=calls, lead=leads) as project:
        found = {each.check: each for each in project.health().findings}
    assert found["activity_burst"].n == 30
    assert found["activity_burst"].samples[0] == "ann00"
    assert found["lead_burst"].n == 30


def test_a_project_without_rows_has_nothing_wrong(tmp_path: Path) -> None:
    Project.init(tmp_path)
    with Project.open(tmp_path) as project:
        health = project.health()
    assert health.findings == ()
    assert {each.state for each in health.kpis if each.kpi in ("revenue", "lead_flow")} == {
        "impossible"
    }
