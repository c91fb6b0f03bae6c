# ruff: noqa: E501  # a table is drawn as wide as it is
"""Mails with links, and assets that are shared, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world

CONTENT = """
    content_id | name        | segment | stage    | published_on | retired_on
    paper      | White paper | smb     |          | 2025-01-01   |
    sheet      | Data sheet  |         | sql      | 2025-01-01   |
    offer      | Offer       |         | proposal | 2025-01-01   |
    plain      | Plain       |         |          | 2025-01-01   |
"""
RATES = ("content_link_rate", "tailored_link_rate", "content_click_rate")


def test_a_follow_up_mail_lies_in_the_second_touch_or_a_later_one(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | created_at           | owner_id | deleted_at
        lou     | 2026-01-31T08:00:00Z | ann      |
        max     | 2026-01-31T08:00:00Z | ann      |
        pia     | 2026-01-31T08:00:00Z | ann      | 2026-03-20T08:00:00Z
    """)
    activity = drawn("""
        activity_id | kind   | direction | rep_id | lead_id | is_automated | occurred_at          | deleted_at
        l1          | email  | outbound  | ann    | lou     |              | 2026-02-02T08:00:00Z |
        l2          | email  | outbound  | ann    | lou     |              | 2026-02-02T08:30:00Z |
        l3          | email  | outbound  | bob    | lou     |              | 2026-02-02T09:10:00Z |
        l4          | email  | outbound  | bob    | lou     |              | 2026-02-02T09:40:00Z |
        l5          | email  | outbound  | ann    | lou     | true         | 2026-02-04T08:00:00Z |
        l6          | email  | inbound   | ann    | lou     |              | 2026-02-05T08:00:00Z |
        m1          | social | outbound  | ann    | max     |              | 2026-02-02T08:00:00Z | 2026-03-10T08:00:00Z
        m2          | email  | outbound  | ann    | max     |              | 2026-02-03T08:00:00Z |
        m3          | email  | outbound  | ann    | max     |              | 2026-02-04T08:00:00Z | 2026-03-15T08:00:00Z
        p1          | call   | outbound  | ann    | pia     |              | 2026-02-02T08:00:00Z |
        p2          | email  | outbound  | ann    | pia     |              | 2026-02-03T08:00:00Z |
        o1          | email  | outbound  | ann    |         |              | 2026-02-03T08:00:00Z |
    """)
    content_share = drawn("""
        activity_id | content_id
        l3          | paper
        l3          | plain
        l4          | lost
        m2          | paper
        o1          | paper
    """)
    project = world(
        tmp_path, lead=lead, activity=activity, content=drawn(CONTENT), content_share=content_share
    )

    def parts(as_of: str) -> tuple[int, int]:
        (row,) = project.ask("content_link_rate", period="2026-02", as_of=as_of).rows
        return row["content_link_rate.numerator"], row["content_link_rate.denominator"]

    # l1 and l2 are the first touch of lou, l3 and l4 the second; m2, m3 and p2 follow as well.
    # l3 and m2 have a link: nothing describes what l4 shared
    assert parts("2026-03-09") == (2, 5)
    # without m1, m2 is the first touch of max
    assert parts("2026-03-10") == (1, 4)
    assert parts("2026-03-15") == (1, 3)
    # pia was deleted
    assert parts("2026-03-31") == (1, 2)
    asked: dict[str, Any] = {"period": "2026-02", "as_of": "2026-03-09"}
    by_rep = project.ask("content_link_rate", "tailored_link_rate", by="rep", **asked)
    assert by(by_rep, "rep", "content_link_rate") == {
        "Ann": pytest.approx(1 / 3),
        "Bob": 0.5,
        "Cid": None,
    }
    numbers = project.ask("content_link_rate", by="touch_number", **asked)
    assert by(numbers, "touch_number", "content_link_rate.denominator") == {2: 4, 3: 1}
    found = project.records("content_link_rate", **asked)
    assert [row["activity_id"] for row in found.rows] == ["l3", "m2"]


def test_an_asset_fits_the_leads_segment_or_a_stage_at_the_mail(tmp_path: Path) -> None:
    account = drawn("""
        account_id | segment
        acme       | smb
    """)
    lead = drawn("""
        lead_id | created_at           | segment    | account_id
        lou     | 2026-01-31T08:00:00Z | enterprise | acme
        max     | 2026-01-31T08:00:00Z | enterprise |
    """)
    lead_stage = drawn("""
        lead_id | stage | reached_at
        max     | mql   | 2026-02-04T08:00:00Z
        max     | sql   | 2026-02-04T08:00:00Z
        max     | sql   | 2026-02-05T08:00:00Z
        max     | mql   | 2026-02-10T08:00:00Z
    """)
    opportunity = drawn("""
        opportunity_id | lead_id | created_at           | closed_at            | outcome | stage
        oak            | max     | 2026-02-11T08:00:00Z | 2026-02-20T08:00:00Z | lost    | lost
    """)
    opportunity_stage = drawn("""
        opportunity_id | stage    | entered_at
        oak            | demo     | 2026-02-11T08:00:00Z
        oak            | proposal | 2026-02-14T08:00:00Z
        oak            | lost     | 2026-02-20T08:00:00Z
    """)
    activity = drawn("""
        activity_id | kind  | direction | rep_id | lead_id | opportunity_id | occurred_at
        l0          | call  | outbound  | ann    | lou     |                | 2026-02-02T08:00:00Z
        l1          | email | outbound  | ann    | lou     |                | 2026-02-03T08:00:00Z
        l2          | email | outbound  | ann    | lou     |                | 2026-02-04T08:00:00Z
        m0          | call  | outbound  | ann    | max     |                | 2026-02-02T08:00:00Z
        m1          | email | outbound  | ann    | max     |                | 2026-02-03T08:00:00Z
        m2          | email | outbound  | ann    | max     |                | 2026-02-04T09:00:00Z
        m3          | email | outbound  | ann    | max     |                | 2026-02-10T09:00:00Z
        m4          | email | outbound  | ann    | max     | oak            | 2026-02-12T08:00:00Z
        m5          | email | outbound  | ann    | max     | oak            | 2026-02-15T08:00:00Z
        m6          | email | outbound  | ann    | max     | oak            | 2026-02-21T08:00:00Z
    """)
    content_share = drawn("""
        activity_id | content_id
        l1          | paper
        l2          | plain
        m1          | sheet
        m1          | paper
        m2          | sheet
        m3          | sheet
        m4          | offer
        m5          | offer
        m5          | plain
        m6          | offer
    """)
    project = world(
        tmp_path,
        account=account,
        lead=lead,
        lead_stage=lead_stage,
        opportunity=opportunity,
        opportunity_stage=opportunity_stage,
        activity=activity,
        content=drawn(CONTENT),
        content_share=content_share,
    )
    found = project.records("tailored_link_rate", period="2026-02")
    # lou's segment is acme's; max was an sql on the 4th, no longer on the 10th; oak stood in
    # proposal from the 14th until it was lost
    assert [row["activity_id"] for row in found.rows] == ["l1", "m2", "m5"]
    (row,) = project.ask("tailored_link_rate", period="2026-02").rows
    assert row["tailored_link_rate"] == pytest.approx(3 / 8)
    of_asset = project.ask("tailored_link_rate", by="content", period="2026-02")
    assert by(of_asset, "content", "tailored_link_rate") == {
        "Data sheet": pytest.approx(1 / 3),
        "Offer": pytest.approx(1 / 3),
        "Plain": 0,
        "White paper": 0.5,
    }
    for name in ("White paper", "paper"):
        filtered: dict[str, Any] = {"where": {"content": [name]}, "period": "2026-02"}
        assert value(project, "tailored_link_rate", **filtered) == 0.5


def test_a_click_is_a_persons_and_belongs_to_one_mail(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind  | direction | rep_id | lead_id | outcome   | occurred_at          | deleted_at
        a1          | email | outbound  | ann    | lou     |           | 2026-02-02T08:00:00Z |
        a2          | email | outbound  | ann    | lou     | delivered | 2026-02-03T08:00:00Z | 2026-03-10T08:00:00Z
        a3          | email | outbound  | ann    | lou     | bounced   | 2026-02-04T08:00:00Z |
        b1          | email | outbound  | bob    | max     | replied   | 2026-02-02T08:00:00Z |
        b2          | email | outbound  | bob    | max     |           | 2026-02-03            |
        b3          | email | outbound  | bob    | max     |           | 2026-02-12T08:00:00Z |
        b4          | email | outbound  | bob    | max     |           | 2026-02-13T08:00:00Z |
        b5          | email | outbound  | bob    | max     |           | 2026-02-14T08:00:00Z |
        b6          | email | outbound  | bob    | max     |           | 2026-02-15T08:00:00Z |
    """)
    content_share = drawn("""
        activity_id | content_id
        a1          | paper
        a2          | paper
        a3          | paper
        b1          | paper
        b1          | sheet
        b2          | sheet
        b3          | paper
        b4          | paper
        b5          | paper
    """)
    content_event = drawn("""
        content_id | activity_id | lead_id | kind  | is_bot | occurred_at
        paper      |             | lou     | click |        | 2026-02-05T08:00:00Z
        paper      | a3          | lou     | click |        | 2026-02-05T08:00:00Z
        sheet      | b1          |         | click |        | 2026-02-02T08:00:06Z
        sheet      | b2          |         | click | false  | 2026-02-03T08:00:00Z
        paper      | b3          | max     | click |        | 2026-02-12T08:00:05Z
        paper      | b3          | max     | click |        | 2026-02-12T07:59:00Z
        paper      | b4          | max     | click | true   | 2026-02-13T09:00:00Z
        paper      | b4          | max     | view  |        | 2026-02-13T09:00:00Z
        plain      | b5          | max     | click |        | 2026-03-20T08:00:00Z
        plain      | b6          | max     | click |        | 2026-02-15T09:00:00Z
    """)
    lead = drawn("""
        lead_id | created_at
        lou     | 2026-01-31T08:00:00Z
        max     | 2026-01-31T08:00:00Z
    """)
    project = world(
        tmp_path,
        lead=lead,
        activity=activity,
        content=drawn(CONTENT),
        content_share=content_share,
        content_event=content_event,
    )

    def clicked(as_of: str) -> list[str]:
        found = project.records("content_click_rate", period="2026-02", as_of=as_of)
        return [row["activity_id"] for row in found.rows]

    # the click without a mail belongs to a2, as a3 bounced; b1's came 6 seconds after the mail
    assert clicked("2026-02-28") == ["a2", "b1", "b2"]
    # once a2 is deleted, it belongs to a1
    assert clicked("2026-03-10") == ["a1", "b1", "b2"]
    assert clicked("2026-03-20") == ["a1", "b1", "b2", "b5"]
    # 7 mails with a link: a3 bounced, b6 has none; a2 is gone
    (row,) = project.ask("content_click_rate", period="2026-02", as_of="2026-02-28").rows
    assert row["content_click_rate"] == pytest.approx(3 / 7)
    assert row["content_click_rate.low"] < 3 / 7 < row["content_click_rate.high"]
    assert value(project, "content_click_rate", period="2026-02") == pytest.approx(4 / 6)
    # a click counts for the asset that it names: of b1 for the sheet alone
    split = project.ask("content_click_rate", by="content", period="2026-02")
    assert by(split, "content", "content_click_rate.numerator") == {
        "Data sheet": 2,
        "White paper": 2,
    }
    assert by(split, "content", "content_click_rate.denominator") == {
        "Data sheet": 2,
        "White paper": 5,
    }


def test_without_content_the_rates_are_unknown(tmp_path: Path) -> None:
    activity = drawn("""
        activity_id | kind   | direction | rep_id | lead_id | occurred_at
        a1          | email  | outbound  | ann    | lou     | 2026-02-02T08:00:00Z
        a2          | email  | outbound  | ann    | lou     | 2026-02-03T08:00:00Z
    """)
    lead = [{"lead_id": "lou", "created_at": "2026-01-31T08:00:00Z"}]
    project = world(tmp_path, lead=lead, activity=activity)
    others = ("collateral_usage_rate", "collateral_adoption", "callback_rate")
    socials = ("social_active_days", "social_lead_share")
    answer = project.ask(*RATES, *others, *socials, period="2026-02")
    assert answer.rows[0]["content_link_rate"] is None
    for kpi in (*RATES, *others):
        assert answer.rows[0][kpi] is None
        assert f"{kpi} is unknown: nothing was loaded for content, content_share" in " ".join(
            answer.notes
        )
    assert [answer.rows[0][kpi] for kpi in socials] == [None, None]
