# ruff: noqa: E501  # a table is drawn as wide as it is
"""Reach, worked by hand: who answered, and whom one talked with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

CALLS = """
    activity_id | kind | direction | rep_id | occurred_at      | outcome   | is_automated
    c1          | call | outbound  | ann    | 2026-03-02T09:00 | connected |
    c2          | call | outbound  | ann    | 2026-03-02T10:00 | voicemail |
    c3          | call | outbound  | ann    | 2026-03-03T09:00 | no_answer |
    c4          | call | outbound  | ann    | 2026-03-04T09:00 | connected |
    c5          | call | outbound  | bob    | 2026-03-05T09:00 | busy      |
    c6          | call | outbound  | bob    | 2026-03-06T09:00 | abandoned |
    c7          | call | inbound   | bob    | 2026-03-09T09:00 | connected |
    c8          | call | outbound  | cid    | 2026-03-10T09:00 | connected | true
"""


def test_connects_are_outbound_calls_that_a_person_answered(tmp_path: Path) -> None:
    project = world(tmp_path, activity=drawn(CALLS))

    answer = project.ask("connects", by="rep", period="2026-03", totals=True)

    # c1 and c4: a call that came in and one that a machine made are none.
    assert by(answer, "rep", "connects") == {"Ann": 2, "Bob": 0, "Cid": 0}
    assert answer.totals == {"connects": 2}


def test_connect_rate_is_a_share_of_the_completed_calls(tmp_path: Path) -> None:
    project = world(tmp_path, activity=drawn(CALLS))

    answer = project.ask("connect_rate", by="rep", period="2026-03", totals=True)

    # Ann 2 of 4, Bob 0 of 1 (the abandoned call is no call of his), Cid nothing of nothing.
    assert by(answer, "rep", "connect_rate") == {"Ann": 0.5, "Bob": 0.0, "Cid": None}
    # Wilson, 2 of 5: (0.4 + 0.38415 -+ 1.95996 x sqrt(0.048 + 0.03841)) / 1.76829
    assert answer.totals == {
        "connect_rate": 0.4,
        "connect_rate.numerator": 2,
        "connect_rate.denominator": 5,
        "connect_rate.low": pytest.approx(0.11762, abs=1e-5),
        "connect_rate.high": pytest.approx(0.76928, abs=1e-5),
    }


def test_calls_per_contact_is_unknown_where_nobody_answered(tmp_path: Path) -> None:
    project = world(tmp_path, activity=drawn(CALLS))

    answer = project.ask("calls_per_contact", by="rep", period="2026-03", totals=True)

    # Ann 4 calls for 2 connects; Bob 1 for none. Together 5 for 2, a rate without an interval.
    assert by(answer, "rep", "calls_per_contact") == {"Ann": 2.0, "Bob": None, "Cid": None}
    assert answer.totals == {
        "calls_per_contact": 2.5,
        "calls_per_contact.numerator": 5,
        "calls_per_contact.denominator": 2,
    }


CONTACTS = """
    contact_id | is_decision_maker
    pia        | true
    gus        | false
    una        |
"""
TALKS = """
    activity_id | kind    | direction | rep_id | occurred_at      | outcome   | duration_seconds | contact_id | is_conversation
    c1          | call    | outbound  | ann    | 2026-03-02T09:00 | connected | 180              | pia        |
    c2          | call    | outbound  | ann    | 2026-03-03T09:00 | connected | 600              | gus        |
    c3          | call    | outbound  | ann    | 2026-03-04T09:00 | connected | 120              | una        |
    c4          | call    | outbound  | ann    | 2026-03-05T09:00 | connected | 119              | una        |
    c5          | call    | outbound  | bob    | 2026-03-06T09:00 | voicemail | 150              | pia        |
    e1          | email   | outbound  | bob    | 2026-03-09T09:00 | replied   |                  | pia        |
    m1          | meeting | outbound  | bob    | 2026-03-10T09:00 | held      |                  | gus        |
    m2          | meeting | outbound  | bob    | 2026-03-11T09:00 | no_show   |                  | pia        |
"""


def test_conversations_are_meetings_held_and_long_calls_with_who_may_decide(
    tmp_path: Path,
) -> None:
    project = world(tmp_path, contact=drawn(CONTACTS), activity=drawn(TALKS))

    answer = project.ask("conversations", "connects", by="rep", period="2026-03")

    # Ann: c1 and c3 (120 s are enough, una may decide). Gus is a gatekeeper: a connect, no
    # conversation. Bob: m1; a voicemail of any length and a reply by mail are none.
    assert by(answer, "rep", "conversations") == {"Ann": 2, "Bob": 1, "Cid": 0}
    assert by(answer, "rep", "connects") == {"Ann": 4, "Bob": 0, "Cid": 0}


def test_reach_rate_divides_by_all_outbound_activities(tmp_path: Path) -> None:
    project = world(tmp_path, contact=drawn(CONTACTS), activity=drawn(TALKS))

    answer = project.ask("reach_rate", period="2026-03")

    # Three conversations in seven activities: the meeting nobody came to is none of them.
    row = answer.rows[0]
    assert row["reach_rate.numerator"] == 3
    assert row["reach_rate.denominator"] == 7
    assert row["reach_rate"] == pytest.approx(3 / 7)
    # Wilson, 3 of 7: (0.42857 + 0.27439 -+ 1.95996 x sqrt(0.03499 + 0.01960)) / 1.54879
    assert row["reach_rate.low"] == pytest.approx(0.15823, abs=1e-4)
    assert row["reach_rate.high"] == pytest.approx(0.74954, abs=1e-4)


def test_a_conversation_that_is_noted_needs_no_rule(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind    | direction | rep_id | occurred_at      | outcome   | duration_seconds | is_conversation
        c1          | call    | outbound  | ann    | 2026-03-02T09:00 | connected | 30               | true
        c2          | call    | outbound  | ann    | 2026-03-03T09:00 | connected | 900              | false
        m1          | meeting | outbound  | ann    | 2026-03-04T09:00 | held      |                  | false
        s1          | social  | outbound  | ann    | 2026-03-05T09:00 |           |                  | true
        c3          | call    | inbound   | ann    | 2026-03-06T09:00 | connected | 900              | true
        c4          | call    | outbound  | ann    | 2026-03-09T09:00 | abandoned | 900              | true
    """)
    project = world(tmp_path, activity=activity)

    # c1 and s1 are said to be; c3 came in, c4 never was a call of hers.
    assert value(project, "conversations", period="2026-03") == 2


def test_the_length_of_a_conversation_is_a_setting(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | outcome   | duration_seconds
        c1          | call | outbound  | ann    | 2026-03-02T09:00 | connected | 59
        c2          | call | outbound  | ann    | 2026-03-03T09:00 | connected | 60
        c3          | call | outbound  | ann    | 2026-03-04T09:00 | connected | 61
        c4          | call | outbound  | ann    | 2026-03-05T09:00 | connected |
    """)
    project = world(tmp_path, settings="[thresholds]\nconversation_seconds = 60", activity=activity)

    # c2 and c3; how long c4 took is not known.
    assert value(project, "conversations", period="2026-03") == 2


def test_opportunities_per_1000_calls_come_from_outbound_work(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at       | channel
        found   | 2026-02-02T09:00 | outbound
        asked   | 2026-02-03T09:00 | inbound
    """)
    opportunity = drawn("""
        opportunity_id | lead_id | account_id | owner_id | created_at
        oak            | found   |            | ann      | 2026-03-03T09:00
        elm            | asked   |            | ann      | 2026-03-04T09:00
        ash            |         | acme       | bob      | 2026-03-05T09:00
        fir            |         | bolt       | bob      | 2026-03-06T09:00
        yew            | asked   | acme       | bob      | 2026-03-06T10:00
        box            | found   |            | ann      | 2026-02-20T09:00
    """)
    activity = drawn("""
        activity_id | kind  | direction | rep_id | occurred_at      | account_id | is_automated
        c1          | call  | outbound  | bob    | 2026-02-10T09:00 | acme       |
        c2          | call  | inbound   | bob    | 2026-03-02T09:00 | acme       |
        c3          | call  | inbound   | bob    | 2026-02-11T09:00 | bolt       |
        c4          | call  | outbound  | bob    | 2026-03-02T10:00 | bolt       |
        c5          | call  | outbound  | ann    | 2026-03-02T11:00 |            |
        c6          | call  | outbound  | ann    | 2026-03-03T11:00 |            |
        c7          | call  | outbound  | ann    | 2026-03-03T12:00 |            |
        c8          | call  | outbound  | ann    | 2026-03-03T13:00 |            | true
    """)
    project = world(tmp_path, lead=lead, opportunity=opportunity, activity=activity)

    answer = project.ask("opportunities_per_1000_calls", by="rep", period="2026-03", totals=True)

    # oak by its lead, ash by acme's first touch; elm asked, fir's bolt called first, yew's lead
    # asked whatever acme did, box is February's. Calls: c4 of Bob, c5 to c7 of Ann.
    assert by(answer, "rep", "opportunities_per_1000_calls") == {
        "Ann": pytest.approx(1000 / 3),
        "Bob": pytest.approx(1000.0),
        "Cid": None,
    }
    assert answer.totals == {
        "opportunities_per_1000_calls": 500.0,
        "opportunities_per_1000_calls.numerator": 2,
        "opportunities_per_1000_calls.denominator": 4,
    }


def test_a_deleted_touch_is_not_an_accounts_first(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | account_id | owner_id | created_at
        oak            | acme       | ann      | 2026-03-05T09:00
        elm            | bolt       | ann      | 2026-03-06T09:00
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | account_id | deleted_at
        c1          | call | outbound  | ann    | 2026-02-10T09:00 | acme       | 2026-02-11T09:00
        c2          | call | inbound   | ann    | 2026-02-12T09:00 | acme       |
        c3          | call | outbound  | ann    | 2026-02-10T09:00 | bolt       |
        c4          | call | outbound  | ann    | 2026-03-02T09:00 | bolt       |
    """)
    project = world(tmp_path, opportunity=opportunity, activity=activity)

    row = project.ask("opportunities_per_1000_calls", period="2026-03").rows[0]

    # acme called before anybody called it, as far as the records that are left go: elm alone.
    assert row["opportunities_per_1000_calls.numerator"] == 1


def test_an_automatic_mail_is_not_an_accounts_first_touch(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | account_id | owner_id | created_at
        oak            | acme       | ann      | 2026-03-05T09:00
        elm            | bolt       | ann      | 2026-03-06T09:00
    """)
    activity = drawn("""
        activity_id | kind  | direction | rep_id | occurred_at      | account_id | is_automated
        e1          | email | outbound  | ann    | 2026-02-10T09:00 | acme       | true
        c2          | call  | inbound   | ann    | 2026-02-12T09:00 | acme       |
        c3          | call  | outbound  | ann    | 2026-02-10T09:00 | bolt       |
        c4          | call  | outbound  | ann    | 2026-03-02T09:00 | bolt       |
    """)
    project = world(tmp_path, opportunity=opportunity, activity=activity)

    row = project.ask("opportunities_per_1000_calls", period="2026-03").rows[0]

    # A newsletter is no touch, so acme's first one is its own call: elm alone.
    assert row["opportunities_per_1000_calls.numerator"] == 1


def test_dial_to_meeting_rate_takes_meetings_booked_within_a_week_of_a_call(
    tmp_path: Path,
) -> None:
    activity = drawn("""
        activity_id | kind    | direction | rep_id | occurred_at      | booked_at        | contact_id
        c1          | call    | outbound  | ann    | 2026-03-02T09:00 |                  | pia
        m1          | meeting | outbound  | bob    | 2026-03-20T09:00 | 2026-03-06T09:00 | pia
        c2          | call    | outbound  | ann    | 2026-03-02T10:00 |                  | quin
        m2          | meeting | outbound  | ann    | 2026-03-20T10:00 | 2026-03-12T09:00 | quin
        c3          | call    | outbound  | ann    | 2026-03-03T09:00 |                  | rob
        m3          | meeting | outbound  | cid    | 2026-03-20T11:00 | 2026-03-04T09:00 | rob
        c4          | call    | outbound  | ann    | 2026-03-05T09:00 |                  | sue
        m4          | meeting | outbound  | ann    | 2026-03-20T12:00 | 2026-03-05T08:00 | sue
    """)
    project = world(tmp_path, activity=activity)

    answer = project.ask("dial_to_meeting_rate", by="team", period="2026-03", totals=True)

    # m1: Bob is of Ann's team. m2 came ten days after the call, m3 by another team, m4 before
    # the call. One meeting in four calls, all of the north.
    assert answer.totals == {
        "dial_to_meeting_rate": 0.25,
        "dial_to_meeting_rate.numerator": 1,
        "dial_to_meeting_rate.denominator": 4,
    }
    assert by(answer, "team", "dial_to_meeting_rate") == {"north": 0.25}


def test_dial_to_meeting_rate_may_pass_one_and_has_no_interval(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind    | direction | rep_id | occurred_at      | booked_at        | contact_id
        c1          | call    | outbound  | ann    | 2026-03-02T09:00 |                  | pia
        m1          | meeting | outbound  | ann    | 2026-03-20T09:00 | 2026-03-03T09:00 | pia
        m2          | meeting | outbound  | ann    | 2026-03-27T09:00 | 2026-03-04T09:00 | pia
    """)
    project = world(tmp_path, activity=activity)

    assert project.ask("dial_to_meeting_rate", period="2026-03").rows == [
        {
            "dial_to_meeting_rate": 2.0,
            "dial_to_meeting_rate.numerator": 2,
            "dial_to_meeting_rate.denominator": 1,
        }
    ]


def test_a_deleted_call_brings_no_meeting(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind    | direction | rep_id | occurred_at      | booked_at        | contact_id | deleted_at
        c1          | call    | outbound  | ann    | 2026-03-02T09:00 |                  | pia        | 2026-03-20T09:00
        m1          | meeting | outbound  | ann    | 2026-03-25T09:00 | 2026-03-03T09:00 | pia        |
        c2          | call    | outbound  | ann    | 2026-03-02T10:00 |                  | quin       |
    """)
    project = world(tmp_path, activity=activity)

    early = project.ask("dial_to_meeting_rate", period="2026-03", as_of="2026-03-15")
    late = project.ask("dial_to_meeting_rate", period="2026-03")

    # While c1 stood, its meeting came from it: 1 in 2 calls. Without it, 0 in 1.
    assert early.rows[0]["dial_to_meeting_rate"] == 0.5
    assert late.rows[0]["dial_to_meeting_rate.numerator"] == 0
    assert late.rows[0]["dial_to_meeting_rate"] == 0.0


def test_outcomes_that_were_never_loaded_leave_connects_unknown(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-02T09:00
        c2          | call | outbound  | ann    | 2026-03-03T09:00
    """)
    project = world(tmp_path, activity=activity)

    answer = project.ask("connects", "connect_rate", "calls_per_contact", period="2026-03")

    assert answer.rows[0]["connects"] is None
    assert answer.rows[0]["connect_rate"] is None
    assert answer.rows[0]["calls_per_contact"] is None
    assert "connects is unknown: nothing was loaded for activity.outcome." in answer.notes
