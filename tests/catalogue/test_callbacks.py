# ruff: noqa: E501  # a table is drawn as wide as it is
"""Who calls the number of an asset that they were given, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

CONTENT = """
    content_id | name  | tracking_number | published_on
    paper      | Paper | +49 30 100-1    | 2025-01-01
    again      | Again | 4930 1001       | 2025-01-01
    sheet      | Sheet | 49 30 200       | 2025-01-01
    plain      | Plain |                 | 2025-01-01
    dash       | Dash  | -               | 2025-01-01
"""


def test_a_call_within_two_weeks_belongs_to_the_persons_last_handout(tmp_path: Path) -> None:
    contact = drawn("""
        contact_id
        pia
    """)
    lead = drawn("""
        lead_id | contact_id | created_at
        p       | pia        | 2026-01-05T08:00:00Z
        lou     |            | 2026-01-05T08:00:00Z
        max     |            | 2026-01-05T08:00:00Z
        kim     |            | 2026-01-05T08:00:00Z
        zoe     |            | 2026-01-05T08:00:00Z
    """)
    activity = drawn("""
        activity_id | kind    | direction | rep_id | lead_id | contact_id | dialled_number | outcome   | is_automated | occurred_at          | deleted_at
        p1          | email   | outbound  | ann    |         | pia        |                |           |              | 2026-02-02T08:00:00Z |
        p2          | meeting | outbound  | bob    | p       |            |                | held      |              | 2026-02-04T08:00:00Z | 2026-03-20T08:00:00Z
        l1          | email   | outbound  | ann    | lou     |            |                |           |              | 2026-02-02T08:00:00Z |
        m1          | email   | outbound  | ann    | max     |            |                |           |              | 2026-02-02            |
        k1          | email   | outbound  | ann    | kim     |            |                |           |              | 2026-02-02T08:00:00Z |
        z1          | email   | outbound  | ann    | zoe     |            |                |           |              | 2026-02-02T08:00:00Z |
        z2          | email   | outbound  | ann    |         |            |                |           |              | 2026-02-02T08:00:00Z |
        c1          | call    | inbound   | cid    | p       |            | 0049 30 1001   | connected |              | 2026-02-05T08:00:00Z |
        c2          | call    | inbound   | cid    |         | pia        | (49) 30/100 1  | no_answer |              | 2026-02-05T09:00:00Z |
        c3          | call    | inbound   | cid    | lou     |            | 49301001       |           |              | 2026-02-16T08:00:00Z |
        c4          | call    | inbound   | cid    | max     |            | 49301001       |           |              | 2026-02-17T08:00:00Z |
        c5          | call    | inbound   | cid    | kim     |            | 49301001       |           | true         | 2026-02-03T08:00:00Z |
        c6          | call    | outbound  | cid    | kim     |            | 49301001       |           |              | 2026-02-03T08:00:00Z |
        c7          | call    | inbound   | cid    | kim     |            | 49301001       |           |              | 2026-02-01T08:00:00Z |
        c8          | call    | inbound   | cid    | zoe     |            | 4930200        |           |              | 2026-02-03T08:00:00Z |
    """)
    content_share = drawn("""
        activity_id | content_id
        p1          | paper
        p2          | again
        l1          | paper
        m1          | paper
        k1          | paper
        k1          | dash
        z1          | plain
        z2          | paper
    """)
    content_event = drawn("""
        content_id | lead_id | kind     | is_bot | occurred_at
        paper      | kim     | callback | true   | 2026-02-04T08:00:00Z
        again      | kim     | callback |        | 2026-02-04T08:00:00Z
        paper      | kim     | click    |        | 2026-02-04T08:00:00Z
        paper      | kim     | callback |        | 2026-03-04T08:00:00Z
    """)
    project = world(
        tmp_path,
        contact=contact,
        lead=lead,
        activity=activity,
        content=drawn(CONTENT),
        content_share=content_share,
        content_event=content_event,
    )
    # four people got an asset with a number. Pia's call belongs to the meeting, with the same
    # number for another asset; lou called 14 days after to the second, max 15 days after
    rows = project.ask("callback_rate", by="rep", period="2026-02").rows
    assert {row["rep"]: row["callback_rate.denominator"] for row in rows} == {
        "Ann": 4,
        "Bob": 0,
        "Cid": 0,
    }
    seen: dict[str, Any] = {"period": "2026-02", "as_of": "2026-03-19"}
    answer = project.ask("callback_rate", by="content", **seen)
    assert by(answer, "content", "callback_rate") == {"Again": 1, "Paper": 0.25}
    assert value(project, "callback_rate", **seen) == 0.5
    assert [row["activity_id"] for row in project.records("callback_rate", **seen).rows] == [
        "p2",
        "l1",
    ]
    # once the meeting is deleted, the call belongs to the mail before it
    assert [
        row["activity_id"] for row in project.records("callback_rate", period="2026-02").rows
    ] == ["p1", "l1"]


def test_the_young_ones_are_counted_beside_it(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at
        lou     | 2026-01-05T08:00:00Z
        max     | 2026-01-05T08:00:00Z
        kim     | 2026-01-05T08:00:00Z
    """)
    activity = drawn("""
        activity_id | kind  | direction | rep_id | lead_id | dialled_number | occurred_at          | deleted_at
        l1          | email | outbound  | ann    | lou     |                | 2026-03-17T08:00:00Z |
        l2          | email | outbound  | ann    | lou     |                | 2026-03-18T08:00:00Z |
        m1          | email | outbound  | ann    | max     |                | 2026-03-17T08:00:01Z |
        k1          | email | outbound  | bob    | kim     |                | 2026-03-16            |
        c1          | call  | inbound   | cid    | lou     | 49301001       | 2026-03-17T09:00:00Z | 2026-03-31T12:00:00Z
    """)
    content_share = drawn("""
        activity_id | content_id
        l1          | paper
        l2          | sheet
        m1          | paper
        k1          | paper
    """)
    content_event = drawn("""
        content_id | lead_id | kind     | occurred_at
        paper      | kim     | callback | 2026-03-16
        paper      | kim     | callback | 2026-03-16
    """)
    project = world(
        tmp_path,
        lead=lead,
        activity=activity,
        content=drawn(CONTENT),
        content_share=content_share,
        content_event=content_event,
    )
    (row,) = project.ask("callback_rate", period="2026-03", as_of="2026-03-31T08:00").rows
    # lou is in both: with an asset of exactly 14 days ago, and with a younger one
    assert row["callback_rate"] == 1
    assert row["callback_rate.denominator"] == 2
    assert row["callback_rate.maturing"] == 2
    (row,) = project.ask("callback_rate", period="2026-03", as_of="2026-03-31T12:00").rows
    assert row["callback_rate"] == pytest.approx(1 / 3)
    # in a longer time all are young
    settings = "[thresholds]\ncallback_days = 20\n[warehouse]\nthreads = 1"
    other = world(
        tmp_path / "longer",
        settings=settings,
        lead=lead,
        activity=activity,
        content=drawn(CONTENT),
        content_share=content_share,
    )
    (row,) = other.ask("callback_rate", period="2026-03").rows
    assert (row["callback_rate"], row["callback_rate.maturing"]) == (None, 3)
