# ruff: noqa: E501  # a table is drawn as wide as it is
"""How records find each other, seen by the source that each activity shows; and filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.catalogue import drawn, value
from tests.world import by, world

LEADS = """
    lead_id | created_at       | channel  | source | contact_id | merged_into_id
    web1    | 2026-02-01T09:00 | inbound  | web    | pia        |
    fair1   | 2026-03-05T09:00 | inbound  | fair   | pia        |
    list1   | 2026-02-01T09:00 | outbound | list   |            |
    list2   | 2026-02-02T09:00 | outbound | bought |            | list1
"""


def test_an_activity_belongs_to_its_lead_or_its_opportunitys_or_the_latest_request(
    tmp_path: Path,
) -> None:
    opportunity = drawn("""
        opportunity_id | lead_id | account_id | owner_id | created_at
        oak            | list1   | acme       | ann      | 2026-02-10T09:00
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id | opportunity_id | contact_id | account_id
        c1          | call | outbound  | ann    | 2026-03-20T09:00 | web1    |                | pia        |
        c2          | call | outbound  | ann    | 2026-03-20T10:00 |         | oak            | pia        |
        c3          | call | outbound  | ann    | 2026-03-04T09:00 |         |                | pia        |
        c4          | call | outbound  | ann    | 2026-03-06T09:00 |         |                | pia        |
        c5          | call | outbound  | ann    | 2026-03-20T11:00 | list2   |                |            |
        c6          | call | outbound  | ann    | 2026-03-20T12:00 |         |                |            | acme
        c7          | call | outbound  | ann    | 2026-03-20T13:00 |         |                | quin       |
    """)
    project = world(tmp_path, lead=drawn(LEADS), opportunity=opportunity, activity=activity)

    answer = project.ask("outbound_calls", by="source", period="2026-03", totals=True)

    # c1 is web1's by its lead_id, c2 list1's through oak, c3 web1's and c4 fair1's by the latest
    # request before it, c5 list1's by a merge. An account alone makes no lead; nor has Quin one.
    assert by(answer, "source", "outbound_calls") == {"web": 2, "list": 2, "fair": 1, None: 2}
    assert answer.totals == {"outbound_calls": 7}


def test_an_activity_on_a_merged_opportunity_moves_to_the_survivor(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | lead_id | owner_id | created_at       | merged_into_id
        oak            | list1   | ann      | 2026-02-10T09:00 |
        oak2           |         | ann      | 2026-02-11T09:00 | oak
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | opportunity_id
        c1          | call | outbound  | ann    | 2026-03-20T09:00 | oak
        c2          | call | outbound  | ann    | 2026-03-20T10:00 | oak2
    """)
    project = world(tmp_path, lead=drawn(LEADS), opportunity=opportunity, activity=activity)

    answer = project.ask("outbound_calls", by="source", period="2026-03")

    assert by(answer, "source", "outbound_calls") == {"list": 2}


def test_an_opportunity_belongs_to_the_contacts_latest_request_before_it(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | lead_id | contact_id | owner_id | created_at
        oak            |         | pia        | ann      | 2026-03-04T09:00
        elm            |         | pia        | ann      | 2026-03-06T09:00
        ash            | list1   | pia        | ann      | 2026-03-06T10:00
        fir            |         | quin       | ann      | 2026-03-06T11:00
    """)
    project = world(tmp_path, lead=drawn(LEADS), opportunity=opportunity)

    answer = project.ask("new_opportunities", by="source", period="2026-03")

    assert by(answer, "source", "new_opportunities") == {"web": 1, "fair": 1, "list": 1, None: 1}


def test_a_person_is_the_contact_of_the_lead_where_one_is_known(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id | contact_id
        c1          | call | outbound  | ann    | 2026-03-10T09:00 | web1    |
        c2          | call | outbound  | ann    | 2026-03-11T09:00 | fair1   |
        c3          | call | outbound  | ann    | 2026-03-12T09:00 |         | pia
        c4          | call | outbound  | ann    | 2026-03-13T09:00 | list1   |
        c5          | call | outbound  | ann    | 2026-03-16T09:00 | list2   |
    """)
    project = world(tmp_path, lead=drawn(LEADS), activity=activity)

    # Pia by two leads and by herself, and list1, which list2 was merged into.
    assert value(project, "prospects_approached", period="2026-03") == 2


def test_the_segment_is_the_accounts_else_the_leads(tmp_path: Path) -> None:
    account = drawn("""
        account_id | name | segment    | merged_into_id
        acme       | Acme | enterprise |
        acme2      | Acme | small      | acme
        bolt       | Bolt |            |
    """)
    contact = drawn("""
        contact_id | account_id
        pia        | acme2
    """)
    lead = drawn("""
        lead_id | created_at       | channel | segment | account_id
        l1      | 2026-02-01T09:00 | inbound | middle  | acme
        l2      | 2026-02-01T09:00 | inbound | middle  | bolt
        l3      | 2026-02-01T09:00 | inbound | middle  |
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id | contact_id
        c1          | call | outbound  | ann    | 2026-03-10T09:00 | l1      |
        c2          | call | outbound  | ann    | 2026-03-11T09:00 | l2      |
        c3          | call | outbound  | ann    | 2026-03-12T09:00 | l3      |
        c4          | call | outbound  | ann    | 2026-03-13T09:00 |         | pia
    """)
    project = world(tmp_path, account=account, contact=contact, lead=lead, activity=activity)

    answer = project.ask("outbound_calls", by="segment", period="2026-03")

    assert by(answer, "segment", "outbound_calls") == {"enterprise": 2, "middle": 2}


def test_filters_take_names_and_ids_and_none(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id
        c1          | call | outbound  | ann    | 2026-03-10T09:00 | web1
        c2          | call | outbound  | ann    | 2026-03-11T09:00 | list1
        c3          | call | outbound  | bob    | 2026-03-12T09:00 |
        c4          | call | outbound  | cid    | 2026-03-13T09:00 | fair1
    """)
    project = world(tmp_path, lead=drawn(LEADS), activity=activity)
    march: dict[str, Any] = {"period": "2026-03"}

    assert value(project, "outbound_calls", where={"rep": ["Ann"]}, **march) == 2
    assert value(project, "outbound_calls", where={"rep": ["ann"]}, **march) == 2
    assert value(project, "outbound_calls", where={"rep": ["ann", "Bob"]}, **march) == 3
    assert value(project, "outbound_calls", where={"team": ["south"]}, **march) == 1
    assert value(project, "outbound_calls", where={"manager": ["dan"]}, **march) == 4
    assert value(project, "outbound_calls", where={"source": ["(none)"]}, **march) == 1
    assert value(project, "outbound_calls", where={"source": ["(none)", "web"]}, **march) == 2
    # Two filters hold together.
    both = {"team": ["north"], "source": ["web", "fair"]}
    assert value(project, "outbound_calls", where=both, **march) == 1
    # A filter on reps keeps the other reps out of the rows.
    answer = project.ask("outbound_calls", by="rep", where={"team": ["north"]}, **march)
    assert by(answer, "rep", "outbound_calls") == {"Ann": 2, "Bob": 1}
