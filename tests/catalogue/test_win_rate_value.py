"""Win rate by value: what the won part of the closed amount is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import drawn, value
from tests.world import by, world


def test_win_rate_value_weighs_deals_by_their_amount(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount | lost_reason
        oak            | won     | 2026-02-02 | 300    |
        elm            | won     | 2026-02-03 | 100    |
        ash            | lost    | 2026-02-04 | 600    | price
        fir            | lost    | 2026-02-05 |        | price
        yew            | won     | 2026-02-06 | 0      |
        box            | lost    | 2026-02-07 | 500    | duplicate
        ivy            |         |            | 900    |
    """)
    # (300 + 100) / (300 + 100 + 600); fir and yew have no amount above 0, box is no loss
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("win_rate_value", period="2026-02")
    (row,) = answer.rows
    assert row["win_rate_value"] == pytest.approx(0.4)
    assert row["win_rate_value.numerator"] == 400
    assert row["win_rate_value.denominator"] == 1000


def test_win_rate_value_says_how_many_deals_it_leaves_out(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | outcome | closed_at  | amount
        oak            | won     | 2026-02-02 | 300
        elm            | lost    | 2026-02-03 | 100
        ash            | lost    | 2026-02-04 |
        fir            | won     | 2026-02-05 | 0
        yew            | won     | 2026-02-06 | -50
    """)
    # 300 / 400; ash, fir and yew have no known amount above 0
    answer = world(tmp_path, opportunity=opportunity).ask("win_rate_value", period="2026-02")
    assert answer.rows[0]["win_rate_value"] == pytest.approx(0.75)
    assert any(note.startswith("3 ") for note in answer.notes)


def test_win_rate_value_is_unknown_where_no_lost_deal_has_an_amount(tmp_path: Path) -> None:
    opportunity = drawn("""
        opportunity_id | owner_id | outcome | closed_at  | amount
        oak            | ann      | won     | 2026-02-02 | 300
        elm            | ann      | lost    | 2026-02-03 | 100
        ash            | bob      | won     | 2026-02-04 | 500
        fir            | bob      | lost    | 2026-02-05 |
        yew            | cid      | lost    | 2026-02-06 | 200
    """)
    # ann 300 / 400; bob's loss has no amount: unknown, not 1; cid won 0 of 200
    project = world(tmp_path, opportunity=opportunity)
    answer = project.ask("win_rate_value", period="2026-02", by="rep")
    assert by(answer, "rep", "win_rate_value") == {"Ann": 0.75, "Bob": None, "Cid": 0}
    # together 800 of 1,100
    assert value(project, "win_rate_value", period="2026-02") == pytest.approx(800 / 1100)
