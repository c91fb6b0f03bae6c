# ruff: noqa: E501  # a table is drawn as wide as it is
"""What was known when: nothing after T is visible, and what was deleted later still is."""

from __future__ import annotations

from pathlib import Path

from foresail.project import Project
from tests.catalogue import drawn, value
from tests.world import by, world


def test_a_deleted_call_is_seen_until_it_was_deleted(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | deleted_at
        c1          | call | outbound  | ann    | 2026-03-03T09:00 | 2026-03-20T09:00
        c2          | call | outbound  | ann    | 2026-03-04T09:00 |
    """)
    project = world(tmp_path, activity=activity)

    assert value(project, "outbound_calls", period="2026-03", as_of="2026-03-20T08:59") == 2
    assert value(project, "outbound_calls", period="2026-03", as_of="2026-03-20T09:00") == 1
    assert value(project, "outbound_calls", period="2026-03") == 1


def test_what_is_planned_counts_once_its_time_has_come(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind    | direction | rep_id | occurred_at      | booked_at        | is_completed
        m1          | meeting | outbound  | ann    | 2026-03-20T09:00 | 2026-03-02T09:00 |
        m2          | meeting | outbound  | ann    | 2026-03-20T10:00 | 2026-03-02T09:00 | true
        m3          | meeting | outbound  | ann    | 2026-03-20T11:00 | 2026-03-02T09:00 | false
        m4          | meeting | outbound  | ann    | 2026-03-03T09:00 | 2026-03-12T09:00 |
    """)
    project = world(tmp_path, activity=activity)

    before = project.ask(
        "meetings_booked", "meetings_held", period="2026-03", as_of="2026-03-10"
    ).rows
    after = project.ask("meetings_booked", "meetings_held", period="2026-03").rows

    # On the 10th three are booked and m4 alone was held; m4 was entered two days later.
    assert before == [{"meetings_booked": 3, "meetings_held": 1}]
    # m3 never took place.
    assert after == [{"meetings_booked": 4, "meetings_held": 3}]


def test_a_date_means_the_end_of_that_day_on_the_organisations_clock(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-11T03:59:59Z
        c2          | call | outbound  | ann    | 2026-03-11T04:00:00Z
    """)
    project = world(tmp_path, settings='zone = "America/New_York"', activity=activity)

    # 10 March ends at 04:00 UTC there, in summer time.
    assert value(project, "outbound_calls", period="2026-03", as_of="2026-03-10") == 1
    assert value(project, "outbound_calls", period="2026-03", as_of="2026-03-11T00:00") == 2
    answer = project.ask("outbound_calls", period="2026-03", as_of="2026-03-10")
    assert answer.to_dict()["as_of"] == "2026-03-11T03:59:59.999999Z"


def test_relative_periods_count_from_the_as_of_instant(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-02-02T09:00
        c2          | call | outbound  | ann    | 2026-02-10T09:00
        c3          | call | outbound  | ann    | 2026-02-11T09:00
        c4          | call | outbound  | ann    | 2026-03-02T09:00
    """)
    project = world(tmp_path, activity=activity)

    assert value(project, "outbound_calls", as_of="2026-02-10") == 2
    assert value(project, "outbound_calls", period="today", as_of="2026-02-10") == 1
    assert value(project, "outbound_calls", period="this-year", as_of="2026-02-11") == 3
    assert value(project, "outbound_calls", period="all", as_of="2026-02-11") == 3


def test_a_merge_holds_at_every_instant(tmp_path: Path) -> None:
    contact = drawn("""
        contact_id | merged_into_id
        pia        |
        pia2       | pia1
        pia1       | pia
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | contact_id
        c1          | call | outbound  | ann    | 2026-02-03T09:00 | pia2
        c2          | call | outbound  | ann    | 2026-03-04T09:00 | pia
        c3          | call | outbound  | bob    | 2026-03-05T09:00 | pia1
    """)
    project = world(tmp_path, contact=contact, activity=activity)

    answer = project.ask(
        "prospects_approached", "new_prospects_approached", period="2026-03", as_of="2026-03-06"
    )

    # One person, first called in February.
    assert answer.rows == [{"prospects_approached": 1, "new_prospects_approached": 0}]


def test_reps_hired_after_t_have_no_row(tmp_path: Path) -> None:
    rep = drawn("""
        rep_id | name | hired_on   | left_on
        ann    | Ann  | 2025-01-01 |
        bob    | Bob  | 2026-03-16 |
        cid    | Cid  | 2025-01-01 | 2026-03-04
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at
        c1          | call | outbound  | ann    | 2026-03-02T09:00
        c2          | call | outbound  | cid    | 2026-03-02T09:00
    """)
    project = world(tmp_path, rep=rep, activity=activity)

    early = project.ask("calls_per_rep_day", by="rep", period="2026-03", as_of="2026-03-13")
    late = project.ask("calls_per_rep_day", by="rep", period="2026-03")

    # Ten working days to the 13th, three of them Cid's; Bob comes on the 16th.
    assert by(early, "rep", "calls_per_rep_day.denominator") == {"Ann": 10, "Cid": 3}
    assert by(late, "rep", "calls_per_rep_day.denominator") == {"Ann": 22, "Bob": 12, "Cid": 3}


def test_an_accounts_first_touch_after_t_is_not_known(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | account_id | owner_id | created_at
        oak            | acme       | ann      | 2026-03-03T09:00
    """)
    activity = drawn("""
        activity_id | kind | direction | rep_id | occurred_at      | account_id
        c1          | call | outbound  | ann    | 2026-03-02T09:00 | bolt
        c2          | call | outbound  | ann    | 2026-03-10T09:00 | acme
    """)
    project = world(tmp_path, opportunity=opportunity, activity=activity)

    row = project.ask("opportunities_per_1000_calls", period="2026-03", as_of="2026-03-05").rows[0]

    # On 5 March nobody had touched acme: nothing says that the deal came by outbound work.
    assert row["opportunities_per_1000_calls.numerator"] == 0


def test_rows_that_arrived_after_t_are_counted_in_a_note(tmp_path: Path) -> None:
    Project.init(tmp_path / "project")
    calls = tmp_path / "activity.csv"
    calls.write_text(
        "activity_id,kind,direction,rep_id,occurred_at\n"
        "c1,call,outbound,ann,2026-02-03T09:00\n"
        "c2,call,outbound,ann,2026-02-04T09:00\n"
        "c3,call,outbound,ann,2026-03-04T09:00\n"
    )

    with Project.open(tmp_path / "project") as project:
        project.load(calls)
        answer = project.ask("outbound_calls", period="2026-02", as_of="2026-02-28")

    # Both rows are about February and were loaded after it; the third is of no concern.
    assert answer.rows[0]["outbound_calls"] == 2
    assert any(note.endswith(" loaded after the as-of instant: 2.") for note in answer.notes)
