# ruff: noqa: E501  # a table is drawn as wide as it is
"""Activity, worked by hand: what counts as done, by whom, on which day."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn
from tests.world import by, world


def test_outbound_calls_are_completed_human_and_outbound(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind  | direction | rep_id | occurred_at      | outcome   | is_automated | is_completed | booked_at
            c1          | call  | outbound  | ann    | 2026-03-02T09:00 | connected |              |              |
            c2          | call  | outbound  | ann    | 2026-03-03T09:00 | abandoned |              |              |
            c3          | call  | outbound  | bob    | 2026-03-04T09:00 |           |              |              |
            c4          | call  | inbound   | bob    | 2026-03-05T09:00 |           |              |              |
            c5          | call  | outbound  | cid    | 2026-03-06T09:00 |           | true         |              |
            c6          | call  | outbound  | cid    | 2026-03-09T09:00 |           |              | false        |
            c7          | call  | outbound  | cid    | 2026-04-01T09:00 |           |              |              | 2026-03-30T09:00
            c8          | email | outbound  | ann    | 2026-03-10T09:00 |           |              |              |
        """),
    )

    answer = project.ask("outbound_calls", by="rep", period="2026-03", totals=True)

    # c1 and c3: the others are abandoned, inbound, automatic, not done, still to come, a mail.
    assert by(answer, "rep", "outbound_calls") == {"Ann": 1, "Bob": 1, "Cid": 0}
    assert answer.totals == {"outbound_calls": 2}


def test_emails_sent_leaves_out_automatic_and_incoming_mail(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind  | direction | rep_id | occurred_at      | outcome   | is_automated
            e1          | email | outbound  | ann    | 2026-03-02T09:00 | delivered |
            e2          | email | outbound  | ann    | 2026-03-02T10:00 | replied   |
            e3          | email | outbound  | ann    | 2026-03-02T11:00 | bounced   |
            e4          | email | outbound  | bob    | 2026-03-03T09:00 |           | true
            e5          | email | inbound   | bob    | 2026-03-03T10:00 |           |
            e6          | email | outbound  | bob    | 2026-02-27T10:00 |           |
        """),
    )

    answer = project.ask("emails_sent", by="rep", period="2026-03")

    # Ann wrote three; of Bob's one was automatic, one came in, one is of February.
    assert by(answer, "rep", "emails_sent") == {"Ann": 3, "Bob": 0, "Cid": 0}


def test_social_touches_are_counted_by_network(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind   | direction | rep_id | occurred_at      | network  | is_automated
            s1          | social | outbound  | ann    | 2026-03-02T09:00 | linkedin |
            s2          | social | outbound  | ann    | 2026-03-03T09:00 | linkedin |
            s3          | social | outbound  | bob    | 2026-03-04T09:00 | xing     |
            s4          | social | inbound   | bob    | 2026-03-05T09:00 | xing     |
            s5          | social | outbound  | cid    | 2026-03-06T09:00 | xing     | true
        """),
    )

    answer = project.ask("social_touches", by="network", period="2026-03")

    # Two on linkedin; on xing one came in and one was a bot's.
    assert by(answer, "network", "social_touches") == {"linkedin": 2, "xing": 1}


def test_meetings_booked_are_dated_by_the_booking(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind    | direction | rep_id | occurred_at      | booked_at        | outcome   | contact_id | deleted_at
            m1          | meeting | outbound  | ann    | 2026-03-03T09:00 | 2026-02-27T09:00 |           |            |
            m2          | meeting | outbound  | ann    | 2026-04-08T09:00 | 2026-03-04T09:00 |           |            |
            m3          | meeting | outbound  | bob    | 2026-03-20T09:00 | 2026-03-05T09:00 | cancelled |            |
            m4          | meeting | outbound  | ann    | 2026-03-18T09:00 | 2026-03-09T09:00 |           | pia        |
            m5          | meeting | outbound  | cid    | 2026-03-18T09:00 | 2026-03-09T09:00 |           | pia        |
            m6          | meeting | outbound  | bob    | 2026-03-19T09:00 |                  |           |            |
            m7          | meeting | outbound  | bob    | 2026-03-19T10:00 | 2026-03-10T09:00 |           |            | 2026-03-12T09:00
            c1          | call    | outbound  | bob    | 2026-03-19T11:00 | 2026-03-10T09:00 |           |            |
        """),
    )

    answer = project.ask("meetings_booked", by="rep", period="2026-03", totals=True)

    # Ann m2 and m4, Bob m3, Cid m5; m4 and m5 are one meeting with Pia. m1 was booked in
    # February, m6 at no known time, m7 is deleted, c1 is a call.
    assert by(answer, "rep", "meetings_booked") == {"Ann": 2, "Bob": 1, "Cid": 1}
    assert answer.totals == {"meetings_booked": 3}
    assert "Meetings without a time of booking, left out but of the period all: 1." in answer.notes


def test_meetings_held_took_place(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind    | direction | rep_id | occurred_at      | outcome   | moved_by | is_completed | booked_at
            m1          | meeting | outbound  | ann    | 2026-03-03T09:00 | held      |          |              |
            m2          | meeting | outbound  | ann    | 2026-03-04T09:00 |           |          |              |
            m3          | meeting | outbound  | ann    | 2026-03-05T09:00 | no_show   |          |              |
            m4          | meeting | outbound  | bob    | 2026-03-06T09:00 | cancelled |          |              |
            m5          | meeting | outbound  | bob    | 2026-03-09T09:00 | moved     | rep      |              |
            m6          | meeting | outbound  | bob    | 2026-03-10T09:00 |           |          | false        |
            m7          | meeting | inbound   | cid    | 2026-03-11T09:00 | held      |          |              |
            m8          | meeting | outbound  | cid    | 2026-04-01T09:00 |           |          |              | 2026-03-11T09:00
        """),
    )

    answer = project.ask("meetings_held", by="rep", period="2026-03")

    # m1, m2 (its time has come and nothing speaks against it) and m7, which the prospect asked for.
    assert by(answer, "rep", "meetings_held") == {"Ann": 2, "Bob": 0, "Cid": 1}


def test_a_meeting_with_three_colleagues_is_one_for_each_and_one_for_the_team(
    tmp_path: Path,
) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind    | direction | rep_id | occurred_at      | contact_id
            m1          | meeting | outbound  | ann    | 2026-03-03T09:00 | pia
            m2          | meeting | outbound  | bob    | 2026-03-03T09:00 | pia
            m3          | meeting | outbound  | cid    | 2026-03-03T09:00 | pia
            m4          | meeting | outbound  | ann    | 2026-03-03T09:00 | quin
            m5          | meeting | outbound  | ann    | 2026-03-03T11:00 | pia
        """),
    )
    kpis = ("meetings_held", "outbound_activities", "conversations")

    reps = project.ask(*kpis, by="rep", period="2026-03", totals=True)
    teams = project.ask(*kpis, by="team", period="2026-03")

    # Ann met Pia at 9, Quin at 9 and Pia at 11; Bob and Cid were there with Pia at 9.
    assert by(reps, "rep", "meetings_held") == {"Ann": 3, "Bob": 1, "Cid": 1}
    assert by(teams, "team", "meetings_held") == {"north": 3, "south": 1}
    assert by(teams, "team", "outbound_activities") == {"north": 3, "south": 1}
    # For everybody together: Pia at 9, Quin at 9, Pia at 11.
    assert reps.totals == {"meetings_held": 3, "outbound_activities": 3, "conversations": 3} | {
        name: value for name, value in (reps.totals or {}).items() if "." in name
    }


def test_outbound_activities_are_of_any_kind(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind    | direction | rep_id | occurred_at      | outcome
            c1          | call    | outbound  | ann    | 2026-03-02T09:00 | voicemail
            c2          | call    | outbound  | ann    | 2026-03-02T10:00 | abandoned
            e1          | email   | outbound  | ann    | 2026-03-03T09:00 |
            s1          | social  | outbound  | bob    | 2026-03-04T09:00 |
            l1          | letter  | outbound  | bob    | 2026-03-05T09:00 |
            o1          | other   | outbound  | bob    | 2026-03-06T09:00 |
            m1          | meeting | outbound  | cid    | 2026-03-09T09:00 | held
            m2          | meeting | outbound  | cid    | 2026-03-10T09:00 | no_show
        """),
    )

    answer = project.ask("outbound_activities", by="activity_kind", period="2026-03", totals=True)

    # Six: the abandoned call and the meeting that nobody came to are none.
    assert answer.totals == {"outbound_activities": 6}
    assert by(answer, "activity_kind", "outbound_activities") == {
        "call": 1,
        "email": 1,
        "social": 1,
        "letter": 1,
        "other": 1,
        "meeting": 1,
    }


def test_talk_time_adds_up_connected_calls_both_ways(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind    | direction | rep_id | occurred_at      | outcome   | duration_seconds | is_completed
            c1          | call    | outbound  | ann    | 2026-03-02T09:00 | connected | 300              |
            c2          | call    | inbound   | ann    | 2026-03-03T09:00 | connected | 120              |
            c3          | call    | outbound  | ann    | 2026-03-04T09:00 | voicemail | 60               |
            c4          | call    | outbound  | ann    | 2026-03-05T09:00 | connected |                  |
            c5          | call    | outbound  | bob    | 2026-03-06T09:00 | connected |                  |
            m1          | meeting | outbound  | bob    | 2026-03-09T09:00 |           | 1800             |
            c6          | call    | outbound  | cid    | 2026-03-10T09:00 | connected | 90               | false
        """),
    )

    answer = project.ask("talk_time", by="rep", period="2026-03", totals=True)

    # Ann 300 + 120, c4 is of unknown length. All of Bob's calls are: unknown, not 0. Cid's was
    # never made.
    assert by(answer, "rep", "talk_time") == {"Ann": 420, "Bob": None, "Cid": 0}
    assert answer.totals == {"talk_time": 420}
    assert (
        "Activities without a known value or exchange rate, which add nothing: 2." in answer.notes
    )


def test_a_call_logged_on_contact_deal_and_company_is_one_call(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        account=drawn("""
            account_id | name | industry
            acme       | Acme | steel
        """),
        contact=drawn("""
            contact_id | account_id
            pia        | acme
            quin       | acme
        """),
        opportunity=drawn("""
            opportunity_id | account_id | contact_id | owner_id | created_at
            o1             | acme       | pia        | ann      | 2026-02-01T09:00
            o2             | acme       |            | bob      | 2026-02-02T09:00
        """),
        lead=drawn("""
            lead_id | created_at       | contact_id
            l1      | 2026-01-05T09:00 | pia
            l2      | 2026-01-06T09:00 | pia
        """),
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at      | contact_id | account_id | opportunity_id
            c1          | call | outbound  | ann    | 2026-03-02T09:00 | pia        | acme       | o1
        """),
    )

    answer = project.ask("outbound_calls", by=("rep", "industry"), period="2026-03", totals=True)

    # One call, whatever it is logged on, and however many leads and deals lie behind it.
    assert answer.totals == {"outbound_calls": 1}
    assert sum(row["outbound_calls"] for row in answer.rows) == 1


def test_a_kind_that_was_never_loaded_is_unknown_not_none(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at
            c1          | call | outbound  | ann    | 2026-03-02T09:00
        """),
    )

    answer = project.ask(
        "outbound_calls",
        "emails_sent",
        "social_touches",
        "meetings_held",
        "meetings_booked",
        "connects",
        "connect_rate",
        "talk_time",
        "lead_flow",
        period="2026-03",
    )

    row = answer.rows[0]
    assert row["outbound_calls"] == 1
    assert row["emails_sent"] is None
    assert row["social_touches"] is None
    assert row["meetings_held"] is None
    assert row["meetings_booked"] is None
    assert row["connects"] is None
    assert row["connect_rate"] is None
    assert row["talk_time"] is None
    assert row["lead_flow"] is None
    assert any(note.startswith("emails_sent is unknown") for note in answer.notes)
    assert any(note.startswith("connects is unknown") for note in answer.notes)
    assert any(note.startswith("lead_flow is unknown") for note in answer.notes)


def test_a_rep_appears_while_in_the_job_and_a_manager_never(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        rep=drawn("""
            rep_id | name | manager_id | left_on    | hired_on
            ann    | Ann  | dan        |            |
            bob    | Bob  | dan        | 2026-02-28 |
            cid    | Cid  | dan        |            | 2026-04-01
            eve    | Eve  | dan        |            | 2026-03-31
        """),
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at      | outcome
            c1          | call | outbound  | ann    | 2026-03-02T09:00 | connected
            c2          | call | outbound  | bob    | 2026-02-02T09:00 | connected
        """),
    )

    answer = project.ask("outbound_calls", "connect_rate", by="rep", period="2026-03")

    # Bob had left, Cid is not there yet, Dan only manages.
    assert by(answer, "rep", "outbound_calls") == {"Ann": 1, "Eve": 0}
    assert by(answer, "rep", "connect_rate") == {"Ann": 1.0, "Eve": None}


def test_the_team_is_that_of_the_event(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        rep=drawn("""
            rep_id | name | team
            ann    | Ann  |
            bob    | Bob  | north
        """),
        rep_assignment=drawn("""
            rep_id | valid_from | valid_to   | team  | manager_id | seniority
            ann    | 2026-01-01 | 2026-03-15 | north | dan        | junior
            ann    | 2026-03-16 |            | south | fay        | mid
        """),
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at
            c0          | call | outbound  | bob    | 2026-03-02T09:00
            c1          | call | outbound  | ann    | 2026-03-13T09:00
            c2          | call | outbound  | ann    | 2026-03-15T23:59
            c3          | call | outbound  | ann    | 2026-03-16T00:00
            c4          | call | outbound  | bob    | 2026-03-20T09:00
        """),
    )

    teams = project.ask("outbound_calls", "calls_per_rep_day", by="team", period="2026-03")
    levels = project.ask("outbound_calls", by="seniority", period="2026-03")
    bosses = project.ask("outbound_calls", by="manager", period="2026-03")

    # The last day in the north is 15 March. Rep-days: north is Ann's 10 and Bob's 22.
    assert by(teams, "team", "outbound_calls") == {"north": 4, "south": 1}
    assert by(teams, "team", "calls_per_rep_day.denominator") == {"north": 32, "south": 12}
    assert by(levels, "seniority", "outbound_calls") == {"junior": 2, "mid": 1, None: 2}
    assert by(bosses, "manager", "outbound_calls") == {"dan": 2, "fay": 1, None: 2}


def test_a_rep_whom_no_table_describes_appears_under_the_id(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at
            c1          | call | outbound  | zed    | 2026-03-02T09:00
            c2          | call | outbound  |        | 2026-03-03T09:00
        """),
    )

    answer = project.ask("outbound_calls", by="rep", period="2026-03")
    nobody = project.ask("outbound_calls", period="2026-03", where={"rep": ["(none)"]})

    assert by(answer, "rep_id", "outbound_calls") == {
        "ann": 0,
        "bob": 0,
        "cid": 0,
        "zed": 1,
        None: 1,
    }
    assert nobody.rows[0]["outbound_calls"] == 1
