"""Results by what the deals are: type, reason, product, account, lead."""

from __future__ import annotations

from pathlib import Path

from tests.catalogue import drawn, value
from tests.world import by, world

OPPORTUNITIES = drawn("""
    opportunity_id | owner_id | deal_type | outcome | closed_at  | amount | lost_reason | account_id
    oak            | ann      | new       | won     | 2026-02-02 | 100    |             | acme
    elm            | ann      | renewal   | won     | 2026-02-03 | 200    |             | bolt
    ash            | bob      | new       | lost    | 2026-02-04 | 300    | price       | acme
    fir            | bob      | new       | lost    | 2026-02-05 | 400    | timing      | acme
    yew            | bob      | renewal   | lost    | 2026-02-06 | 500    | price       | bolt
""")
ACCOUNTS = drawn("""
    account_id | name | industry | segment | country
    acme       | Acme | metal    | mid     | DE
    bolt       | Bolt | metal    | large   | FR
""")


def test_losses_by_reason(tmp_path: Path) -> None:
    # ash and yew for the price, fir for the time
    project = world(tmp_path, opportunity=OPPORTUNITIES)
    answer = project.ask("deals_lost", period="2026-02", by="lost_reason")
    assert by(answer, "lost_reason", "deals_lost") == {"price": 2, "timing": 1}
    price = value(project, "deals_lost", period="2026-02", where={"lost_reason": ["price"]})
    assert price == 2


def test_win_rate_by_type_of_deal(tmp_path: Path) -> None:
    # new 1 of 3, renewals 1 of 2
    project = world(tmp_path, opportunity=OPPORTUNITIES)
    answer = project.ask("win_rate", period="2026-02", by="deal_type")
    assert by(answer, "deal_type", "win_rate.numerator") == {"new": 1, "renewal": 1}
    assert by(answer, "deal_type", "win_rate.denominator") == {"new": 3, "renewal": 2}
    renewals = value(project, "win_rate", period="2026-02", where={"deal_type": ["renewal"]})
    assert renewals == 0.5


def test_results_by_the_segment_of_the_account(tmp_path: Path) -> None:
    project = world(tmp_path, opportunity=OPPORTUNITIES, account=ACCOUNTS)
    answer = project.ask("win_rate", "revenue", period="2026-02", by="segment")
    assert by(answer, "segment", "win_rate.denominator") == {"mid": 3, "large": 2}
    assert by(answer, "segment", "revenue") == {"mid": 100, "large": 200}
    industries = project.ask("revenue", period="2026-02", by="industry")
    assert by(industries, "industry", "revenue") == {"metal": 300}


def test_results_by_the_lead_that_a_deal_came_from(tmp_path: Path) -> None:
    lead = drawn("""
        lead_id | contact_id | created_at | channel  | source
        l1      | pat        | 2026-01-01 | inbound  | web
        l2      | pat        | 2026-01-20 | inbound  | fair
        l3      | sam        | 2026-01-02 | outbound | list
    """)
    opportunity = drawn("""
        opportunity_id | lead_id | contact_id | outcome | created_at | closed_at  | amount
        oak            | l3      | pat        | won     | 2026-01-05 | 2026-02-10 | 100
        elm            |         | pat        | won     | 2026-01-10 | 2026-02-10 | 200
        ash            |         | pat        | won     | 2026-01-25 | 2026-02-10 | 400
        fir            |         |            | won     | 2026-01-25 | 2026-02-10 | 800
    """)
    # oak names its lead; elm and ash follow the latest request before they were created
    project = world(tmp_path, opportunity=opportunity, lead=lead)
    answer = project.ask("revenue", period="2026-02", by="source")
    assert by(answer, "source", "revenue") == {"list": 100, "web": 200, "fair": 400, None: 800}
