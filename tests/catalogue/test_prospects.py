# ruff: noqa: E501  # a table is drawn as wide as it is
"""Prospects approached: people are counted once, and new ones apart."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn
from tests.world import by, world


def test_prospects_approached_counts_people_once(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        contact=drawn("""
            contact_id | name | merged_into_id
            pia        | Pia  |
            pia2       | Pia  | pia
            quin       | Quin |
        """),
        lead=drawn("""
            lead_id | created_at       | channel  | contact_id | merged_into_id
            l1      | 2026-02-01T09:00 | outbound |            |
            l2      | 2026-02-01T09:00 | inbound  | quin       |
            l3      | 2026-02-02T09:00 | outbound |            | l1
        """),
        activity=drawn("""
            activity_id | kind  | direction | rep_id | occurred_at      | contact_id | lead_id | account_id
            c1          | call  | outbound  | ann    | 2026-03-02T09:00 | pia        |         |
            e1          | email | outbound  | ann    | 2026-03-02T10:00 | pia        |         |
            c2          | call  | outbound  | ann    | 2026-03-03T09:00 |            | l1      |
            c3          | call  | outbound  | bob    | 2026-03-04T09:00 | pia2       |         |
            c4          | call  | outbound  | bob    | 2026-03-05T09:00 |            | l2      |
            e2          | email | outbound  | bob    | 2026-03-05T10:00 | quin       |         |
            c5          | call  | outbound  | bob    | 2026-03-06T09:00 |            | l3      |
            c6          | call  | outbound  | cid    | 2026-03-06T10:00 |            |         | acme
        """),
    )

    answer = project.ask("prospects_approached", by="rep", period="2026-03", totals=True)

    # Ann: Pia and l1. Bob: Pia (merged), Quin (of l2, once), l1 (merged). Cid: nobody in person.
    assert by(answer, "rep", "prospects_approached") == {"Ann": 2, "Bob": 3, "Cid": 0}
    # Asked anew: Pia, l1 and Quin are three people, not five.
    assert answer.totals == {"prospects_approached": 3}


def test_new_prospects_approached_had_no_human_touch_before(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind  | direction | rep_id | occurred_at      | contact_id | is_automated
            c1          | call  | outbound  | ann    | 2026-02-10T09:00 | pia        |
            c2          | call  | outbound  | ann    | 2026-03-02T09:00 | pia        |
            c3          | call  | outbound  | ann    | 2026-03-03T09:00 | quin       |
            c4          | call  | outbound  | bob    | 2026-03-05T09:00 | quin       |
            e1          | email | outbound  | bob    | 2026-02-11T09:00 | rob        | true
            e2          | email | outbound  | bob    | 2026-03-06T09:00 | rob        |
            c5          | call  | inbound   | cid    | 2026-02-12T09:00 | sue        |
            c6          | call  | outbound  | cid    | 2026-03-09T09:00 | sue        |
        """),
    )

    answer = project.ask("new_prospects_approached", by="rep", period="2026-03", totals=True)

    # Pia was called in February. Quin was Ann's first. An automatic mail to Rob and Sue's own
    # call are no touches, so both are new.
    assert by(answer, "rep", "new_prospects_approached") == {"Ann": 1, "Bob": 1, "Cid": 1}
    assert answer.totals == {"new_prospects_approached": 3}


def test_a_deleted_first_touch_leaves_the_next_one_first(tmp_path: Path) -> None:
    project = world(
        tmp_path,
        activity=drawn("""
            activity_id | kind | direction | rep_id | occurred_at      | contact_id | deleted_at
            c1          | call | outbound  | ann    | 2026-02-10T09:00 | pia        | 2026-03-20T09:00
            c2          | call | outbound  | ann    | 2026-03-04T09:00 | pia        |
            c3          | call | outbound  | bob    | 2026-03-05T09:00 | pia        |
        """),
    )

    late = project.ask("new_prospects_approached", by="rep", period="2026-03")
    early = project.ask("new_prospects_approached", period="2026-03", as_of="2026-03-15")

    # Once the call of February is deleted, the one of 4 March is the first; before, it was not.
    assert by(late, "rep", "new_prospects_approached") == {"Ann": 1, "Bob": 0, "Cid": 0}
    assert early.rows[0]["new_prospects_approached"] == 0
