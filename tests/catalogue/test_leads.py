# a table is drawn as wide as it is
"""Qualification, worked by hand: who came, from where, and whose lead it is."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn, value
from tests.world import by, world


def test_lead_flow_counts_requests_by_source_channel_and_owner(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel  | source | owner_id | deleted_at
        l1      | 2026-03-02T09:00 | inbound  | web    | ann      |
        l2      | 2026-03-03T09:00 | inbound  | fair   | bob      |
        l3      | 2026-03-04T09:00 | outbound | list   | cid      |
        l4      | 2026-03-05T09:00 | inbound  | web    |          |
        l5      | 2026-02-27T09:00 | inbound  | web    | ann      |
        l6      | 2026-03-06T09:00 | inbound  |        | ann      |
        l7      | 2026-03-06T10:00 | inbound  | web    | ann      | 2026-03-10T09:00
    """)
    project = world(tmp_path, lead=lead)

    sources = project.ask("lead_flow", by="source", period="2026-03", totals=True)
    channels = project.ask("lead_flow", by="channel", period="2026-03")
    teams = project.ask("lead_flow", by="team", period="2026-03")
    reps = project.ask("lead_flow", by="rep", period="2026-03")

    # l1, l2, l3, l4 and l6; l5 came in February, l7 is deleted.
    assert sources.totals == {"lead_flow": 5}
    assert by(sources, "source", "lead_flow") == {"web": 2, "fair": 1, "list": 1, None: 1}
    assert by(channels, "channel", "lead_flow") == {"inbound": 4, "outbound": 1}
    assert by(teams, "team", "lead_flow") == {"north": 3, "south": 1, None: 1}
    assert by(reps, "rep", "lead_flow") == {"Ann": 2, "Bob": 1, "Cid": 1, None: 1}


def test_merged_leads_count_once_at_the_earliest_request(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel | source | merged_into_id
        l1      | 2026-03-10T09:00 | inbound | web    |
        l2      | 2026-02-20T09:00 | inbound | fair   | l1
        l3      | 2026-03-12T09:00 | inbound | web    |
        l4      | 2026-03-14T09:00 | inbound | fair   | l5
        l5      | 2026-03-13T09:00 | inbound | fair   | l3
    """)
    project = world(tmp_path, lead=lead)

    # l1 came on 20 February; l3 stands for l4 and l5 on the 12th of March.
    months = project.ask("lead_flow", grain="month", period="2026-02-01..2026-03-31")
    assert [row["lead_flow"] for row in months.rows] == [1, 1]
    assert value(project, "lead_flow", period="2026-03-12") == 1
    # A merge is identity: it holds before anybody merged them, too.
    assert value(project, "lead_flow", period="2026-02", as_of="2026-02-28") == 1


def test_a_lead_is_credited_to_its_owner_at_the_first_human_attempt(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel | owner_id
        l1      | 2026-03-02T09:00 | inbound | bob
        l2      | 2026-03-02T09:00 | inbound | bob
        l3      | 2026-03-02T09:00 | inbound | bob
        l4      | 2026-03-02T09:00 | inbound |
    """)
    lead_assignment = drawn("""
        lead_id | assigned_at      | rep_id
        l1      | 2026-03-02T10:00 | ann
        l1      | 2026-03-10T09:00 | bob
        l2      | 2026-03-02T10:00 | ann
        l2      | 2026-03-10T09:00 | bob
        l3      | 2026-03-02T10:00 | cid
        l3      | 2026-03-10T09:00 | bob
        l4      | 2026-03-02T10:00 | cid
        l4      | 2026-03-10T09:00 |
    """)
    activity = drawn("""
        activity_id | kind  | direction | rep_id | occurred_at      | lead_id | is_automated
        c1          | call  | outbound  | ann    | 2026-03-05T09:00 | l1      |
        c2          | call  | outbound  | ann    | 2026-03-12T09:00 | l2      |
        e3          | email | outbound  | cid    | 2026-03-04T09:00 | l3      | true
    """)
    project = world(tmp_path, lead=lead, lead_assignment=lead_assignment, activity=activity)

    late = project.ask("lead_flow", by="rep", period="2026-03")
    early = project.ask("lead_flow", by="rep", period="2026-03", as_of="2026-03-08")
    first = project.ask("lead_flow", by="rep", period="2026-03", as_of="2026-03-02T09:30")

    # l1 was tried while Ann's, l2 while Bob's (whoever called), l3 never by a person, l4 is in
    # the queue now.
    assert by(late, "rep", "lead_flow") == {"Ann": 1, "Bob": 2, "Cid": 0, None: 1}
    # On 8 March l1 had been tried while Ann's; l2 was Ann's, l3 and l4 Cid's.
    assert by(early, "rep", "lead_flow") == {"Ann": 2, "Bob": 0, "Cid": 2}
    # Before anybody was given them, all four were in the queue.
    assert by(first, "rep", "lead_flow") == {"Ann": 0, "Bob": 0, "Cid": 0, None: 4}


def test_a_deleted_attempt_fixes_no_owner(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel | owner_id
        l1      | 2026-03-02T09:00 | inbound | bob
    """)
    lead_assignment = drawn("""
        lead_id | assigned_at      | rep_id
        l1      | 2026-03-02T09:00 | ann
        l1      | 2026-03-10T09:00 | bob
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id | deleted_at
        c1          | call | outbound  | ann    | 2026-03-05T09:00 | l1      | 2026-03-06T09:00
    """)
    project = world(tmp_path, lead=lead, lead_assignment=lead_assignment, activity=activity)

    answer = project.ask("lead_flow", by="rep", period="2026-03")

    # The only attempt is deleted: there is none, so the lead is its owner's now, Bob's.
    assert by(answer, "rep", "lead_flow") == {"Ann": 0, "Bob": 1, "Cid": 0}


def test_without_assignments_a_lead_is_in_the_queue_until_it_is_assigned(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel | owner_id | assigned_at
        l1      | 2026-03-02T09:00 | inbound | ann      | 2026-03-10T09:00
        l2      | 2026-03-02T09:00 | inbound | ann      |
    """)
    project = world(tmp_path, lead=lead)

    late = project.ask("lead_flow", by="rep", period="2026-03")
    early = project.ask("lead_flow", by="rep", period="2026-03", as_of="2026-03-05")

    # One spell from `assigned_at`: on 5 March nobody had l1 yet. When l2 was assigned is not
    # known, so today's owner stands.
    assert by(late, "rep", "lead_flow") == {"Ann": 2, "Bob": 0, "Cid": 0}
    assert by(early, "rep", "lead_flow") == {"Ann": 1, "Bob": 0, "Cid": 0, None: 1}


def test_the_owners_team_is_that_of_the_first_attempt(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name
        ann    | Ann
    """)
    rep_assignment = drawn("""
        rep_id | valid_from | valid_to   | team
        ann    | 2026-01-01 | 2026-03-09 | north
        ann    | 2026-03-10 |            | south
    """)
    lead = drawn("""
        lead_id | created_at       | channel | owner_id
        l1      | 2026-03-02T09:00 | inbound | ann
        l2      | 2026-03-02T09:00 | inbound | ann
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id
        c1          | call | outbound  | ann    | 2026-03-05T09:00 | l1
    """)
    project = world(tmp_path, rep=rep, rep_assignment=rep_assignment, lead=lead, activity=activity)

    answer = project.ask("lead_flow", by="team", period="2026-03")

    # l1 was tried when Ann was in the north; l2 is hers as of now, in the south.
    assert by(answer, "team", "lead_flow") == {"north": 1, "south": 1}


def test_an_attempt_before_the_request_fixes_no_owner(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel | owner_id
        l1      | 2026-03-06T09:00 | inbound | bob
    """)
    lead_assignment = drawn("""
        lead_id | assigned_at      | rep_id
        l1      | 2026-03-02T09:00 | ann
        l1      | 2026-03-10T09:00 | bob
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | lead_id
        c1          | call | outbound  | ann    | 2026-03-05T09:00 | l1
    """)
    project = world(tmp_path, lead=lead, lead_assignment=lead_assignment, activity=activity)

    answer = project.ask("lead_flow", by="rep", period="2026-03")

    # The call came before the lead did ("worked before creation"), so no attempt is known yet.
    assert by(answer, "rep", "lead_flow") == {"Ann": 0, "Bob": 1, "Cid": 0}
